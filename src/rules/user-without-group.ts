import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A user in no group. */
export default defineRule({
  id: 'user-without-group',
  title: 'IAM user in no group',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1.5,
  confidence: 'high',
  preset: 'all',
  peers: ['cfn_nag:F2000', 'guard:IAM_USER_MISSING_GROUP_RULE', 'checkov:CKV2_AWS_21', 'cdk-nag:HIPAA.Security-IAMUserGroupMembership', 'cdk-nag:NIST.800.53.R4-IAMUserGroupMembership', 'cdk-nag:NIST.800.53.R5-IAMUserGroupMembership', 'cdk-nag:PCI.DSS.321-IAMUserGroupMembership'],
  standards: ['CIS AWS v3.0/v4.0 1.15', 'CIS AWS v5.0 1.14', 'CIS AWS v6.0 2.14', 'CIS AWS v7.0 2.13'],
  on: 'principal',
  docs: {
    message: 'user `{user}` is in no group of this run',
    why: 'Permissions of users are easier to review and to take back when they come from groups.',
    fix: 'put the user into a group, or use a role',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal) {
    if (principal.kind === 'user' && principal.groups.length === 0 && !principal.entity.external) yield hit(principal.entity.from.origin, { says: { user: displayText(principal.entity.from.displayName) }, evidence: { principals: [principal.entity.arn] } });
  },
});
