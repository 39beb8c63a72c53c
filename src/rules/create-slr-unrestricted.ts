import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { reachOf, reachText } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const CREATE = new ActionSet(['iam:CreateServiceLinkedRole']);

/** Creating service-linked roles of any service. */
export default defineRule({
  id: 'create-slr-unrestricted',
  title: 'iam:CreateServiceLinkedRole unrestricted',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 3.5,
  confidence: 'high',
  preset: 'strict',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access'],
  peers: ['AccessAnalyzer:CREATE_SLR_WITH_NOT_RESOURCE', 'AccessAnalyzer:CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE', 'AccessAnalyzer:CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE', 'AccessAnalyzer:CREATE_SLR_WITH_STAR_IN_RESOURCE', 'AccessAnalyzer:CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE', 'AccessAnalyzer:CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION'],
  standards: ['CWE-250'],
  on: 'statement',
  docs: {
    message: 'the policy creates service-linked roles of any service (`{action}`)',
    why: 'Each such role gives a service rights in the account that nobody here has reviewed.',
    fix: 'name the service in a condition on `iam:AWSServiceName`, or the role path in `Resource`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.conditionGap !== undefined || facts.conditions.some((condition) => condition.key === 'iam:awsservicename')) return;
    const [action] = facts.matching(CREATE).by;
    const reach = reachOf(facts, 'iam');
    if (action !== undefined && reach.verdict === 'yes') yield* hitAt(facts, [action.at, reachText(reach)], { says: { action: action.at.text }, evidence: { actions: ['iam:CreateServiceLinkedRole'] } });
  }),
});
