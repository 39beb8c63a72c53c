import { serviceExists } from '../../data/actions.ts';
import type { ActionPattern } from './action.ts';
import { globsIntersect } from './glob.ts';
import type { ConditionFact } from './condition.ts';

/** Does the action pattern match an action of the catalogue or of the configuration? Patterns that are not known count as known. */
export function isKnownAction(pattern: ActionPattern, knownActions: ReadonlySet<string>): boolean {
  if (pattern.width === 'unknown' || pattern.width === 'any' || pattern.width === 'malformed') return true;
  if (pattern.expansion.names.length > 0) return true;
  const text = pattern.text.toLowerCase();
  return knownActions.has(text) || [...knownActions].some((known) => globsIntersect(known, text));
}

/** Is the condition key documented? Tag keys of services stand with any tag name. */
export function isKnownKey(condition: ConditionFact): boolean {
  if (condition.info !== undefined) return true;
  const [prefix = '', name = ''] = condition.key.split(':');
  return /^(resource|request|existingobject|requestobject)tag\//.test(name) && (prefix === 'aws' || serviceExists(prefix));
}
