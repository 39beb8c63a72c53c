import { type Pattern } from './wildcard.js';
/** The six parts of an ARN; `resource` keeps its colons and slashes. */
export interface Arn {
    readonly partition: string;
    readonly service: string;
    readonly region: string;
    readonly account: string;
    readonly resource: string;
}
/**
 * Splits an ARN at its first five colons, holes kept whole; `undefined` when the text is no ARN.
 * Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
export declare function parseArn(text: string): Arn | undefined;
/** Splits a text at a character, holes kept whole. */
export declare function splitOutsideHoles(text: string, separator: string): readonly string[];
/** Is the text an account id of twelve digits? */
export declare function isAccountId(text: string): boolean;
/**
 * A `Resource` or `NotResource` string as a pattern: wildcards stay inside their segment, except that a star that ends
 * its segment also matches beyond the colon. Variables count only in the sixth segment; before it `${` is plain text.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource" and "Variables and tags" (where variables can be used).
 */
export declare function compileResourcePattern(text: string, variables: boolean): Pattern;
/** A value of an ARN operator: six segments compared apart. `malformed` values match no ARN. */
export interface ArnPattern {
    readonly pattern: Pattern;
    readonly malformed: boolean;
}
/**
 * A value of `ArnEquals`/`ArnLike` as a pattern whose wildcards stay inside their segment (the sixth takes colons too).
 * Source: IAM User Guide, "Condition operators", "Amazon Resource Name (ARN) condition operators".
 */
export declare function compileArnPattern(text: string, variables: boolean): ArnPattern;
