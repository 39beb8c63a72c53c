import type { Edge } from './edge.js';
import type { Foundation } from './foundation.js';
import type { Holding } from './holdings.js';
import { type Node, type PrincipalNode } from './nodes.js';
/** Who can become whom. Principals that hold the same share their edges through a class. */
export interface EscalationGraph {
    readonly nodes: ReadonlyMap<string, Node>;
    /** Edges that leave a node; those of a principal do not repeat those of its class. */
    readonly edgesFrom: (id: string) => readonly Edge[];
    /** The class a principal's node belongs to. */
    readonly classOf: (id: string) => string | undefined;
    readonly holdingOf: (node: PrincipalNode) => Holding;
    readonly edgeCount: number;
}
/** Finds the edges of all principals, and of what they become by getting rid of limits. */
export declare function buildGraph(foundation: Foundation): EscalationGraph;
