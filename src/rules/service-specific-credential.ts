import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A password or key for one service that does not expire. */
export default defineRule({
  id: 'service-specific-credential',
  title: 'Long-lived service-specific credential',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['prowler:bedrock_api_key_no_long_term_credentials', 'prowler:bedrock_api_key_no_administrative_privileges'],
  standards: ['CWE-522'],
  on: 'credential',
  docs: {
    message: 'a long-lived {what} is made for user `{user}`',
    why: 'It works until someone deletes it, from anywhere, and cannot ask for MFA.',
    fix: 'use a role and the service\'s own signed requests',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html'],
  },
  *check({ declaration, user }) {
    const what = WORDS.get(declaration.credential);
    if (what === undefined) return;
    const name = user?.from.displayName ?? displayText(declaration.user?.text ?? declaration.from.displayName);
    yield hit(declaration.user?.origin ?? declaration.from.origin, { says: { what, user: name }, evidence: { principals: [name] } });
  },
});

const WORDS: ReadonlyMap<string, string> = new Map([
  ['service-credential', 'service credential'],
  ['ssh-key', 'SSH key'],
  ['signing-certificate', 'signing certificate'],
]);
