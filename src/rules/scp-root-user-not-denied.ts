import { defineRule, hit } from '../check/define.ts';
import type { Policy } from '../model/model.ts';

/** Control policies, none of which holds back the root users of member accounts. */
export default defineRule({
  id: 'scp-root-user-not-denied',
  title: 'No guardrail denies member root users',
  category: 'root',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'low',
  preset: 'strict',
  peers: [],
  standards: ['CIS AWS v7.0 2.1.2', 'CIS AWS v3.0/v4.0 1.7', 'CIS AWS v5.0 1.6', 'CIS AWS v6.0 2.6', 'CIS AWS v7.0 2.7'],
  on: 'model',
  docs: {
    message: 'no service control policy of this run denies the root users of member accounts',
    why: 'The root user of an account passes every policy in it; only a service control policy can hold it back.',
    fix: 'deny `*` with `StringLike` `aws:PrincipalArn` `arn:aws:iam::*:root`, or manage root access centrally',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html'],
  },
  *check(model) {
    const policies = model.policies.filter((policy) => policy.kind === 'scp' && policy.managed !== 'aws');
    const [first] = policies;
    if (first === undefined || policies.some(deniesRoot) || policies.some((policy) => policy.document.gaps.length > 0)) return;
    yield hit(first.document.origin);
  },
});

function deniesRoot(policy: Policy): boolean {
  return policy.document.statements.some((statement) => statement.effect === 'Deny' && statement.conditions.some((condition) => condition.key.text.toLowerCase() === 'aws:principalarn' && condition.values.some((value) => value.text.endsWith(':root')) || condition.key.text.toLowerCase() === 'aws:assumedroot'));
}
