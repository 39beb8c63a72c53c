import { defineRule, hit } from '../check/define.ts';
import { secretForm } from '../check/facts/secret.ts';
import { displayText } from '../iam/token.ts';

/** A console password that stands in the template. */
export default defineRule({
  id: 'login-profile-plaintext-password',
  title: 'Login profile password in clear text',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn_nag:F51', 'guard:IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD', 'guard:IAM_USER_LOGIN_PROFILE_USES_SECURE_PARAMETER', 'guard:IAM_USER_LOGIN_PROFILE_USES_SECURE_SERVICE', 'cfn-lint:W2501', 'cfn-lint:W1011'],
  standards: ['CWE-798', 'CWE-256'],
  on: 'credential',
  docs: {
    message: 'the console password of user `{user}` {form}',
    why: 'Everyone who can read the template or the stack knows the password.',
    fix: 'fill it in from AWS Secrets Manager (`{{resolve:secretsmanager:…}}`), or let people sign in otherwise',
    references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html'],
  },
  *check({ declaration, user }) {
    if (declaration.credential !== 'login-profile' || declaration.value === undefined) return;
    const form = secretForm(declaration.value);
    if (form !== undefined) yield hit(form.origin, { says: { user: user?.from.displayName ?? displayText(declaration.user?.text ?? declaration.from.displayName), form: form.words } });
  },
});
