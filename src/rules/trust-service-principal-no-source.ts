import { defineRule } from '../check/define.ts';
import { serviceGrants } from '../check/facts/deputy.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A service role that the service may take on for another customer's resource. */
export default defineRule({
  id: 'trust-service-principal-no-source',
  title: 'Service role without source restriction',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 4,
  confidence: 'medium',
  preset: 'strict',
  peers: ['prowler:iam_role_cross_service_confused_deputy_prevention', 'iam-policy-validator:trust_policy_validation'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'the role trusts `{service}` on behalf of anyone',
    why: 'The service acts for all its customers and says for which one; the role does not ask.',
    fix: 'add a condition on `aws:SourceAccount` or `aws:SourceArn`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.conditionGap !== undefined) return;
    const [first] = serviceGrants(facts, 'trust-policy').unrestricted;
    if (first !== undefined) yield* hitAt(facts, [first.at], { says: { service: first.at.text }, evidence: { principals: [first.at.text] } });
  }),
});
