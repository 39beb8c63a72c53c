import { defineRule } from '../check/define.ts';
import { foreignPrincipals, isNarrowed } from '../check/facts/foreign.ts';
import { policyNoun, ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Another account as a whole, instead of the role there that needs the access. */
export default defineRule({
  id: 'cross-account-whole-account',
  title: 'Cross-account trust to a whole account',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['cross-account-trust-unknown', 'cross-account-resource-unknown'],
  peers: ['checkov:CKV_AWS_61'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` admits the whole account `{account}`',
    why: 'Every principal over there that its own administrators let do so can use the access, those made later included.',
    fix: 'name the role that needs the access, or add a condition on `aws:PrincipalArn`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html'],
  },
  check: onStatements({ kinds: ['trust', 'resource'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.conditionGap !== undefined || isNarrowed(facts)) return;
    const whole = foreignPrincipals(facts).filter((one) => one.principal.kind === 'account' && one.relation !== 'undecided');
    const [first] = whole;
    if (first === undefined) return;
    yield* hitAt(facts, [first.principal.at], {
      says: { noun: policyNoun(facts.policy, facts.model.serviceOf(facts.policy)), owner: ownerName(facts.policy), account: first.account },
      evidence: { principals: whole.map((one) => one.principal.at.text) },
      ...(whole.every((one) => one.relation === 'organization') ? ({ severity: 'info', securitySeverity: 3.5 } as const) : {}),
    });
  }),
});
