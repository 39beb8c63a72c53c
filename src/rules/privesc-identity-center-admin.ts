import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { reachOf } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const ADMIN = new ActionSet(['sso:AttachManagedPolicyToPermissionSet', 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet', 'sso:CreateAccountAssignment', 'sso:ProvisionPermissionSet', 'sso:PutInlinePolicyToPermissionSet', 'identitystore:CreateGroupMembership']);

/** The power over who gets into which account. */
export default defineRule({
  id: 'privesc-identity-center-admin',
  title: 'Can administer Identity Center assignments',
  category: 'identity-center',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['parliament:PERMISSIONS_MANAGEMENT_ACTIONS', 'pathfinding:sso-001', 'pathfinding:sso-002', 'pathfinding:sso-003', 'prowler:iam_policy_allows_privilege_escalation'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy gives people access to accounts of the organization: {actions}',
    why: 'Its holder can assign themselves an administrator\'s permission set in every account.',
    fix: 'leave it to the delegated administrator\'s role, limited to named permission sets and accounts',
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourceScope.confined === 'yes') return;
    const match = facts.matching(ADMIN);
    const reach = reachOf(facts, 'sso');
    if (match.names.length > 0 && reach.verdict === 'yes') yield* hitAt(facts, [match.by[0]?.at, reach.by[0]?.at], { says: { actions: listed(match.names) }, evidence: { actions: match.names } });
  }),
});
