import type { Verdict } from '../../../core/verdict.ts';
import { and, verdictOf } from '../../../core/verdict.ts';
import type { Value } from '../../../core/value.ts';
import { isOpen, knownNumber } from './build.ts';
import { describe } from './describe.ts';

/** Are two values equal in Terraform's sense? `unknown` when something not known decides. */
export function equal(left: Value, right: Value, depth = 0): Verdict {
  if (depth > 30) return 'unknown';
  if (left === right && left.kind !== 'choice') return 'yes';
  if (isSettled(left) && isSettled(right)) return verdictOf(sameSettled(left, right));
  if (left.kind === 'list' && right.kind === 'list') {
    if (isOpen(left) || isOpen(right)) return 'unknown';
    if (left.items.length !== right.items.length) return 'no';
    return and(...left.items.map((item, index) => equal(item, right.items[index] ?? item, depth + 1)));
  }
  if (left.kind === 'map' && right.kind === 'map') return equalMaps(left, right, depth);
  if (isStructure(left) && isStructure(right)) return 'no';
  if ((isStructure(left) && isSettled(right)) || (isSettled(left) && isStructure(right))) return 'no';
  if ((isText(left) && isNothing(right)) || (isNothing(left) && isText(right))) return 'no';
  if (left.kind !== 'choice' && right.kind !== 'choice' && left.kind === right.kind && describe(left) === describe(right)) return 'yes';
  return 'unknown';
}

function isSettled(value: Value): boolean {
  return value.kind === 'scalar' || value.kind === 'absent';
}

/** A text that is there although not all of it is known: an attribute of a resource, or a string with some known characters. */
function isText(value: Value): boolean {
  return value.kind === 'reference' || (value.kind === 'concat' && value.parts.some((part) => part.kind === 'scalar' && part.text !== ''));
}

function isNothing(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'scalar' && value.text === '');
}

function isStructure(value: Value): boolean {
  return value.kind === 'list' || value.kind === 'map';
}

function sameSettled(left: Value, right: Value): boolean {
  if (left.kind === 'absent' || right.kind === 'absent') return left.kind === right.kind;
  if (left.kind !== 'scalar' || right.kind !== 'scalar') return false;
  if (left.type === 'number' && right.type === 'number') return knownNumber(left) === knownNumber(right);
  return left.text === right.text && left.type === right.type;
}

function equalMaps(left: Extract<Value, { kind: 'map' }>, right: Extract<Value, { kind: 'map' }>, depth: number): Verdict {
  if (isOpen(left) || isOpen(right)) return 'unknown';
  if (left.entries.length !== right.entries.length) return 'no';
  const others = new Map(right.entries.map((entry) => [entry.key, entry.value]));
  const verdicts: Verdict[] = [];
  for (const entry of left.entries) {
    const other = others.get(entry.key);
    verdicts.push(other === undefined ? 'no' : equal(entry.value, other, depth + 1));
  }
  return and(...verdicts);
}
