import type { Verdict } from '../core/verdict.js';
import type { Foundation } from './foundation.js';
import type { EscalationGraph } from './graph.js';
import type { CarriedCondition, Ground } from './judge.js';
import type { Node } from './nodes.js';
import type { EscalationPath } from './paths.js';
/** A step of a path in words, with the statements it rests on. */
export interface ExplainedHop {
    readonly from: string;
    readonly to: string;
    readonly technique: string;
    /** What is done, as the table of techniques names it. */
    readonly name: string;
    readonly verdict: Verdict;
    readonly because: readonly Ground[];
    readonly conditions: readonly CarriedCondition[];
    readonly needs: readonly string[];
    readonly through: string | undefined;
    readonly requests: readonly {
        readonly principal: string | null;
        readonly action: string;
        readonly resource: string;
    }[];
}
/** Says of every step which statements carry it; the requests of a class are asked again for the one who takes the step. */
export declare function explainPath(path: EscalationPath, graph: EscalationGraph, foundation: Foundation): readonly ExplainedHop[];
/** How a person calls a node. */
export declare function nodeName(node: Node): string;
