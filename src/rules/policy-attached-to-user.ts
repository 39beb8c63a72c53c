import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A policy on a single user. */
export default defineRule({
  id: 'policy-attached-to-user',
  title: 'Policy attached directly to a user',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 3,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_40', 'cfn_nag:F10', 'cfn_nag:F11', 'cfn_nag:F12', 'trivy:AWS-0143', 'cdk-nag:HIPAA.Security-IAMUserNoPolicies', 'cdk-nag:NIST.800.53.R4-IAMUserNoPolicies', 'cdk-nag:NIST.800.53.R5-IAMUserNoPolicies', 'cdk-nag:PCI.DSS.321-IAMUserNoPolicies', 'guard:IAM_USER_NO_POLICIES_CHECK', 'guard:IAM_NO_POLICY_ON_USER', 'cfripper:PolicyOnUserRule', 'cfripper:ManagedPolicyOnUserRule', 'prowler:iam_policy_attached_only_to_group_or_roles'],
  standards: ['CIS AWS v3.0/v4.0 1.15', 'CIS AWS v5.0 1.14', 'CIS AWS v6.0 2.14', 'CIS AWS v7.0 2.13', 'FSBP IAM.2'],
  on: 'principal',
  docs: {
    message: 'policy `{policy}` is attached to user `{user}` directly',
    why: 'Permissions given user by user are forgotten when people change tasks, and nobody sees who holds what.',
    fix: 'attach the policy to a group or role',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal) {
    if (principal.kind !== 'user') return;
    const [first, ...others] = principal.policies;
    if (first !== undefined) {
      yield hit(first.at.origin, {
        says: { policy: displayText(first.policy.name), user: displayText(principal.entity.from.displayName) },
        evidence: { resources: principal.policies.map((attached) => attached.policy.name), principals: [principal.entity.arn] },
        related: others.map((attached) => ({ message: `also \`${displayText(attached.policy.name)}\``, origin: attached.at.origin })),
        ...(first.when.length === 0 ? {} : { when: first.when }),
      });
      return;
    }
    const [unknown] = principal.unknownAttachments;
    if (unknown !== undefined) yield hit(unknown.origin, { says: { policy: displayText(unknown.text), user: displayText(principal.entity.from.displayName) }, evidence: { principals: [principal.entity.arn] } });
  },
});
