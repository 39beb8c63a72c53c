import { defineRule, hit } from '../check/define.ts';
import { managedAttachments, principalName } from '../check/facts/managed.ts';

/** Full access to CloudShell: a way to carry data out of the account. */
export default defineRule({
  id: 'managed-policy-cloudshell-full',
  title: 'AWSCloudShellFullAccess attached',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['prowler:iam_policy_cloudshell_admin_not_attached'],
  standards: ['CIS AWS v3.0/v4.0 1.22', 'CIS AWS v5.0 1.21', 'CIS AWS v6.0 2.21', 'CIS AWS v7.0 2.20', 'FSBP IAM.27'],
  on: 'principal',
  docs: {
    message: '{principal} holds `AWSCloudShellFullAccess`',
    why: 'CloudShell can upload and download files to and from a machine with internet access, past other controls.',
    fix: 'attach a policy that denies `cloudshell:GetFileUploadUrls` and `cloudshell:GetFileDownloadUrls`',
    references: ['https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html'],
  },
  *check(principal) {
    for (const { attached } of managedAttachments(principal)) {
      if (attached.policy.name === 'AWSCloudShellFullAccess') yield hit(attached.at.origin, { says: { principal: principalName(principal) }, evidence: { resources: [attached.policy.id] } });
    }
  },
});
