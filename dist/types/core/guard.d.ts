import type { Verdict } from './verdict.js';
/**
 * When a value exists: a conjunction of literals `variable is/is not value`.
 * An empty guard is "always". Two guards over the same variable with different required values exclude each other,
 * which is all the theory template conditions need (a parameter has one value per deployment).
 */
export type Guard = readonly GuardLiteral[];
export interface GuardLiteral {
    /** What is compared, unique within a run, e.g. `stack.yaml#Environment`. */
    readonly variable: string;
    readonly value: string;
    readonly is: boolean;
    /** How a person calls it, e.g. `IsProd` or `not IsProd`. */
    readonly label: string;
}
export declare const ALWAYS: Guard;
/** Both guards at once; `undefined` when they exclude each other. */
export declare function both(left: Guard | undefined, right: Guard | undefined): Guard | undefined;
/** Can both guards hold in one deployment? */
export declare function compatible(left: Guard | undefined, right: Guard | undefined): boolean;
/** Does a guard hold: `yes` when empty, else `unknown` (the deployment decides). */
export declare function holds(guard: Guard | undefined): Verdict;
/** The guard as a phrase, e.g. `when IsProd and not UseVpc`; empty text for "always". */
export declare function describeGuard(guard: Guard | undefined): string;
