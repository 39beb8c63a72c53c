import { type HoleMark } from './token.js';
/**
 * A string of a policy as a pattern. `within` marks a wildcard that stays inside its ARN segment (never matches `:`).
 * A `variable` is a policy variable that the request fills in; a `hole` is a part that is not known (see token.ts).
 */
export type PatternToken = {
    readonly kind: 'text';
    readonly text: string;
} | {
    readonly kind: 'any' | 'one';
    readonly within: boolean;
} | {
    readonly kind: 'hole';
    readonly mark: HoleMark;
    readonly name: string;
} | {
    readonly kind: 'variable';
    readonly key: string;
    readonly fallback: string | undefined;
};
export interface Pattern {
    /** As written. */
    readonly text: string;
    readonly tokens: readonly PatternToken[];
    readonly shape: PatternShape;
    /** For `literal` the whole text, for `prefix` what comes before the star, for `pieces` what stands between stars. */
    readonly literal: string;
    readonly pieces: readonly Piece[];
}
/**
 * How a pattern is matched: `pieces` are stars without other restriction, `within` has wildcards bound to a segment,
 * `variables` need the request's values first, `holes` have parts that are not known.
 */
export type PatternShape = 'everything' | 'literal' | 'prefix' | 'pieces' | 'within' | 'variables' | 'holes';
/** Text between two stars; `ones` are the offsets that match any single character. */
export interface Piece {
    readonly text: string;
    readonly ones: readonly number[];
}
/** Which special marks count; without `wildcards`, `*` and `?` are letters, without `variables`, so is `${`. */
export interface PatternGrammar {
    readonly wildcards: boolean;
    readonly variables: boolean;
}
/**
 * Reads a policy string as a pattern. `${*}`, `${?}` and `${$}` are the letters themselves where variables count.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export declare function compilePattern(text: string, grammar: PatternGrammar): Pattern;
/** Builds a pattern from tokens, e.g. after its wildcards were bound to segments. */
export declare function patternOf(text: string, tokens: readonly PatternToken[]): Pattern;
/** Does a pattern without holes and variables match a text without holes? */
export declare function matchesText(pattern: Pattern, subject: string): boolean;
/** Joins neighbouring texts and stars, so that equal patterns have equal tokens. */
export declare function mergeText(tokens: readonly PatternToken[]): readonly PatternToken[];
