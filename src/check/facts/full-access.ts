import { hitAt } from '../on-statement.ts';
import type { Detection } from '../rule.ts';
import { undecided } from '../define.ts';
import { reachOf, reachText, reachTexts } from './reach.ts';
import type { StatementFacts } from './statement.ts';

/** Finds `service:*` on every resource of the service. Undecided when action or resource is a parameter that could say so. */
export function* fullAccess(facts: StatementFacts, service: string): Iterable<Detection> {
  const action = facts.actions.find(({ pattern }) => pattern.width === 'service' && pattern.service === service);
  // An action that is a parameter as a whole says nothing of one service; the general rules report it.
  if (facts.actionsNegated || action === undefined) return;
  const reach = reachOf(facts, service);
  if (reach.verdict === 'no') return;
  if (reach.verdict === 'unknown') {
    yield undecided(action.at.origin, reach.because);
    return;
  }
  const evidence = { actions: [action.at.text], resources: reachTexts(reach) };
  yield* hitAt(facts, [action.at, reachText(reach)], { says: { action: action.at.text }, evidence, ...softened(facts) });
}

/** A condition that singles out resources, or any condition at all, makes broad access less severe. */
export function softened(facts: StatementFacts): { readonly severity?: 'info' | 'warning'; readonly securitySeverity?: number; readonly confidence?: 'medium' } {
  const { confined } = facts.resourceScope;
  if (confined === 'yes') return { severity: 'info', securitySeverity: 3 };
  return confined === 'unknown' ? { confidence: 'medium' } : {};
}
