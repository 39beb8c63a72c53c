import { defineRule, undecided } from '../check/define.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { whyGap } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role for whoever an identity provider knows. */
export default defineRule({
  id: 'oidc-missing-condition',
  title: 'OIDC trust without any issuer condition',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL', 'iam-policy-validator:trust_policy_validation', 'checkov:CKV_AWS_358', 'checkov:CKV_AWS_393'],
  standards: ['CWE-284', 'CWE-287'],
  on: 'statement',
  docs: {
    message: 'the role trusts every identity that `{issuer}` issues tokens for',
    why: 'Anyone with an account there (for public services: anyone at all) can take on the role.',
    fix: 'add conditions on `{issuer}:sub` and `{issuer}:aud`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      if (trust.claims.length > 0) continue;
      if (facts.conditionGap !== undefined) yield undecided(trust.principal.at.origin, whyGap(facts.conditionGap));
      else yield* hitAt(facts, [trust.principal.at], { says: { issuer: trust.host }, evidence: { principals: [trust.principal.at.text] } });
      return;
    }
  }),
});
