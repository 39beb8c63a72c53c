import { defineRule } from '../check/define.ts';
import { isNarrowed } from '../check/facts/foreign.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role that trusts its own account as a whole: who may take it on is decided by identity policies alone. */
export default defineRule({
  id: 'root-principal-same-account-trust',
  title: 'Role trusts its whole own account',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_61'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the role can be taken on by any principal of its own account that is allowed `sts:AssumeRole`',
    why: 'The trust policy adds nothing: one broad identity policy anywhere in the account opens the role.',
    fix: 'name the roles that take it on, or add a condition on `aws:PrincipalArn`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.conditionGap !== undefined || isNarrowed(facts)) return;
    const own = facts.principals.find((principal) => principal.kind === 'account' && facts.relationOf(principal) === 'same');
    if (own !== undefined) yield* hitAt(facts, [own.at], { evidence: { principals: [own.at.text] } });
  }),
});
