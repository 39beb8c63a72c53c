import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** One user for a person and a program. */
export default defineRule({
  id: 'iam-user-console-and-key',
  title: 'Access key created for a console user',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['prowler:iam_user_no_setup_initial_access_key'],
  standards: ['CIS AWS v3.0/v4.0 1.11', 'CIS AWS v5.0 1.10', 'CIS AWS v6.0 2.10'],
  on: 'principal',
  docs: {
    message: 'user `{user}` has both a console password and an access key',
    why: 'The user serves a person and a program alike, so neither can be limited to what it needs.',
    fix: 'use separate identities, with roles where possible',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { facts }) {
    if (principal.kind !== 'user') return;
    const credentials = facts.credentialsOf(principal.entity);
    const key = credentials.find(({ declaration }) => declaration.credential === 'access-key');
    const password = credentials.find(({ declaration }) => declaration.credential === 'login-profile') ?? facts.model.credentials.find(({ declaration }) => declaration.credential === 'login-profile' && declaration.from.address === principal.entity.from.address && declaration.from.scope.id === principal.entity.from.scope.id);
    if (key !== undefined && password !== undefined) yield hit(key.declaration.user?.origin ?? key.declaration.from.origin, { says: { user: displayText(principal.entity.from.displayName) }, evidence: { principals: [principal.entity.arn] } });
  },
});
