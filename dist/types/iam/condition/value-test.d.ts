import { type Verdict } from '../../core/verdict.js';
import { type ContextReader } from './context.js';
import type { Comparison, Operator } from './operator.js';
/** Does a value of the request meet one value of the policy, before any negation? */
export type ValueTest = (value: string, context: ContextReader) => Verdict;
/** Prepares the test of one policy value. Values that cannot be of the operator's type match nothing. */
export declare function compileValueTest(operator: Operator, text: string, variables: boolean): ValueTest;
/** Does the sign of a comparison satisfy an ordering operator? */
export declare function compares(sign: number, comparison: Comparison): boolean;
