import { escalationHit, escalationOf } from '../check/escalation.ts';
import { defineRule } from '../check/define.ts';

/** A principal that can become a mightier one. */
export default defineRule({
  id: 'privesc-principal-to-admin',
  title: 'Principal can take over an administrator',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.8,
  confidence: 'high',
  preset: 'recommended',
  peers: ['prowler:iam_policy_allows_privilege_escalation', 'cloudsplaining:PrivilegeEscalation'],
  standards: ['CWE-269'],
  tags: ['privesc', 'graph'],
  on: 'principal',
  docs: {
    message: '`{principal}` reaches administration over `{to}`: {name} (`{technique}`){provided}',
    why: 'The permissions of the principal are in truth those of an administrator.',
    fix: 'trust fewer principals, and let none but administrators change keys, passwords, policies and trust',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { analysis }) {
    const escalation = escalationOf(principal, 'principal', analysis);
    if (escalation !== undefined) yield escalationHit(escalation);
  },
});
