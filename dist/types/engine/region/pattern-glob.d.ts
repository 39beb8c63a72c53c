import type { Pattern } from '../../iam/wildcard.js';
import { type Glob, type Letter } from './glob.js';
/** Values taken for policy variables: text, or `null` for a variable without value. Variables not in it stay letters. */
export type Assignment = ReadonlyMap<string, string | null>;
export declare const NO_ASSIGNMENT: Assignment;
/** Numbers the letters of one comparison. */
export declare class LetterTable {
    #private;
    /** The letter of a hole or variable; the same one for the same name. */
    letter(source: Letter['source'], word: boolean): Letter;
    get all(): readonly Letter[];
}
/**
 * Turns a policy pattern into a glob; `undefined` when an assigned variable has no value, for such a pattern matches nothing.
 */
export declare function globOfPattern(pattern: Pattern, letters: LetterTable, assignment: Assignment, fold?: boolean): Glob | undefined;
