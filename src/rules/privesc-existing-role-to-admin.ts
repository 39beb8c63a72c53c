import { escalationHit, escalationOf } from '../check/escalation.ts';
import { defineRule } from '../check/define.ts';

/** A principal that can change or enter a resource with a mightier role. */
export default defineRule({
  id: 'privesc-existing-role-to-admin',
  title: 'Principal can take over a resource that runs as an administrator role',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cloudsplaining:PrivilegeEscalation'],
  standards: ['CWE-269'],
  tags: ['privesc', 'graph'],
  on: 'principal',
  docs: {
    message: '`{principal}` reaches administration through what runs as `{to}`: {name} (`{technique}`){provided}',
    why: 'Whoever decides what the resource runs acts with the permissions of its role.',
    fix: 'keep the resource out of the reach of the principal, or give it a smaller role',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { analysis }) {
    const escalation = escalationOf(principal, 'existing-role', analysis);
    if (escalation !== undefined) yield escalationHit(escalation);
  },
});
