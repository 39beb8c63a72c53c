import type { CompiledPolicy, CompiledStatement } from './compile.js';
import { type Answer } from './region/action-question.js';
import type { Atom } from './region/cube.js';
import { StatementSpace } from './region/space.js';
import type { CompareOptions, Request } from './types.js';
/**
 * Work a question may cost before it answers `unknown`, counted in words the automaton handles: well under 100 ms on one core.
 * No AWS-managed policy reaches it, compared with its previous version or with `ReadOnlyAccess`.
 */
export declare const DEFAULT_BOUND = 2000000;
/** Narrows a search. */
export interface SearchLimits {
    /** Only requests within these constraints, made from the vocabulary of `space`. */
    readonly given?: readonly Atom[] | undefined;
    /** Only what this statement of `after` allows. */
    readonly only?: CompiledStatement | undefined;
    /** A last look at a request, for limits that constraints can only approximate. */
    readonly accepts?: ((request: Request) => boolean) | undefined;
}
/**
 * Looks for requests that `after` allows and `before` does not. Every witness has been confirmed by the evaluator on
 * both sides; when there is none and no reason to doubt, that is certain.
 */
export declare class AccessSearch {
    #private;
    readonly space: StatementSpace;
    /** Without `before` everything that `after` allows is asked for. */
    constructor(before: readonly CompiledPolicy[] | undefined, after: readonly CompiledPolicy[], options: CompareOptions);
    /** One question per set of statements that some action meets; actions that meet the same statements need asking once. */
    find(limits?: SearchLimits): Answer;
    /**
     * Does a statement surely apply to no request besides those that others apply to? With no others: to none at all.
     * The statements must be among those the search was made of.
     */
    isCovered(statement: CompiledStatement, others: readonly CompiledStatement[]): boolean;
}
