import { defineRule, undecided } from '../check/define.ts';
import { ASSUME_ROLE } from '../check/facts/action-lists.ts';
import { confinedToKnown, demandsExternalId, foreignPrincipals } from '../check/facts/foreign.ts';
import { whyGap } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A third party that takes on a role without proving for which customer. */
export default defineRule({
  id: 'cross-account-trust-no-external-id',
  title: 'Third-party trust without sts:ExternalId',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['iam-policy-validator:trust_policy_validation'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'the role trusts the third-party account `{account}` without asking for an external id',
    why: 'A third party serves many customers: without `sts:ExternalId` another customer can have it act on your role (the confused deputy).',
    fix: 'add `StringEquals` `sts:ExternalId` with the id the third party gave you',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.matching(ASSUME_ROLE).names.length === 0 || demandsExternalId(facts) || confinedToKnown(facts)) return;
    const third = foreignPrincipals(facts).filter((one) => one.relation === 'vendor' || (one.relation === 'unknown-account' && one.principal.kind === 'account'));
    const [first] = third;
    if (first === undefined) return;
    if (facts.conditionGap !== undefined) {
      yield undecided(first.principal.at.origin, whyGap(facts.conditionGap));
      return;
    }
    yield* hitAt(facts, [first.principal.at], { says: { account: first.account }, evidence: { principals: third.map((one) => one.principal.at.text) }, ...(first.relation === 'vendor' ? {} : ({ confidence: 'medium' } as const)) });
  }),
});
