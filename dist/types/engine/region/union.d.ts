import { type Glob } from './glob.js';
/**
 * A set of texts: what any of its globs takes. `sure` are those that are there in every deployment; where a set is
 * subtracted, only they count, so that what remains is never too small.
 */
export interface Union {
    readonly id: number;
    readonly globs: readonly Glob[];
    readonly sure: readonly Glob[];
    readonly sureKeys: ReadonlySet<string>;
    /** The texts, when the union is a plain list. */
    readonly literals: ReadonlySet<string> | undefined;
    readonly hasLetters: boolean;
    /** Takes every text. */
    readonly everything: boolean;
}
/** Interns unions, so that equal ones are one object and sets of them can be compared by id. */
export declare class UnionTable {
    #private;
    /** The union of globs; those that another one covers are left out. */
    of(globs: readonly Glob[], perhaps?: readonly Glob[]): Union;
    /** The union with its letters standing for any text. */
    relaxed(union: Union): Union;
}
/** Takes every text. */
export declare const EVERYTHING: Glob;
/** Does the union take a text without letters? `sureOnly` asks only for what is there in every deployment. */
export declare function unionAccepts(union: Union, text: string, sureOnly: boolean): boolean;
