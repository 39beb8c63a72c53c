import type { CompiledStatement } from '../compile.js';
import type { ComparableKind } from '../types.js';
import { type Vocabulary } from './condition-region.js';
import type { Atom } from './cube.js';
/**
 * The requests a statement applies to, its action apart. `may` is never too small; `must` is never too large, and
 * `undefined` when no request is certain.
 */
export interface StatementRegion {
    readonly statement: CompiledStatement;
    readonly may: readonly Atom[];
    readonly must: readonly Atom[] | undefined;
}
/** Can a document of the kind name principals? */
export declare function namesCallers(kind: ComparableKind): boolean;
/** The region of one statement; `undefined` when it applies to no request at all. */
export declare function regionOfStatement(statement: CompiledStatement, kind: ComparableKind, vocabulary: Vocabulary): StatementRegion | undefined;
