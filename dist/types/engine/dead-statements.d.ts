import type { CompiledPolicy, CompiledStatement } from './compile.js';
import type { CompareOptions, Request } from './types.js';
/** Why a statement changes nothing. Only what is certain is claimed. */
export interface DeadStatement {
    readonly statement: CompiledStatement;
    /** `never`: no request meets it. `shadowed`: denies cover all it allows. `redundant`: others of its effect cover it. */
    readonly kind: 'never' | 'shadowed' | 'redundant';
    /** The statements that cover it. */
    readonly by: readonly CompiledStatement[];
}
/**
 * The statements of documents of one kind that change nothing. Of two statements that cover each other, the later one
 * counts as redundant.
 */
export declare function deadStatements(policies: readonly CompiledPolicy[], options: CompareOptions): readonly DeadStatement[];
/** What one deny takes from an allow. */
export interface DenyCut {
    readonly allow: CompiledStatement;
    /** The deny takes all that the allow grants. */
    readonly whole: boolean;
    /** A request that would be allowed without the deny. */
    readonly witness: Request;
}
/**
 * What a deny statement cuts from the allows of documents of one kind (its own among them): the allows that lose
 * something by it, and a request each loses. A deny that cuts nothing here may still cut what other documents allow.
 */
export declare function denyCuts(deny: CompiledStatement, policies: readonly CompiledPolicy[], options: CompareOptions): readonly DenyCut[];
