import { defineRule, undecided } from '../check/define.ts';
import { PASS_ROLE } from '../check/facts/action-lists.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** The right to hand any role to a service. */
export default defineRule({
  id: 'privesc-passrole-star',
  title: 'iam:PassRole on wildcard resources',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access', 'privesc-passrole-wildcard-action'],
  peers: ['AccessAnalyzer:PASS_ROLE_WITH_STAR_IN_RESOURCE', 'cfn_nag:F38', 'cfn_nag:F39', 'cfn_nag:F40', 'guard:IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE', 'guard:IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE', 'iam-policy-validator:action_condition_enforcement'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy passes any role to {services} (`{action}` on `{resource}`)',
    why: 'Its holder can start a function, instance or stack with a role that is mightier than their own and act through it.',
    fix: 'name the roles that may be passed, and the service in a condition on `iam:PassedToService`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const match = facts.matching(PASS_ROLE);
    if (match.names.length === 0) return;
    const reach = reachOf(facts, 'iam');
    if (reach.verdict === 'no' || reach.negated) return;
    if (reach.verdict === 'unknown') {
      yield undecided(facts.unknownResource?.at.origin ?? match.at, reach.because);
      return;
    }
    const limited = facts.conditions.find((condition) => condition.key === 'iam:passedtoservice' && condition.namesValues !== 'no');
    yield* hitAt(facts, [reachText(reach), match.by[0]?.at], {
      says: { action: match.by[0]?.at.text ?? 'iam:PassRole', resource: reachText(reach)?.text ?? '*', services: limited === undefined ? 'any service' : limited.values.map((value) => `\`${value.text}\``).join(', ') },
      evidence: { actions: ['iam:PassRole'], resources: reachTexts(reach) },
      ...(limited !== undefined || facts.resourceScope.confined === 'yes' ? ({ severity: 'warning', securitySeverity: 6 } as const) : {}),
    });
  }),
});
