import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A password for the console. */
export default defineRule({
  id: 'iam-user-console-access',
  title: 'IAM user with a console password',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV2_AWS_22'],
  standards: ['CIS AWS v3.0/v4.0 1.21', 'CIS AWS v5.0 1.20', 'CIS AWS v6.0 2.20', 'CIS AWS v7.0 2.19', 'CWE-308'],
  on: 'credential',
  docs: {
    message: 'user `{user}` gets a password for the console',
    why: 'Passwords are phished, reused and shared; without MFA one is all an intruder needs.',
    fix: 'let people sign in through IAM Identity Center or an identity provider',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check({ declaration, user }) {
    if (declaration.credential !== 'login-profile') return;
    const name = user?.from.displayName ?? (declaration.user === undefined ? declaration.from.displayName : displayText(declaration.user.text));
    yield hit(declaration.user?.origin ?? declaration.value?.origin ?? declaration.from.origin, { says: { user: name }, evidence: { principals: [name] } });
  },
});
