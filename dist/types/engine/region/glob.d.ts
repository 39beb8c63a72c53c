import type { HoleMark } from '../../iam/token.js';
/**
 * A pattern as a small automaton: between its states stand units, each taking one symbol, and a state may loop.
 * Letters are symbols for what has no known spelling: a policy variable or a hole.
 */
export interface Glob {
    /** Equal globs have equal keys. */
    readonly key: string;
    readonly units: readonly Unit[];
    /** For each state (one more than units) which characters its loop leaves out, or `NO_LOOP`. */
    readonly loops: readonly number[];
    /** The one text a glob of plain characters takes. */
    readonly literal: string | undefined;
    /** Characters every text begins and ends with. */
    readonly prefix: string;
    readonly suffix: string;
    readonly hasLetters: boolean;
    /** All its loops take every character, so texts can be matched greedily. */
    readonly greedy: boolean;
    /** It takes exactly the texts that begin with its prefix. */
    readonly prefixOnly: boolean;
    /** The longest stretches of plain characters, in order: every text holds them. */
    readonly chunks: readonly string[];
}
export type Unit = {
    readonly kind: 'char';
    readonly code: number;
}
/** Either case; `code` is the lower one. */
 | {
    readonly kind: 'fold';
    readonly code: number;
} | {
    readonly kind: 'one';
    readonly except: number;
} | {
    readonly kind: 'digit';
} | {
    readonly kind: 'letter';
    readonly letter: Letter;
};
/** A symbol without known spelling. `word` letters stand for text without colon and slash. */
export interface Letter {
    readonly id: number;
    readonly word: boolean;
    readonly source: {
        readonly kind: 'hole';
        readonly mark: HoleMark;
        readonly name: string;
    } | {
        readonly kind: 'variable';
        readonly key: string;
        readonly fallback: string | undefined;
    };
}
/** Characters a wildcard may leave out, as a bit set. */
export declare const EXCEPT_NONE = 0;
export declare const EXCEPT_COLON = 1;
export declare const EXCEPT_SLASH = 2;
export declare const EXCEPT_SEPARATOR = 4;
export declare const NO_LOOP = -1;
/** Stands between a role's ARN and the session's name where both are one text. No ARN holds it. */
export declare const SEPARATOR = "\u001F";
/** Does a wildcard with these exceptions take the character? */
export declare function takes(except: number, code: number): boolean;
/** One piece of a glob under construction. */
export type GlobPart = Unit | {
    readonly kind: 'loop';
    readonly except: number;
};
/** Assembles a glob; neighbouring loops become one that takes what either takes. */
export declare function globOf(parts: readonly GlobPart[]): Glob;
/** Units of a plain text. */
export declare function charUnits(text: string): readonly Unit[];
export declare function literalGlob(text: string): Glob;
/** The parts a glob was made of, to build others from. */
export declare function partsOfGlob(glob: Glob, moreExceptions?: number): readonly GlobPart[];
