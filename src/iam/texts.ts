import { both, type Guard } from '../core/guard.ts';
import type { Origin } from '../core/source.ts';
import { unreachable } from '../core/unreachable.ts';
import type { Unknown, Value } from '../core/value.ts';
import { accountText, regionText } from './deployment.ts';
import type { Gap, Text } from './policy-document.ts';
import { hole, literal } from './token.ts';

/** A string with more alternatives than this is kept as one unknown text. */
const MAX_ALTERNATIVES = 16;

/**
 * Reads a value as texts: one per list item and per branch of a choice, holes standing for what is not known.
 * `gaps` receives values that are no text at all (an unknown list, a mapping in a string's place is the caller's fault to report).
 * Gives `undefined` items for mappings, which are no text.
 */
export interface TextReading {
  readonly texts: readonly Text[];
  readonly gaps: readonly Gap[];
  /** Values that are not texts (mappings), for the syntax rules. */
  readonly misplaced: readonly Value[];
}

export function readTexts(value: Value | undefined, element: string, when: Guard = []): TextReading {
  const reading = { texts: [] as Text[], gaps: [] as Gap[], misplaced: [] as Value[] };
  if (value !== undefined) collect(value, element, when, reading);
  return reading;
}

/** The one text of a value: for properties that hold a single string. `undefined` when absent or no text. */
export function readText(value: Value | undefined): Text | undefined {
  return readTexts(value, '').texts[0];
}

interface Collecting {
  readonly texts: Text[];
  readonly gaps: Gap[];
  readonly misplaced: Value[];
}

function collect(value: Value, element: string, when: Guard, into: Collecting): void {
  switch (value.kind) {
    case 'scalar':
      into.texts.push(at(literal(value.text), value.origin, when));
      return;
    case 'reference':
      into.texts.push(at(hole('=', `${value.scope}#${value.address}#${value.attribute}`), value.origin, when));
      return;
    case 'unknown':
      if (value.shape === 'any') into.gaps.push(gapOf(value, element));
      into.texts.push(at(unknownHole(value), value.origin, when));
      return;
    case 'concat':
      for (const alternative of joinParts(value.parts, value.origin, when)) into.texts.push(alternative);
      return;
    case 'choice':
      for (const option of value.options) {
        const guard = both(when, option.when);
        if (guard !== undefined) collect(option.value, element, guard, into);
      }
      return;
    case 'list':
      for (const item of value.items) collect(item, element, when, into);
      return;
    case 'map':
      into.misplaced.push(value);
      return;
    case 'absent':
      return;
    default:
      unreachable(value);
  }
}

/**
 * The hole that stands for an unknown value: its reason, then its name, scoped by its file unless the front-end scoped the name
 * itself. Holes of one name and reason are one value.
 */
export function unknownHole(value: Unknown): string {
  if (value.reason === 'deployment-account') return accountText(scopeOf(value.name), undefined);
  if (value.reason === 'deployment-region' && value.shape === 'atom') return regionText(scopeOf(value.name), undefined);
  const name = value.name.includes('#') ? value.name : `${value.origin.source.path}#${value.name}`;
  return hole(value.shape === 'atom' ? '@' : '?', `${value.reason}|${name}`);
}

/** The scope a front-end wrote before the `#` of a name. */
function scopeOf(name: string): string {
  const at = name.lastIndexOf('#');
  return at === -1 ? '' : name.slice(0, at);
}

export function gapOf(value: Unknown, element: string): Gap {
  return { element, reason: value.reason, name: value.name, origin: value.origin };
}

function joinParts(parts: readonly Value[], origin: Origin, when: Guard): readonly Text[] {
  let joined: { text: string; when: Guard }[] = [{ text: '', when }];
  for (const part of parts) {
    const alternatives = readTexts(part, '', []).texts;
    if (alternatives.length === 0) continue;
    const next: { text: string; when: Guard }[] = [];
    for (const left of joined) {
      for (const right of alternatives) {
        const guard = both(left.when, right.when);
        if (guard !== undefined) next.push({ text: left.text + right.text, when: guard });
      }
    }
    if (next.length > MAX_ALTERNATIVES) return [at(hole('?', `bound-reached|${origin.source.path}#${origin.start}`), origin, when)];
    joined = next;
  }
  return joined.map((alternative) => at(alternative.text, origin, alternative.when));
}

function at(text: string, origin: Origin, when: Guard): Text {
  return when.length === 0 ? { text, origin } : { text, origin, when };
}
