import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A grant to, or conditioned on, the root user. */
export default defineRule({
  id: 'root-principal-in-identity',
  title: 'Policy targets the root user',
  category: 'root',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'medium',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-250'],
  on: 'statement',
  docs: {
    message: '`{text}` lets the root user act',
    why: 'The root user cannot be limited by policies of its account and should not be needed for any work.',
    fix: 'name the role that does the work',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource', 'trust'], effect: 'Allow' }, function* (facts) {
    for (const condition of facts.conditions) {
      if (condition.operator.negated || condition.operator.family === 'Null') continue;
      const value = condition.values.find(({ text }) => (condition.key === 'aws:principalarn' && /^arn:[^:]*:iam::[^:]*:root$/.test(text)) || (condition.key === 'aws:principaltype' && text === 'Account'));
      if (value === undefined) continue;
      yield* hitAt(facts, [value], { says: { text: value.text }, evidence: { principals: [value.text] } });
      return;
    }
    const resource = facts.policy.kind === 'identity' && !facts.resourcesNegated ? facts.resources.find(({ pattern }) => pattern.arn?.service === 'iam' && pattern.arn.resource === 'root') : undefined;
    if (resource !== undefined) yield* hitAt(facts, [resource.at], { says: { text: resource.at.text }, evidence: { resources: [resource.at.text] } });
  }),
});
