import { actionsOf, serviceExists, services } from './actions.ts';
import { conditionKeysOfService, globalConditionKeys, serviceOfKey } from './condition-keys.ts';

/** Near misses for messages ("did you mean"); each gives undefined when nothing is close enough to be helpful. */

/** The service prefix closest to a misspelt one. */
export function nearestService(prefix: string): string | undefined {
  return nearest(prefix, services());
}

/** The action closest to a misspelt `service:Name`; a misspelt service is corrected first. */
export function nearestAction(name: string): string | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return undefined;
  const prefix = name.slice(0, colon);
  const service = serviceExists(prefix) ? prefix.toLowerCase() : nearestService(prefix);
  if (service === undefined) return undefined;
  const found = nearest(
    name.slice(colon + 1),
    actionsOf(service).map((action) => action.name),
  );
  return found === undefined ? undefined : `${service}:${found}`;
}

/** The condition key closest to a misspelt one; a key written without its prefix is looked for among the global keys. */
export function nearestConditionKey(key: string): string | undefined {
  const service = serviceOfKey(key.toLowerCase());
  if (service !== undefined) return nearest(key, conditionKeysOfService(service));
  if (key.includes(':')) return nearest(key, globalConditionKeys());
  return nearest(`aws:${key}`, globalConditionKeys());
}

const LONGEST_NAME = 128;

/** The candidate closest to a text. Candidates must be within a quarter of the text's length; else the shortest one that merely continues the text. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  if (text.length === 0 || text.length > LONGEST_NAME) return undefined;
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let bound = Math.min(4, 1 + Math.floor(wanted.length / 4));
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance < bound || (distance === bound && best === undefined)) {
      best = candidate;
      bound = distance;
    }
  }
  return best ?? shortestContinuation(wanted, candidates);
}

function shortestContinuation(wanted: string, candidates: readonly string[]): string | undefined {
  if (wanted.length < 4) return undefined;
  let best: string | undefined;
  for (const candidate of candidates) {
    if (candidate.toLowerCase().startsWith(wanted) && (best === undefined || candidate.length < best.length)) best = candidate;
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; `bound + 1` means more than `bound`. */
export function editDistance(left: string, right: string, bound: number): number {
  if (Math.abs(left.length - right.length) > bound) return bound + 1;
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current: number[] = [row];
    let least = row;
    for (let column = 1; column <= right.length; column += 1) {
      const cost = distanceAt({ left, right, row, column, current, previous, beforePrevious });
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound) return bound + 1;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[right.length] ?? bound + 1, bound + 1);
}

interface Cell {
  readonly left: string;
  readonly right: string;
  readonly row: number;
  readonly column: number;
  readonly current: readonly number[];
  readonly previous: readonly number[];
  readonly beforePrevious: readonly number[];
}

function distanceAt({ left, right, row, column, current, previous, beforePrevious }: Cell): number {
  const same = left[row - 1] === right[column - 1];
  const replace = (previous[column - 1] ?? 0) + (same ? 0 : 1);
  const edit = Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
  const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
  return swapped ? Math.min(edit, (beforePrevious[column - 2] ?? 0) + 1) : edit;
}
