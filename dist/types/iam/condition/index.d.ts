import { type Verdict } from '../../core/verdict.js';
import type { Condition } from '../policy-document.js';
import type { ContextReader } from './context.js';
import { type OperatorUse } from './operator.js';
import { type ValueTest } from './value-test.js';
/** One operator/key pair of a Condition block, ready to be asked of many requests. */
export interface CompiledCondition {
    readonly source: Condition;
    /** `undefined` when the operator is not one of AWS's or not known. */
    readonly use: OperatorUse | undefined;
    /** The operator's own text has a hole, so it may be any operator. */
    readonly openOperator: boolean;
    /** Lower case: IAM compares key names without regard to case. */
    readonly key: string;
    readonly tests: readonly ValueTest[];
    /** Does the document's version know policy variables? */
    readonly variables: boolean;
    /** Whether the condition is there at all in this deployment. */
    readonly present: Verdict;
}
/** Prepares a condition; `variables` says whether the document's version knows policy variables. */
export declare function compileCondition(source: Condition, variables: boolean): CompiledCondition;
/**
 * Does the condition hold for a request? A condition with an operator that AWS does not have gives `unknown`.
 * Source: IAM User Guide, "Condition operators", "Set operators for multivalued context keys".
 */
export declare function evaluateCondition(condition: CompiledCondition, context: ContextReader): Verdict;
