import type { Policy } from '../../model/model.ts';
import type { Statement } from '../../iam/policy-document.ts';
import type { ModelFacts } from './model.ts';

/** What rules want to know of a statement, each worked out on first use. */
export interface StatementFacts {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly model: ModelFacts;
}
