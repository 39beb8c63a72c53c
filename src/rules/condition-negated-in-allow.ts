import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A broad `Allow` whose conditions only say what is not meant. */
export default defineRule({
  id: 'condition-negated-in-allow',
  title: 'Allow restricted only by negated conditions',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['resource-policy-public', 'trust-narrow-by-conditions'],
  peers: ['checkov:CKV_AWS_70', 'cloudsplaining:InternetAccessible'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the only restriction of this broad `Allow` is negated: {conditions}',
    why: 'A negated condition lets in everything that is not listed, and requests that lack the key altogether.',
    fix: 'say with a positive condition who or what is meant',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html'],
  },
  check: onStatements({ kinds: ['identity', 'trust', 'resource'], effect: 'Allow' }, function* (facts) {
    const { conditions } = facts;
    if (conditions.length === 0 || !conditions.every((condition) => condition.operator.negated || (condition.operator.family === 'Null' && condition.admitsAbsence))) return;
    const broad =
      facts.principals.some((principal) => principal.kind === 'anyone') ||
      (facts.policy.kind === 'identity' && !facts.actionsNegated && facts.actions.some(({ pattern }) => pattern.width === 'any') && facts.resources.some(({ pattern }) => pattern.width === 'any'));
    const [first] = conditions;
    if (!broad || first === undefined) return;
    yield* hitAt(facts, [first.condition.key], { says: { conditions: conditions.map((condition) => `\`${condition.text}\``).join(', ') }, evidence: { principals: facts.principals.map((principal) => principal.at.text) } });
  }),
});
