import { defineRule } from '../check/define.ts';
import type { ConditionFact } from '../check/facts/condition.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A test of the subject that never matches, or that passes without a subject. */
export default defineRule({
  id: 'oidc-sub-wrong-operator',
  title: 'OIDC subject wildcard under an exact operator, or under IfExists/ForAllValues',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 7.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:WILDCARD_WITHOUT_LIKE_OPERATOR', 'AccessAnalyzer:FORALLVALUES_WITH_SINGLE_VALUED_KEY'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: '`{operator}` on `{key}` {fault}',
    why: 'A condition that can be passed without a matching subject protects nothing; one that never matches gets loosened by the next person.',
    fix: 'use `StringEquals` for a full subject and `StringLike` for a pattern',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      for (const { claim, condition } of trust.claims) {
        const fault = claim === 'sub' || claim === 'aud' ? faultOf(condition, claim) : undefined;
        if (fault === undefined) continue;
        yield* hitAt(facts, [condition.values[0] ?? condition.condition.operator], { says: { operator: condition.condition.operator.text, key: condition.condition.key.text, fault }, evidence: { principals: [trust.principal.at.text] } });
        return;
      }
    }
  }),
});

function faultOf(condition: ConditionFact, claim: string): string | undefined {
  const { operator } = condition;
  if (operator.negated) return 'admits every value but those listed';
  if (operator.ifExists && !condition.presenceDemanded) return 'lets tokens without the claim pass';
  if (claim === 'sub' && operator.qualifier === 'ForAllValues' && !condition.presenceDemanded) return 'lets tokens without the claim pass';
  if (claim === 'sub' && operator.family === 'String' && !operator.wildcards && condition.values.some((value) => hasWildcard(value.text))) return 'takes the wildcard as a plain character and never matches';
  return undefined;
}
