import { escalationHit, escalationOf } from '../check/escalation.ts';
import { defineRule } from '../check/define.ts';

/** A principal that can widen its own permissions. */
export default defineRule({
  id: 'privesc-self-to-admin',
  title: 'Principal can make itself administrator',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  peers: ['prowler:iam_policy_allows_privilege_escalation', 'checkov:CKV_AWS_110', 'cloudsplaining:PrivilegeEscalation'],
  standards: ['CWE-269'],
  tags: ['privesc', 'graph'],
  on: 'principal',
  docs: {
    message: '`{principal}` can make itself administrator: {name} (`{technique}`){provided}',
    why: 'Whoever gets hold of it holds the account, whatever its policies say today.',
    fix: 'name other resources than the principal itself, or set a permissions boundary that it cannot remove',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { analysis }) {
    const escalation = escalationOf(principal, 'self', analysis);
    if (escalation !== undefined) yield escalationHit(escalation);
  },
});
