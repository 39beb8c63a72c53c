import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** Two keys for one user. */
export default defineRule({
  id: 'iam-user-multiple-access-keys',
  title: 'User has more than one active access key',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['trivy:AWS-0167', 'prowler:iam_user_two_active_access_key'],
  standards: ['CIS AWS v3.0/v4.0 1.13', 'CIS AWS v5.0 1.12', 'CIS AWS v6.0 2.12'],
  on: 'principal',
  docs: {
    message: 'user `{user}` has {count} active access keys',
    why: 'A second key is for the time of a rotation; left in place it is one more secret nobody watches.',
    fix: 'keep one key and delete or deactivate the other',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html'],
  },
  *check(principal, { facts }) {
    if (principal.kind !== 'user') return;
    const keys = facts.credentialsOf(principal.entity).filter(({ declaration }) => declaration.credential === 'access-key' && declaration.status?.text.toLowerCase() !== 'inactive');
    const [first, second] = keys;
    if (first === undefined || second === undefined) return;
    yield hit(second.declaration.user?.origin ?? second.declaration.from.origin, {
      says: { user: displayText(principal.entity.from.displayName), count: keys.length },
      evidence: { principals: [principal.entity.arn] },
      related: [{ message: 'the first key', origin: first.declaration.user?.origin ?? first.declaration.from.origin }],
    });
  },
});
