import type { Budget } from './budget.js';
import { type Glob } from './glob.js';
import { type Found } from './search.js';
import { type Union, type UnionTable } from './union.js';
/**
 * The texts that lie in every union of `inside` and in none of `outside`. Kept as a conjunction: intersection and
 * difference only add a union, and emptiness is decided when asked.
 */
export interface TextSet {
    readonly inside: readonly Union[];
    readonly outside: readonly Union[];
    readonly key: string;
}
export declare const ALL_TEXTS: TextSet;
/** Decides emptiness of text sets and finds members, remembering every answer of one comparison. */
export declare class TextOracle {
    #private;
    readonly unions: UnionTable;
    readonly budget: Budget;
    constructor(unions: UnionTable, budget: Budget);
    /** A member, or that there surely is none, or that the bound was reached first. */
    find(set: TextSet): Found;
    /** Surely no member? */
    isEmpty(set: TextSet): boolean;
    /** A member that is one of the candidates, else any. */
    sample(set: TextSet, candidates: readonly string[]): string | undefined;
}
/** Is a plain text in the set for certain? */
export declare function contains(set: TextSet, text: string): boolean;
/** A set with one more union that its members lie in, or outside of. */
export declare function restrictText(set: TextSet, union: Union, sign: boolean): TextSet;
/** The texts inside all of some unions and outside all of others. */
export declare function textSetOf(inside: readonly Union[], outside: readonly Union[]): TextSet;
/** All members of two sets. */
export declare function intersectText(left: TextSet, right: TextSet): TextSet;
/** Plain texts a glob takes, the most natural first; none when it holds a policy variable. */
export declare function spellings(glob: Glob): readonly string[];
