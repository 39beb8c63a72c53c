import type { Verdict } from '../core/verdict.js';
import type { Technique } from '../data/techniques.js';
import type { Asked } from './asking.js';
import type { Node } from './nodes.js';
/** A step from one place of the graph to the next. Edges of a class hold for each of its members. */
export interface Edge {
    readonly from: string;
    readonly to: Node;
    /** Id of the technique, or `administrator` (holds every permission) and `administers` (an administrator acts as whom it likes). */
    readonly technique: string;
    readonly row: Technique | undefined;
    readonly verdict: Exclude<Verdict, 'no'>;
    /** The requests that must be allowed. */
    readonly asked: readonly Asked[];
    /** What it takes besides permissions. */
    readonly needs: readonly string[];
    /** What is acted on, when that is not the target: the function whose code is replaced. */
    readonly through: string | undefined;
}
