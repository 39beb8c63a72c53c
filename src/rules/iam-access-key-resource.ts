import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** An access key made by the template. */
export default defineRule({
  id: 'iam-access-key-resource',
  title: 'Long-lived access key created by IaC',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 7,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['root-access-key'],
  peers: ['trivy:AWS-0146', 'prowler:iam_user_no_setup_initial_access_key', 'prowler:iam_user_with_temporary_credentials'],
  standards: ['CIS AWS v3.0/v4.0 1.11', 'CIS AWS v5.0 1.10', 'CIS AWS v6.0 2.10', 'CWE-522', 'CWE-798'],
  on: 'credential',
  docs: {
    message: 'a long-lived access key is made for user `{user}`',
    why: 'The key works until someone deletes it, from anywhere, and its secret ends up in the state, in outputs or in a file.',
    fix: 'use a role, IAM Identity Center or an identity provider instead',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check({ declaration, user }) {
    if (declaration.credential !== 'access-key' || declaration.status?.text.toLowerCase() === 'inactive') return;
    const name = user?.from.displayName ?? displayText(declaration.user?.text ?? 'the user');
    yield hit(declaration.user?.origin ?? declaration.from.origin, { says: { user: name }, evidence: { principals: [name] } });
  },
});
