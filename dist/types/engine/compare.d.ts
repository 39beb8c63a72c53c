import type { CompiledPolicy } from './compile.js';
import type { CompareOptions, Comparison } from './types.js';
/**
 * Does `after` allow any request that `before` does not? Both sides are the documents of one kind taken together.
 * A `yes` comes with a witness that the evaluator has confirmed on both sides; `no` is certain; `unknown` gives its reason.
 */
export declare function compareCompiled(before: readonly CompiledPolicy[], after: readonly CompiledPolicy[], options: CompareOptions): Comparison;
