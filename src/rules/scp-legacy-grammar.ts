import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Grammar that service control policies have only known since 2025. */
export default defineRule({
  id: 'scp-legacy-grammar',
  title: 'SCP uses grammar that predates full-language SCP support',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'all',
  peers: ['AccessAnalyzer:SCP_SYNTAX_ERROR_ACTION_WILDCARD', 'AccessAnalyzer:SCP_SYNTAX_ERROR_ALLOW_CONDITION', 'AccessAnalyzer:SCP_SYNTAX_ERROR_ALLOW_NOTACTION', 'AccessAnalyzer:SCP_SYNTAX_ERROR_ALLOW_RESOURCE', 'AccessAnalyzer:SCP_SYNTAX_ERROR_NOTRESOURCE'],
  standards: [],
  on: 'statement',
  docs: {
    message: '{what} in a service control policy works in newer partitions only',
    why: 'Organizations takes the full policy language since September 2025, but not in every partition.',
    fix: 'keep it where the feature is there; elsewhere write the statement with `Deny`, plain actions and `Resource` `*`',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html'],
  },
  check: onStatements({ kinds: ['scp'] }, function* (facts) {
    const allow = facts.statement.effect === 'Allow';
    const infix = facts.actions.find(({ pattern }) => pattern.width === 'pattern');
    if (infix !== undefined) yield* hitAt(facts, [infix.at], { says: { what: `the wildcard within \`${infix.at.text}\`` } });
    else if (facts.resourcesNegated) yield* hitAt(facts, [facts.resources[0]?.at], { says: { what: '`NotResource`' } });
    else if (allow && facts.actionsNegated) yield* hitAt(facts, [facts.actions[0]?.at], { says: { what: '`Allow` with `NotAction`' } });
    else if (allow && facts.conditions.length > 0) yield* hitAt(facts, [facts.conditions[0]?.condition.key], { says: { what: '`Allow` with a condition' } });
    else if (allow && facts.resources.some(({ pattern }) => pattern.width !== 'any')) yield* hitAt(facts, [facts.resources[0]?.at], { says: { what: '`Allow` on named resources' } });
  }),
});
