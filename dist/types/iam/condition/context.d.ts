import type { Verdict } from '../../core/verdict.js';
import { type Pattern } from '../wildcard.js';
/** A request's value of a key: one value, several (a multivalued key), or not known. An absent key is `undefined`. */
export type ContextValue = {
    readonly kind: 'known';
    readonly values: readonly string[];
    readonly many: boolean;
} | {
    readonly kind: 'unknown';
};
/** The condition context of a request, asked by lower-case key. */
export interface ContextReader {
    readonly read: (key: string) => ContextValue | undefined;
}
/**
 * Fills in a pattern's variables with the request's values, which are plain text even where they hold wildcards.
 * `undefined` when a variable has no single value and no default: such a pattern matches nothing.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export declare function fillVariables(pattern: Pattern, context: ContextReader): Pattern | undefined;
/** Matches a pattern that may hold variables. */
export declare function matchFilled(pattern: Pattern, subject: string, context: ContextReader): Verdict;
/** Like `matchFilled` without regard to case (simple lower case, no Unicode folding). */
export declare function matchFilledIgnoringCase(pattern: Pattern, subject: string, context: ContextReader): Verdict;
