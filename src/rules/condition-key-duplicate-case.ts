import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** One key twice under one operator, in two spellings. */
export default defineRule({
  id: 'condition-key-duplicate-case',
  title: 'Same condition key twice with different case',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:DUPLICATE_KEYS_WITH_DIFFERENT_CASE'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{key}` repeats `{first}` in another spelling',
    why: 'Keys are compared without regard to case, so the two are one key and the policy is rejected or one is lost.',
    fix: 'join the values under one spelling',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html'],
  },
  check: onStatements({ kinds: ['identity', 'trust', 'resource', 'scp', 'rcp', 'boundary', 'session'] }, function* (facts) {
    const seen = new Map<string, string>();
    for (const { condition, key } of facts.conditions) {
      const slot = `${condition.operator.text} ${key}`;
      const first = seen.get(slot);
      if (first === undefined) seen.set(slot, condition.key.text);
      else if (first !== condition.key.text) yield* hitAt(facts, [condition.key], { says: { key: condition.key.text, first } });
    }
  }),
});
