import { defineRule, undecided } from '../check/define.ts';
import { IAM_ESCALATION_ACTIONS } from '../check/facts/action-lists.ts';
import { listed } from '../check/declared/evaluate.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** All of IAM, by `iam:*` or by patterns that leave out nothing of consequence: its holder can make themselves administrator. */
export default defineRule({
  id: 'iam-full-access',
  title: 'Full IAM privileges (iam:*)',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star'],
  peers: ['checkov:CKV2_AWS_40', 'cloudsplaining:ServiceWildcard', 'cloudsplaining:PrivilegeEscalation'],
  standards: ['CWE-269', 'FSBP IAM.21'],
  on: 'statement',
  docs: {
    message: 'the policy allows everything in IAM ({actions})',
    why: 'Whoever can change policies, roles and access keys can give themselves any permission: this is administrator access.',
    fix: 'list the IAM actions that are needed, name the roles or users, and require a permissions boundary for what is created',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.actions.some(({ pattern }) => pattern.width === 'any')) return;
    const match = facts.matching(IAM_ESCALATION_ACTIONS);
    if (match.names.length < IAM_ESCALATION_ACTIONS.names.length) return;
    const reach = reachOf(facts, 'iam');
    if (reach.verdict === 'unknown') yield undecided(match.at, reach.because);
    if (reach.verdict !== 'yes') return;
    const actions = match.by.map((action) => action.at.text);
    yield* hitAt(facts, [match.by[0]?.at, reachText(reach)], { says: { actions: listed(actions) }, evidence: { actions, resources: reachTexts(reach) } });
  }),
});
