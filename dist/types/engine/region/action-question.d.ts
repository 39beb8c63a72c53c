import type { CompiledStatement } from '../compile.js';
import type { Request } from '../types.js';
import { type Atom } from './cube.js';
import type { Glob } from './glob.js';
import type { StatementSpace } from './space.js';
/** The statements of the two sides of a comparison. */
export interface ComparedSides {
    readonly after: readonly CompiledStatement[];
    /** `undefined` when there is no other side: all that `after` allows is asked for. */
    readonly before: readonly CompiledStatement[] | undefined;
}
/** What is asked of the two sides. */
export interface Asked {
    /** One action in lower case; `undefined` when a whole pattern is asked for. */
    readonly name: string | undefined;
    readonly pattern: Glob | undefined;
    /** For each statement (after, then before) whether it meets the actions: surely, not, perhaps, or within a constraint. */
    readonly met: readonly ('y' | 'n' | '?' | Atom)[];
    /** Only requests within these constraints. */
    readonly given: readonly Atom[];
    /** Only what this statement allows. */
    readonly only: CompiledStatement | undefined;
}
export type Answer = {
    readonly kind: 'none';
} | {
    readonly kind: 'witness';
    readonly request: Request;
} | {
    readonly kind: 'unclear';
    readonly reason: string;
};
/** Asks, for one action or pattern at a time, whether a request is allowed after and not before. */
export declare class ActionQuestion {
    #private;
    constructor(sides: ComparedSides, space: StatementSpace);
    /**
     * With variables left open first; what that cannot settle is asked again with values for them. `none` is certain, and a
     * witness has been confirmed.
     */
    ask(asked: Asked, confirm: (request: Request) => boolean): Answer;
    /** Does a statement, for the actions asked, surely apply only where others do? */
    isCovered(asked: Asked, statement: CompiledStatement, others: readonly CompiledStatement[]): boolean;
}
