import { defineRule, undecided } from '../check/define.ts';
import { confinedToKnown, foreignPrincipals, knowsHome } from '../check/facts/foreign.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role that lets in an account nobody has declared. */
export default defineRule({
  id: 'cross-account-trust-unknown',
  title: 'Role trusts an account outside the known set',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn-policy-validator:EXTERNAL_PRINCIPAL', 'tf-policy-validator:EXTERNAL_PRINCIPAL', 'cloudsplaining:AssumableByCrossAccountPrincipal', 'cfripper:CrossAccountTrustRule', 'checkov:CKV_AWS_61', 'cfripper:GenericCrossAccountTrustRule'],
  standards: ['CWE-284', 'CWE-668'],
  on: 'statement',
  docs: {
    message: 'the role trusts account `{account}`, which {stranger}',
    why: 'Whoever runs that account decides who takes on the role and uses its permissions.',
    fix: 'remove the principal, or declare the account under `organization.accounts` or `trusted` in the configuration',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_aws-accounts.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    const foreign = facts.principalsNegated ? [] : foreignPrincipals(facts);
    const strangers = foreign.filter((one) => one.relation === 'unknown-account');
    if (strangers.length === 0) {
      const open = foreign.find((one) => one.relation === 'undecided');
      const unread = open?.principal ?? facts.principals.find((principal) => principal.kind === 'unknown');
      if (unread !== undefined && !confinedToKnown(facts)) yield undecided(unread.at.origin, whyUnknown(unread.at.text));
      return;
    }
    const [first] = strangers;
    if (first === undefined || confinedToKnown(facts)) return;
    const sure = knowsHome(facts);
    yield* hitAt(facts, [first.principal.at], {
      says: { account: first.account, stranger: sure ? 'is neither this account nor one that was declared' : 'is not declared (nor is the account of this template)' },
      evidence: { principals: strangers.map((one) => one.principal.at.text) },
      related: strangers.slice(1).map((one) => ({ message: `so is \`${one.account}\``, origin: one.principal.at.origin })),
      ...(sure ? {} : ({ severity: 'warning', securitySeverity: 6, confidence: 'medium' } as const)),
    });
  }),
});
