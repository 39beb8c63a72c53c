import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { IAM_ESCALATION_ACTIONS } from '../check/facts/action-lists.ts';
import { reachOf, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Rights by which a principal makes itself mightier, on whoever it likes. */
export default defineRule({
  id: 'privesc-policy-aggregate',
  title: 'Policy alone enables privilege escalation',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 7.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access'],
  peers: ['checkov:CKV_AWS_110', 'checkov:CKV_AWS_286', 'cloudsplaining:PrivilegeEscalation', 'parliament:PRIVILEGE_ESCALATION', 'cfripper:PrivilegeEscalationRule', 'prowler:iam_inline_policy_allows_privilege_escalation', 'prowler:iam_policy_allows_privilege_escalation', 'iam-policy-validator:sensitive_action'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy lets its holder become administrator: {actions}',
    why: 'Each of these actions changes what some principal may do, and on every resource that is the holder or an administrator too.',
    fix: 'name the principals that may be changed, and require a permissions boundary',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.unconditional === 'no') return;
    const match = facts.matching(IAM_ESCALATION_ACTIONS);
    const reach = reachOf(facts, 'iam');
    if (match.names.length > 0 && reach.verdict === 'yes') yield* hitAt(facts, [match.by[0]?.at, reach.by[0]?.at], { says: { actions: listed(match.names) }, evidence: { actions: match.names, resources: reachTexts(reach) } });
  }),
});
