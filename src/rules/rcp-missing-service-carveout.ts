import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A perimeter that keeps out AWS services along with strangers. */
export default defineRule({
  id: 'rcp-missing-service-carveout',
  title: 'RCP principal condition without service carve-out',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY', 'AccessAnalyzer:RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY', 'iam-policy-validator:rcp_best_practices'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'the condition on `{key}` also keeps out AWS services that act for you',
    why: 'A service principal belongs to no organization, so the negated test holds for it and it is denied.',
    fix: 'add `BoolIfExists` `aws:PrincipalIsAWSService` `{value}`',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['rcp'], effect: 'Deny' }, function* (facts) {
    if (facts.conditions.some((condition) => condition.key === 'aws:principalisawsservice' || condition.key === 'aws:principalservicename')) return;
    const condition = facts.conditions.find(({ key, operator }) => operator.negated && /^aws:(principal(orgid|orgpaths|account|arn)|source(orgid|orgpaths|account))$/.test(key));
    if (condition === undefined) return;
    yield* hitAt(facts, [condition.condition.key], { says: { key: condition.condition.key.text, value: condition.key.startsWith('aws:source') ? 'true' : 'false' } });
  }),
});
