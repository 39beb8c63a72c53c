import { defineRule, undecided } from '../check/define.ts';
import { PASS_ROLE } from '../check/facts/action-lists.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Passing any role by way of a pattern such as `iam:*` or `iam:Pass*`. */
export default defineRule({
  id: 'privesc-passrole-wildcard-action',
  title: 'PassRole granted through an action wildcard',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access'],
  peers: ['AccessAnalyzer:PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', 'AccessAnalyzer:PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION', 'cfn_nag:F38', 'cfn_nag:F39', 'cfn_nag:F40'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: '`{action}` takes in `iam:PassRole`, for any role',
    why: 'Its holder can hand a mightier role to a service and act through it, though nobody wrote `iam:PassRole`.',
    fix: 'list the IAM actions that are needed; name the roles that may be passed in a statement of their own',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const action = facts.matching(PASS_ROLE).by.find(({ pattern }) => pattern.width !== 'exact' && pattern.width !== 'any');
    if (action === undefined || facts.resourceScope.confined === 'yes') return;
    const reach = reachOf(facts, 'iam');
    if (reach.verdict === 'unknown') yield undecided(action.at.origin, reach.because);
    if (reach.verdict === 'yes') yield* hitAt(facts, [action.at, reachText(reach)], { says: { action: action.at.text }, evidence: { actions: ['iam:PassRole'], resources: reachTexts(reach) } });
  }),
});
