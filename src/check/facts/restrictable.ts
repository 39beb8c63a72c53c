import type { ActionFact, Expansion } from './action.ts';
import { ASSUME_ROLE, PASS_ROLE } from './action-lists.ts';
import type { StatementFacts } from './statement.ts';

/** The actions of a statement that could be limited to resources. */
export interface Restrictable {
  readonly actions: readonly ActionFact[];
  /** Some of them do more than list what there is. */
  readonly beyondListing: boolean;
}

/** Left to rules of their own, which say more of the danger. */
const SPECIAL = [ASSUME_ROLE, PASS_ROLE];

/** Finds the action strings that reach actions with resource types; `*` as a whole is for other rules. */
export function restrictable(facts: StatementFacts): Restrictable {
  const actions = facts.actions.filter(({ pattern }) => pattern.width !== 'any' && pattern.expansion.restrictable.length > 0 && !(pattern.width === 'exact' && SPECIAL.some((set) => set.has(pattern.text))));
  return { actions, beyondListing: actions.some(({ pattern }) => doesMoreThanList(pattern.expansion)) };
}

function doesMoreThanList(expansion: Expansion): boolean {
  const listing = new Set(expansion.level('List'));
  return expansion.restrictable.some((name) => !listing.has(name));
}
