import { defineRule, undecided } from '../check/define.ts';
import { ASSUME_ROLE } from '../check/facts/action-lists.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** The right to assume any role that would have it. */
export default defineRule({
  id: 'assume-any-role',
  title: 'sts:AssumeRole on all roles',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 7,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['prowler:iam_no_custom_policy_permissive_role_assumption', 'pathfinding:sts-001', 'cloudsplaining:CredentialsExposure', 'checkov:CKV_AWS_107', 'checkov:CKV_AWS_287'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy lets its holder assume any role (`{action}` on `{resource}`)',
    why: 'Every role in any account whose trust policy admits this account is within reach, also those made later.',
    fix: 'name the roles that are to be assumed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const match = facts.matching(ASSUME_ROLE);
    if (match.names.length === 0 || facts.resourceScope.confined === 'yes') return;
    const reach = reachOf(facts, 'iam');
    if (reach.verdict === 'no' || reach.negated) return;
    const open = reach.verdict === 'unknown' ? reach.because : facts.resourceScope.because;
    if (open !== undefined) yield undecided(facts.unknownResource?.at.origin ?? match.at, open);
    else {
      yield* hitAt(facts, [reachText(reach), match.by[0]?.at], {
        says: { action: match.by[0]?.at.text ?? 'sts:AssumeRole', resource: reachText(reach)?.text ?? '*' },
        evidence: { actions: match.names, resources: reachTexts(reach) },
      });
    }
  }),
});
