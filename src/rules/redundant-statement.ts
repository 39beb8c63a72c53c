import { compatible } from '../core/guard.ts';
import { defineRule, hit } from '../check/define.ts';
import type { Statement } from '../iam/policy-document.ts';

/** The same statement twice. */
export default defineRule({
  id: 'redundant-statement',
  title: 'Redundant statement',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['AccessAnalyzer:REDUNDANT_STATEMENT'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the statement says the same as an earlier one',
    why: 'Whoever changes one of the two believes the access changed, while the other still stands.',
    fix: 'remove one of the two',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
  },
  *check(policy) {
    if (policy.managed === 'aws') return;
    const seen = new Map<string, Statement>();
    for (const statement of policy.document.statements) {
      if (statement.gaps.length > 0 || statement.effect === 'unknown') continue;
      const key = meaningOf(statement);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, statement);
      else if (compatible(first.when, statement.when)) yield hit(statement.origin, { related: [{ message: 'the earlier statement', origin: first.origin }] });
    }
  },
});

/** What a statement says, without its Sid and the order of its lists. */
function meaningOf(statement: Statement): string {
  const texts = (list: readonly { readonly text: string }[] | undefined): readonly string[] => [...new Set((list ?? []).map(({ text }) => text))].sort();
  return JSON.stringify([
    statement.effect,
    statement.action?.negated,
    texts(statement.action?.patterns.map(({ text }) => ({ text: text.toLowerCase() }))),
    statement.resource?.negated,
    texts(statement.resource?.patterns),
    statement.principal?.negated,
    texts(statement.principal?.entries.map(({ type, text }) => ({ text: `${type} ${text}` }))),
    texts(statement.conditions.map((condition) => ({ text: `${condition.operator.text} ${condition.key.text.toLowerCase()} ${texts(condition.values).join('\n')}` }))),
  ]);
}
