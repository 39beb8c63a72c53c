import { defineRule, hit, undecided } from '../check/define.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hasHole } from '../iam/token.ts';

const SHORTEST = 14;

/** Passwords that are too short. */
export default defineRule({
  id: 'password-policy-length',
  title: 'Password policy minimum length below 14',
  category: 'password-policy-mfa',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_10', 'trivy:AWS-0063', 'prowler:iam_password_policy_minimum_length_14'],
  standards: ['CIS AWS v3.0/v4.0 1.8', 'CIS AWS v5.0 1.7', 'CIS AWS v6.0 2.7', 'CIS AWS v7.0 2.8', 'FSBP IAM.15', 'FSBP IAM.7', 'CWE-521'],
  on: 'setting',
  docs: {
    message: 'the account\'s passwords may be {length} characters short',
    why: 'Short passwords are guessed.',
    fix: 'ask for at least 14 characters',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html'],
  },
  *check({ declaration }) {
    if (!/minimum_password_length$|MinimumPasswordLength$/.test(declaration.setting)) return;
    const { text, origin } = declaration.value;
    if (hasHole(text)) yield undecided(origin, whyUnknown(text));
    else if (Number(text) < SHORTEST) yield hit(origin, { says: { length: text } });
  },
});
