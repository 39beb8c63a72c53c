import { undecided } from '../define.ts';
import { hitAt } from '../on-statement.ts';
import type { Detection } from '../rule.ts';
import type { ActionFact } from './action.ts';
import { reachOf, reachTexts } from './reach.ts';
import type { StatementFacts } from './statement.ts';

/**
 * Finds actions of a kind that a statement allows on every resource and without any condition. `select` gives the actions of
 * that kind a pattern reaches; those that know no resources are no one's choice, and `*` as a whole is left to the rules about it.
 */
export function* unconstrained(facts: StatementFacts, select: (action: ActionFact) => readonly string[], listed: (texts: readonly string[]) => string): Iterable<Detection> {
  if (facts.actionsNegated || facts.unconditional === 'no') return;
  const names = new Set<string>();
  const by: ActionFact[] = [];
  let because: string | undefined;
  for (const action of facts.actions) {
    if (action.pattern.width === 'any' || action.pattern.width === 'across') continue;
    const selected = limitable(action, select(action));
    if (selected.length === 0) continue;
    const reach = reachOf(facts, serviceOfResources(selected));
    if (reach.verdict === 'yes') {
      by.push(action);
      for (const name of selected) names.add(name);
    } else if (reach.verdict === 'unknown') because ??= reach.because;
  }
  const [first] = by;
  if (first !== undefined) {
    const reach = reachOf(facts, serviceOfResources([...names]));
    yield* hitAt(facts, [first.at, reach.by[0]?.at], { says: { actions: listed([...names]) }, evidence: { actions: [...names], resources: reachTexts(reach) }, ...(facts.unconditional === 'unknown' ? { confidence: 'medium' as const } : {}) });
  } else if (because !== undefined) {
    const at = facts.actions.find((action) => limitable(action, select(action)).length > 0);
    if (at !== undefined) yield undecided(at.at.origin, because);
  }
}

function limitable({ pattern }: ActionFact, names: readonly string[]): readonly string[] {
  return names.length === 0 ? names : names.filter((name) => pattern.expansion.restrictable.includes(name));
}

/** Roles belong to IAM, though STS hands out their sessions. */
function serviceOfResources(names: readonly string[]): string {
  const service = names[0]?.slice(0, names[0].indexOf(':')) ?? '';
  return service === 'sts' ? 'iam' : service;
}
