import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A group that nobody is in. */
export default defineRule({
  id: 'group-without-user',
  title: 'IAM group with no users',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'all',
  peers: ['checkov:CKV2_AWS_14', 'cdk-nag:HIPAA.Security-IAMGroupHasUsers', 'cdk-nag:NIST.800.53.R4-IAMGroupHasUsers', 'cdk-nag:PCI.DSS.321-IAMGroupHasUsers'],
  standards: [],
  on: 'principal',
  docs: {
    message: 'group `{group}` has no user in this run',
    why: 'An empty group is a set of permissions that waits for whoever is put into it by hand.',
    fix: 'add its users here or remove the group',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal, { facts }) {
    if (principal.kind === 'group' && facts.membersOf(principal).length === 0 && !principal.entity.external) yield hit(principal.entity.from.origin, { says: { group: displayText(principal.entity.from.displayName) }, evidence: { principals: [principal.entity.arn] } });
  },
});
