import { conditionKeysOf } from '../data/actions.ts';
import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import type { ConditionFact } from '../check/facts/condition.ts';
import type { StatementFacts } from '../check/facts/statement.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A service's condition key beside actions whose requests never carry it. */
export default defineRule({
  id: 'condition-key-unsupported-by-action',
  title: 'Condition key is never present for an action in the statement',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 5,
  confidence: 'medium',
  preset: 'recommended',
  peers: ['AccessAnalyzer:UNSUPPORTED_ACTION_FOR_CONDITION_KEY', 'parliament:UNKNOWN_CONDITION_FOR_ACTION', 'iam-policy-validator:condition_key_validation'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'requests for {actions} never carry `{key}`, so {effect}',
    why: 'A condition on a key that is absent fails when it is positive and holds when it is negated or has `IfExists`.',
    fix: 'move the action to a statement of its own, or use a key that the action knows',
    references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource', 'scp', 'rcp'] }, function* (facts) {
    if (facts.actionsNegated || facts.actions.length === 0) return;
    for (const condition of facts.conditions) {
      if (condition.info?.scope !== 'service' || condition.operator.family === 'Null') continue;
      const without = actionsWithout(facts, condition);
      if (without.length === 0 || (condition.admitsAbsence && facts.statement.effect === 'Allow' && without.length < facts.actions.length)) continue;
      const first = facts.actions.find((action) => without.includes(action.at.text));
      yield* hitAt(facts, [condition.condition.key, first?.at], {
        says: { actions: listed(without), key: condition.condition.key.text, effect: effectOf(facts, condition) },
        evidence: { actions: without },
        ...(condition.admitsAbsence === (facts.statement.effect === 'Allow') ? { securitySeverity: 7 } : {}),
      });
      return;
    }
  }),
});

/** Exact actions only: a pattern may reach some action that knows the key. Of actions without any key the reference may say too little. Tag keys stand for whatever tag the reference writes. */
function actionsWithout(facts: StatementFacts, condition: ConditionFact): readonly string[] {
  const template = (condition.info?.key ?? '').toLowerCase();
  if (/tag\/|\$\{/.test(template)) return [];
  return facts.actions.flatMap(({ at, pattern }) => {
    const [name] = pattern.width === 'exact' ? pattern.expansion.names : [];
    if (name === undefined) return [];
    const keys = conditionKeysOf(name);
    return keys.length === 0 || keys.some((key) => key.toLowerCase() === template) ? [] : [at.text];
  });
}

function effectOf(facts: StatementFacts, condition: ConditionFact): string {
  if (facts.statement.effect === 'Deny') return condition.admitsAbsence ? 'they are always denied' : 'they are never denied';
  return condition.admitsAbsence ? 'they are allowed without condition' : 'they are never allowed';
}
