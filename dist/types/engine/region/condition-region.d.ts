import type { CompiledCondition } from '../../iam/condition/index.js';
import type { OperatorUse } from '../../iam/condition/operator.js';
import type { KeyAtom } from './key-set.js';
import { type Assignment, type LetterTable } from './pattern-glob.js';
import type { UnionTable } from './union.js';
/** What a condition is compiled with: the names it shares with the others of its comparison. */
export interface Vocabulary {
    readonly unions: UnionTable;
    readonly letters: LetterTable;
    readonly assignment: Assignment;
}
/** A condition as a constraint on its key; `unclear` when nothing is known of what it admits, `never` when it admits nothing. */
export type ConditionRegion = {
    readonly kind: 'atom';
    readonly atom: KeyAtom;
} | {
    readonly kind: 'unclear';
} | {
    readonly kind: 'never';
};
/** Turns one condition into a constraint; the operator must be one of AWS's. */
export declare function regionOfCondition(condition: CompiledCondition, use: OperatorUse, vocabulary: Vocabulary): ConditionRegion;
