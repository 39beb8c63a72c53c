import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { reachOf } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const GUARDRAILS = new ActionSet(['organizations:DeletePolicy', 'organizations:DetachPolicy', 'organizations:DisablePolicyType', 'organizations:EnableAWSServiceAccess', 'organizations:LeaveOrganization', 'organizations:MoveAccount', 'organizations:RegisterDelegatedAdministrator', 'organizations:RemoveAccountFromOrganization', 'organizations:UpdatePolicy']);

/** They let services and accounts in, as set-up roles of services do, and lift no policy. */
const INTEGRATION: ReadonlySet<string> = new Set(['organizations:EnableAWSServiceAccess', 'organizations:RegisterDelegatedAdministrator']);

/** The power to take down the organization's guard rails. */
export default defineRule({
  id: 'privesc-organizations-admin',
  title: 'Can change organization guardrails',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: [],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy takes down guard rails of the organization: {actions}',
    why: 'Service control policies are the one limit that administrators of member accounts cannot lift.',
    fix: 'leave it to a role in the management account that few people can use',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourceScope.confined === 'yes') return;
    const match = facts.matching(GUARDRAILS);
    const reach = reachOf(facts, 'organizations');
    if (match.names.length === 0 || reach.verdict !== 'yes') return;
    const rating = match.names.every((name) => INTEGRATION.has(name)) ? ({ severity: 'warning', securitySeverity: 6 } as const) : {};
    yield* hitAt(facts, [match.by[0]?.at, reach.by[0]?.at], { says: { actions: listed(match.names) }, evidence: { actions: match.names }, ...rating });
  }),
});
