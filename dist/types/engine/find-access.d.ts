import type { CompiledPolicy, CompiledStatement } from './compile.js';
import { type CallerClass } from './region/principal-set.js';
import type { CompareOptions, Request } from './types.js';
/** Some callers: all of a kind, or those whose ARN (of a session: its role's) or name a pattern with `*` and `?` takes. */
export interface CallerFact {
    readonly kind: CallerClass;
    readonly patterns?: readonly string[];
}
/** What a key holds: whether it may be absent, and the values it may have as patterns with `*` and `?`. */
export interface KeyFact {
    readonly absent: boolean;
    readonly values: readonly string[] | 'any';
}
/** What is known of the requests that are asked for; what is left out may be anything. */
export interface AccessFacts {
    readonly callers?: readonly CallerFact[];
    /** By key name in any case. */
    readonly keys?: ReadonlyMap<string, KeyFact>;
}
/** `yes` with a request the evaluator confirms; `no` is certain; `unknown` with the reason. */
export interface FoundAccess {
    readonly verdict: 'yes' | 'no' | 'unknown';
    readonly witness?: Request;
    readonly reason?: string;
}
/** Asks documents of one kind whether they allow any request of which some facts are given. */
export declare class AccessFinder {
    #private;
    constructor(policies: readonly CompiledPolicy[], options: CompareOptions);
    /** `only` asks what one statement allows, the denies of all documents taken away. */
    find(facts: AccessFacts, only?: CompiledStatement): FoundAccess;
}
