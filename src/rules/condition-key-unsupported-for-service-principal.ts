import { conditionKeyFacts } from '../data/condition-key-facts.ts';
import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A test of who calls, in a statement for a service. */
export default defineRule({
  id: 'condition-key-unsupported-for-service-principal',
  title: 'Condition key not populated for a service principal',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'requests of service `{service}` never carry `{key}`',
    why: 'A service principal belongs to no account or organization and has no tags: the condition never holds, and the service is never let in.',
    fix: 'use `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['resource', 'trust'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.principals.length === 0 || !facts.principals.every((principal) => principal.kind === 'service')) return;
    for (const condition of facts.conditions) {
      if (condition.admitsAbsence || condition.operator.family === 'Null' || conditionKeyFacts(condition.key)?.absentFor.includes('service') !== true) continue;
      // Lambda's own permission API takes an organization for any principal.
      if (facts.policy.synthetic || facts.principals.some((principal) => principal.host === 'rolesanywhere.amazonaws.com' || principal.host === 'pods.eks.amazonaws.com')) continue;
      yield* hitAt(facts, [condition.condition.key], { says: { service: facts.principals[0]?.at.text ?? '', key: condition.condition.key.text }, evidence: { principals: facts.principals.map((principal) => principal.at.text) } });
      return;
    }
  }),
});
