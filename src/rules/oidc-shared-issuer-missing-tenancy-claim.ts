import { defineRule, undecided } from '../check/define.ts';
import { oidcTrusts, pinsTenant } from '../check/facts/oidc.ts';
import { whyGap } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** An issuer that serves every customer alike, and no test of whose token it is. */
export default defineRule({
  id: 'oidc-shared-issuer-missing-tenancy-claim',
  title: 'Shared OIDC issuer without its tenancy claim',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition', 'oidc-github-sub-wildcard', 'oidc-generic-sub-wildcard', 'oidc-sub-wrong-operator'],
  peers: ['AccessAnalyzer:MISSING_GITHUB_REPO_CONDITION_KEY', 'checkov:CKV_AWS_358', 'checkov:CKV_AWS_393'],
  standards: ['CWE-284', 'CWE-287'],
  on: 'statement',
  docs: {
    message: '{name} issues tokens for all its customers, and nothing tests which one a token is for (needs {claims})',
    why: 'Any other customer of the service can get a token that this role accepts.',
    fix: 'compare the claim that names your organization with `StringEquals` or a pattern that begins with it',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      if (trust.issuer?.tenancy !== 'shared' || trust.claims.length === 0 || pinsTenant(trust)) continue;
      const claims = trust.issuer.pin.map((set) => set.map((claim) => `\`${claim}\``).join(' and ')).join(' or ');
      if (facts.conditionGap !== undefined) yield undecided(trust.principal.at.origin, whyGap(facts.conditionGap));
      else yield* hitAt(facts, [trust.principal.at], { says: { name: trust.issuer.name, claims }, evidence: { principals: [trust.principal.at.text] }, related: trust.claims.map(({ condition }) => ({ message: `\`${condition.text}\` does not name the tenant`, origin: condition.condition.origin })) });
      return;
    }
  }),
});
