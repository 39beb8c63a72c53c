import { defineRule, hit } from '../check/define.ts';
import { isComputeRole, managedAttachments, principalName } from '../check/facts/managed.ts';

/** An AWS managed policy that allows everything, attached to a role, user or group. */
export default defineRule({
  id: 'managed-policy-administrator',
  title: 'AdministratorAccess attached',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_274', 'checkov:CKV_AWS_275', 'cfn_nag:W43', 'guard:IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE', 'cdk-nag:AwsSolutions-IAM4', 'prowler:iam_aws_attached_policy_no_administrative_privileges', 'prowler:iam_role_administratoraccess_policy', 'prowler:iam_user_administrator_access_policy', 'prowler:iam_group_administrator_access_policy', 'cfripper:IAMRolesOverprivilegedRule'],
  standards: ['CIS AWS v3.0/v4.0 1.16', 'CIS AWS v5.0 1.15', 'CIS AWS v6.0 2.15', 'CIS AWS v7.0 2.14', 'CWE-250', 'CWE-269'],
  on: 'principal',
  docs: {
    message: '{principal} holds `{policy}`, which allows everything',
    why: 'Whoever controls the principal is an administrator of the account.',
    fix: 'attach a policy with the permissions that are needed; keep administrators to few roles with MFA',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal) {
    for (const { attached, flags } of managedAttachments(principal)) {
      if (flags?.power !== 'administrator') continue;
      const when = attached.when.length === 0 ? {} : { when: attached.when };
      yield hit(attached.at.origin, {
        says: { principal: principalName(principal), policy: attached.policy.name },
        evidence: { resources: [attached.policy.id], principals: [principal.entity.arn] },
        ...(isComputeRole(principal) ? { securitySeverity: 9 } : {}),
        ...when,
      });
    }
  },
});
