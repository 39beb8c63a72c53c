import type { Origin } from '../../../core/source.ts';

/**
 * The path of a place within a resource's `Properties` in a JSON template, e.g. `['PolicyDocument', 'Statement', 1, 'Action']`.
 * `undefined` when the place is not in the resource's text, or not in its properties. Each resource is scanned once from its start to the place.
 */
export function propertyPathAt(extent: Origin, at: Origin): readonly (string | number)[] | undefined {
  if (at.source !== extent.source || at.pointer !== undefined || at.start < extent.start || at.start > extent.end) return undefined;
  const path = pathAt(extent.source.text, extent.start, at.start);
  return path?.[0] === 'Properties' ? path.slice(1) : undefined;
}

interface Level {
  /** Keys for objects, counters for arrays. */
  step: string | number | undefined;
  readonly isArray: boolean;
}

function pathAt(text: string, from: number, target: number): (string | number)[] | undefined {
  const open = text.indexOf('{', from);
  if (open === -1 || open > target) return undefined;
  const levels: Level[] = [];
  let key: string | undefined;
  for (let at = open; at <= target && at < text.length; ) {
    const character = text[at];
    const level = levels.at(-1);
    if (character === '"') {
      const end = stringEnd(text, at);
      // A key's own place belongs to its value.
      if (level !== undefined && !level.isArray) {
        if (key === undefined) {
          key = keyOf(text, at, end);
          level.step = key;
        }
      }
      if (target < end) break;
      at = end;
      continue;
    }
    if (character === '{' || character === '[') {
      if (target === at && levels.length > 0) break;
      levels.push({ step: character === '[' ? 0 : undefined, isArray: character === '[' });
      key = undefined;
    } else if (character === '}' || character === ']') {
      levels.pop();
      if (levels.length === 0) break;
    } else if (character === ',') {
      key = undefined;
      if (level !== undefined && typeof level.step === 'number') level.step += 1;
    }
    at += 1;
  }
  const steps = levels.map((level) => level.step).filter((step) => step !== undefined);
  return steps.length === 0 ? undefined : steps;
}

function stringEnd(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function keyOf(text: string, open: number, end: number): string {
  try {
    const parsed: unknown = JSON.parse(text.slice(open, end));
    return typeof parsed === 'string' ? parsed : '';
  } catch {
    return '';
  }
}
