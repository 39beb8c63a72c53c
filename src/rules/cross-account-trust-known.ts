import { defineRule } from '../check/define.ts';
import { foreignPrincipals } from '../check/facts/foreign.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const WORDS = { organization: 'of the same organization', trusted: 'declared as trusted', vendor: 'of a declared vendor' } as const;

/** Inventory: roles that other known accounts may take on. */
export default defineRule({
  id: 'cross-account-trust-known',
  title: 'Role trusts another account of the organization',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cloudsplaining:AssumableByCrossAccountPrincipal', 'pmapper:edge/cross-account'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the role trusts account `{account}`, {relation}',
    why: 'The path is meant, but it joins the two accounts: whoever controls the other one can use this role.',
    fix: 'check that the role is no mightier than the other account needs',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    const known = facts.principalsNegated ? [] : foreignPrincipals(facts).filter((one) => one.relation === 'organization' || one.relation === 'trusted' || one.relation === 'vendor');
    const [first] = known;
    if (first === undefined || (first.relation !== 'organization' && first.relation !== 'trusted' && first.relation !== 'vendor')) return;
    const name = facts.model.model.organization.accounts.get(first.account)?.name ?? facts.model.model.organization.trusted.get(first.account)?.name;
    yield* hitAt(facts, [first.principal.at], {
      says: { account: first.account, relation: `${WORDS[first.relation]}${name === undefined ? '' : ` (${name})`}` },
      evidence: { principals: known.map((one) => one.principal.at.text) },
    });
  }),
});
