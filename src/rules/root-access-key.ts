import { defineRule, hit } from '../check/define.ts';

/** An access key for the root user. */
export default defineRule({
  id: 'root-access-key',
  title: 'Access key for the root user',
  category: 'root',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_348', 'trivy:AWS-0141', 'cdk-nag:README-unsupported/iam-root-access-key-check', 'prowler:iam_no_root_access_key'],
  standards: ['CIS AWS v3.0/v4.0 1.4', 'CIS AWS v5.0 1.3', 'CIS AWS v6.0 2.3', 'CIS AWS v7.0 2.4', 'FSBP IAM.4', 'CWE-250', 'CWE-798'],
  on: 'credential',
  docs: {
    message: 'an access key is made for the root user',
    why: 'The key can do everything in the account, cannot be limited, and never expires.',
    fix: 'delete the key; use a role',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html'],
  },
  *check({ declaration, user: bound }) {
    const { user, credential } = declaration;
    if (credential !== 'access-key' || user === undefined) return;
    const name = bound?.name ?? user.text;
    if (/^(root|<root_account>)$/i.test(name)) yield hit(user.origin, { evidence: { principals: [name] } });
  },
});
