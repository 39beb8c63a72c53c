import { defineRule } from '../check/define.ts';
import { bindingClaims, oidcTrusts } from '../check/facts/oidc.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** No test for whom the token was made. */
export default defineRule({
  id: 'oidc-missing-audience',
  title: 'OIDC trust without audience check',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition', 'oidc-aud-qualifier', 'oidc-sub-wrong-operator'],
  peers: ['iam-policy-validator:trust_policy_validation'],
  standards: ['CWE-287'],
  on: 'statement',
  docs: {
    message: 'the trust in `{issuer}` does not test for whom a token was made',
    why: 'A token that the issuer made for another service may be replayed against AWS.',
    fix: 'add `StringEquals` `{issuer}:aud`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.conditionGap !== undefined) return;
    for (const trust of oidcTrusts(facts)) {
      if (trust.claims.length === 0 || trust.issuer?.id === 'login-with-amazon' || trust.issuer?.id === 'facebook') continue;
      if (['aud', 'azp', 'oaud', 'app_id'].some((claim) => bindingClaims(trust, claim).length > 0 || trust.claims.some((one) => one.claim === claim))) continue;
      yield* hitAt(facts, [trust.principal.at], { says: { issuer: trust.host }, evidence: { principals: [trust.principal.at.text] } });
      return;
    }
  }),
});
