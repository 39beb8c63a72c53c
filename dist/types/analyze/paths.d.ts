import { type Verdict } from '../core/verdict.js';
import type { Principal } from '../model/model.js';
import type { Edge } from './edge.js';
import type { EscalationGraph } from './graph.js';
import type { Node, PrincipalNode } from './nodes.js';
/** A step of a path, from the one who takes it. */
export interface Step {
    readonly from: Node;
    readonly edge: Edge;
}
export interface EscalationPath {
    readonly steps: readonly Step[];
    /** `yes` when every step is sure. */
    readonly verdict: Exclude<Verdict, 'no'>;
}
/** How near every node is to a goal, and the step that leads there. */
export interface Approach {
    readonly next: ReadonlyMap<string, Edge | 'class'>;
}
/**
 * The nodes from which a goal is reached, worked out once from the goals backwards. Sure edges first: a node gets an unsure step
 * only when no sure one leads to the goal. `administers` edges are left out, since they start where the goal is reached.
 */
export declare function approach(graph: EscalationGraph, isGoal: (node: Node) => boolean): {
    readonly sure: Approach;
    readonly maybe: Approach;
};
/** The path that an approach gives from a node; undefined when it leads nowhere. */
export declare function follow(graph: EscalationGraph, start: Node, { next }: Approach): EscalationPath | undefined;
/** The shortest ways from one principal to another, or to the administration of its account; sure ones before unsure ones. */
export declare function pathsBetween(graph: EscalationGraph, from: Principal, isGoal: (node: Node) => boolean): readonly EscalationPath[];
/** Is the node the administration of this principal's account, or of any other? */
export declare function isAdministration(node: Node): boolean;
export declare function administrationOf(account: string): string;
export type { PrincipalNode };
