import { defineRule } from '../check/define.ts';
import { globCovers } from '../check/facts/glob.ts';
import { StatementFacts } from '../check/facts/statement.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** An `Allow` that a `Deny` of the same policy cancels as a whole. */
export default defineRule({
  id: 'shadowed-allow',
  title: 'Allow entirely cancelled by a Deny',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'strict',
  peers: [],
  standards: [],
  on: 'statement',
  docs: {
    message: 'a `Deny` of the same policy cancels this `Allow` as a whole',
    why: 'The statement allows nothing, though it reads as if it did.',
    fix: 'remove the statement, or narrow the `Deny`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourcesNegated || facts.actions.length === 0 || facts.resources.length === 0) return;
    const denying = facts.policy.document.statements.find((statement) => statement.effect === 'Deny' && statement.when.length === 0 && statement.conditions.length === 0 && statement.gaps.length === 0 && covers(new StatementFacts(facts.policy, statement, facts.model), facts));
    if (denying !== undefined) yield* hitAt(facts, [facts.actions[0]?.at], { evidence: { actions: facts.actions.map((action) => action.at.text) }, related: [{ message: 'the `Deny`', origin: denying.origin }] });
  }),
});

function covers(deny: StatementFacts, allow: StatementFacts): boolean {
  if (deny.actionsNegated || deny.resourcesNegated) return false;
  return (
    allow.actions.every((action) => deny.actions.some((denied) => denied.pattern.width === 'any' || globCovers(denied.at.text.toLowerCase(), action.at.text.toLowerCase()))) &&
    allow.resources.every((resource) => deny.resources.some((denied) => denied.pattern.width === 'any' || globCovers(denied.at.text, resource.at.text)))
  );
}
