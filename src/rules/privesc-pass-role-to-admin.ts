import { escalationHit, escalationOf } from '../check/escalation.ts';
import { defineRule } from '../check/define.ts';

/** A principal that lends a mightier role to a service and acts through it. */
export default defineRule({
  id: 'privesc-pass-role-to-admin',
  title: 'Principal can pass an administrator role to something it starts',
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
    message: '`{principal}` reaches administration by passing `{to}`: {name} (`{technique}`){provided}',
    why: 'It starts a function, instance or stack under the mightier role and acts through that.',
    fix: 'name the roles that may be passed, none of them mightier than the principal',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { analysis }) {
    const escalation = escalationOf(principal, 'pass-role', analysis);
    if (escalation !== undefined) yield escalationHit(escalation);
  },
});
