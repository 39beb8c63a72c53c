import { type AccessLevel } from '../../data/actions.js';
import type { Text } from '../../iam/policy-document.js';
/**
 * How much of the action catalogue a pattern takes in, by its spelling:
 * `any` is everything (`*`, `*:*`), `service` a whole service (`s3:*`), `prefix` and `pattern` a part of one (`s3:Get*`,
 * `s3:*Object`), `across` has a wildcard in the service part (`*:Get*`, `s*:*`).
 */
export type ActionWidth = 'any' | 'service' | 'prefix' | 'pattern' | 'exact' | 'across' | 'malformed' | 'unknown';
/** One action string, read once per run however often it occurs. */
export interface ActionPattern {
    readonly text: string;
    readonly width: ActionWidth;
    /** The service prefix in lower case; `undefined` when it holds a wildcard or is not known. */
    readonly service: string | undefined;
    /** What stands after the colon. */
    readonly name: string;
    readonly expansion: Expansion;
}
/** An action string at its place. */
export interface ActionFact {
    readonly at: Text;
    readonly pattern: ActionPattern;
}
/** Reads an action string. `pattern.expansion` is worked out when first asked for. */
export declare function readActionPattern(text: string): ActionPattern;
/** The catalogue's actions that a pattern matches. INVARIANT: what is handed out never changes. */
export declare class Expansion {
    #private;
    constructor(pattern: string);
    /** Names as `service:Name` in the catalogue's spelling; empty for patterns with holes and for unknown actions. */
    get names(): readonly string[];
    /** Those that can be limited to resources; for them `Resource: "*"` is a choice. */
    get restrictable(): readonly string[];
    /** Those of one access level. */
    level(level: AccessLevel): readonly string[];
}
/** Does some service have this prefix (wildcards allowed)? */
export declare function knowsService(prefix: string): boolean;
/** A fixed set of actions that rules look for, matched against patterns without expanding the whole catalogue twice. */
export declare class ActionSet {
    #private;
    readonly names: readonly string[];
    constructor(names: readonly string[]);
    has(name: string): boolean;
    /** The members that a pattern matches; none for patterns that are not known. */
    matchedBy(pattern: ActionPattern): readonly string[];
    /** Could a pattern whose text is not known match a member? Only its literal beginning can rule that out. */
    mayBeMatchedBy(pattern: ActionPattern): boolean;
}
