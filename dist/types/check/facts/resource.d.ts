import { type Arn } from '../../iam/arn.js';
import type { Text } from '../../iam/policy-document.js';
/**
 * How many resources a resource string takes in:
 * `any` is `*`, `everything` equals it in other words (`arn:*`, `*:*`), `service` all of one service (`arn:aws:s3:::*`),
 * `type` all of one type (`arn:aws:iam::*:role/*`), `partial` has a wildcard beside literal text, `specific` has none.
 * A parameter inside an ARN counts as a name; a text that is one parameter is `unknown`.
 */
export type ResourceWidth = 'any' | 'everything' | 'service' | 'type' | 'partial' | 'specific' | 'malformed' | 'unknown';
/** One resource string, read once per run however often it occurs. */
export interface ResourcePattern {
    readonly text: string;
    readonly width: ResourceWidth;
    readonly arn: Arn | undefined;
    /** The account segment names one account (digits or a fixed hole), or the service's ARNs carry none. */
    readonly accountFixed: boolean;
}
/** A resource string at its place. */
export interface ResourceFact {
    readonly at: Text;
    readonly pattern: ResourcePattern;
}
/** Reads a resource string of a policy. `typeWords` gives the literal type words of a service's ARNs. */
export declare function readResourcePattern(text: string, typeWords: (service: string) => ReadonlySet<string>): ResourcePattern;
/** Is a segment one fixed word: not empty, without wildcard, and not an open parameter? */
export declare function isFixedSegment(segment: string): boolean;
/** The words that stand for types in a service's ARNs, e.g. `role`, `user` for `iam`; read from the ARN formats. */
export declare function typeWordsOf(service: string): ReadonlySet<string>;
