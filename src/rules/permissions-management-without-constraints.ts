import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import type { ActionFact } from '../check/facts/action.ts';
import { unconstrained } from '../check/facts/unconstrained.ts';
import { onStatements } from '../check/on-statement.ts';

/** Actions that change who has access, allowed on every resource and without condition. */
export default defineRule({
  id: 'permissions-management-without-constraints',
  title: 'Permissions-management actions without constraints',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 7,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['checkov:CKV_AWS_109', 'checkov:CKV_AWS_289', 'cloudsplaining:ResourceExposure', 'parliament:PERMISSIONS_MANAGEMENT_ACTIONS'],
  standards: ['CWE-732', 'CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy changes permissions of any resource without limit: {actions}',
    why: 'Its holder can open resources to the public or to another account, or widen their own access.',
    fix: 'name the resources, or leave these actions to a role for administrators',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) => unconstrained(facts, permissionsManagement, listed)),
});

/** `iam:*` and `iam:PassRole` have rules of their own. */
function permissionsManagement({ pattern }: ActionFact): readonly string[] {
  if (pattern.width === 'service' && pattern.service === 'iam') return [];
  return pattern.expansion.level('Permissions management').filter((name) => name !== 'iam:PassRole');
}
