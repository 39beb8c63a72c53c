import { defineRule } from '../check/define.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A list qualifier on the audience, which is one value. */
export default defineRule({
  id: 'oidc-aud-qualifier',
  title: 'Set operator on the audience claim',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE', 'AccessAnalyzer:CONFIRM_AUDIENCE_CLAIM_TYPE'],
  standards: ['CWE-287'],
  on: 'statement',
  docs: {
    message: '`{operator}` on the audience {fault}',
    why: 'The audience of a token for AWS is one value; a list qualifier weakens its test.',
    fix: 'write `StringEquals` without qualifier',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      const found = trust.claims.find(({ claim, condition }) => claim === 'aud' && condition.operator.qualifier !== undefined);
      if (found === undefined) continue;
      const all = found.condition.operator.qualifier === 'ForAllValues';
      yield* hitAt(facts, [found.condition.condition.operator], {
        says: { operator: found.condition.condition.operator.text, fault: all ? 'lets tokens without audience pass' : 'accepts a token that names others too' },
        evidence: { principals: [trust.principal.at.text] },
        ...(all ? ({ severity: 'error', securitySeverity: 7 } as const) : {}),
      });
      return;
    }
  }),
});
