import { type Glob, type Letter } from './glob.js';
/** What a word must do: be taken by one glob of every group, and by none of `neg`. */
export interface Task {
    readonly groups: readonly (readonly Glob[])[];
    readonly neg: readonly Glob[];
}
/** A symbol of a word: a character code, or a letter as `-1 - id`. */
export type WordSymbol = number;
/**
 * All globs of a task side by side as one bit-parallel automaton. Bit `start + s` says that a glob may be in state `s`.
 * A glob's last bit takes nothing, so shifting never carries into the next glob.
 */
export declare class Machine {
    #private;
    readonly words: number;
    constructor(task: Task);
    /** The state before the first symbol. */
    initial(): Uint32Array;
    /** Writes the state after a symbol to `next`; false when no word of the task goes on from there. */
    step(state: Uint32Array, symbol: WordSymbol, next: Uint32Array): boolean;
    accepts(state: Uint32Array): boolean;
    /** The symbols that can tell states apart from here, and one character that none of the globs mentions. */
    symbols(state: Uint32Array): readonly WordSymbol[];
    letter(symbol: WordSymbol): Letter | undefined;
}
