import { defineRule } from '../check/define.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role of an identity pool that guests get as well as signed-in users. */
export default defineRule({
  id: 'cognito-role-no-amr',
  title: 'Cognito identity-pool role without amr check',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition'],
  peers: [],
  standards: ['CWE-287'],
  on: 'statement',
  docs: {
    message: 'the role of an identity pool does not tell guests from signed-in users',
    why: 'Where the pool lets guests in, they can take on this role too.',
    fix: 'add `ForAnyValue:StringLike` `cognito-identity.amazonaws.com:amr` `authenticated` (or `unauthenticated`)',
    references: ['https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.conditionGap !== undefined) return;
    for (const trust of oidcTrusts(facts)) {
      if (trust.issuer?.id !== 'cognito-identity' || trust.claims.length === 0) continue;
      if (!trust.claims.some(({ claim }) => claim === 'amr')) yield* hitAt(facts, [trust.principal.at], { evidence: { principals: [trust.principal.at.text] } });
      return;
    }
  }),
});
