import { defineRule } from '../check/define.ts';
import { PASS_ROLE } from '../check/facts/action-lists.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Passing every role but a few. */
export default defineRule({
  id: 'privesc-passrole-notresource',
  title: 'iam:PassRole via NotResource / NotAction',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['AccessAnalyzer:PASS_ROLE_WITH_NOT_RESOURCE', 'AccessAnalyzer:PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE', 'AccessAnalyzer:PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy passes every role but those listed (`{action}` with `NotResource`)',
    why: 'All other roles, those made later included, can be handed to a service and used through it.',
    fix: 'name the roles that may be passed in `Resource`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    const { resource } = facts.statement;
    if (resource === undefined || !resource.negated) return;
    const match = facts.matching(PASS_ROLE);
    if (match.names.length > 0) yield* hitAt(facts, [{ text: '', origin: resource.origin }, match.by[0]?.at], { says: { action: match.by[0]?.at.text ?? 'NotAction' }, evidence: { actions: ['iam:PassRole'], resources: facts.resources.map((one) => one.at.text) } });
  }),
});
