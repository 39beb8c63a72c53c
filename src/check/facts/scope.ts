import type { Verdict } from '../../core/verdict.ts';
import type { Gap } from '../../iam/policy-document.ts';
import { displayText } from '../../iam/token.ts';
import type { ConditionFact } from './condition.ts';
import { whyGap } from './unknown.ts';

/** How far a statement's conditions confine its callers. */
export interface CallerScope {
  /** Some condition confines callers to fixed accounts, an organization, resources or networks. */
  readonly confined: Verdict;
  /** The conditions that do. */
  readonly by: readonly ConditionFact[];
  /** Why it is not known. */
  readonly because: string | undefined;
}

/** How far a statement's conditions confine the resources it reaches. */
export interface ResourceScope {
  readonly confined: Verdict;
  readonly by: readonly ConditionFact[];
  readonly because: string | undefined;
}

/** One confining condition is enough, because all must hold. */
export function callerScope(conditions: readonly ConditionFact[], gap: Gap | undefined): CallerScope {
  return strongest(conditions, gap, (condition) => condition.confinesCaller);
}

export function resourceScope(conditions: readonly ConditionFact[], gap: Gap | undefined): ResourceScope {
  return strongest(conditions, gap, (condition) => condition.confinesResource);
}

function strongest(conditions: readonly ConditionFact[], gap: Gap | undefined, confines: (condition: ConditionFact) => Verdict): CallerScope {
  const by: ConditionFact[] = [];
  let open: ConditionFact | undefined;
  for (const condition of conditions) {
    const verdict = confines(condition);
    if (verdict === 'yes') by.push(condition);
    else if (verdict === 'unknown') open ??= condition;
  }
  if (by.length > 0) return { confined: 'yes', by, because: undefined };
  if (open !== undefined) return { confined: 'unknown', by, because: `the value of condition key \`${open.condition.key.text}\` is \`${open.values.map((value) => displayText(value.text)).join(', ')}\`, which is not known` };
  if (gap !== undefined) return { confined: 'unknown', by, because: whyGap(gap) };
  return { confined: 'no', by, because: undefined };
}
