import { AccessSearch } from './access-search.ts';
import type { CompiledPolicy } from './compile.ts';
import type { CompareOptions, Comparison } from './types.ts';

/**
 * Does `after` allow any request that `before` does not? Both sides are the documents of one kind taken together.
 * A `yes` comes with a witness that the evaluator has confirmed on both sides; `no` is certain; `unknown` gives its reason.
 */
export function compareCompiled(before: readonly CompiledPolicy[], after: readonly CompiledPolicy[], options: CompareOptions): Comparison {
  const answer = new AccessSearch(before, after, options).find();
  switch (answer.kind) {
    case 'witness':
      return { newAccess: 'yes', witness: answer.request };
    case 'none':
      return { newAccess: 'no' };
    case 'unclear':
      return { newAccess: 'unknown', reason: answer.reason };
  }
}
