import type { Value } from '../../../core/value.ts';
import { unknownValue } from './build.ts';

/** A value with more leaves than this is not handed on: shared parts make it small in memory but endless to walk. */
const MAX_LEAVES = 200_000;

/**
 * Guards what leaves the evaluator: a value that would take too long to walk is replaced by an unknown, and so is whatever
 * in it cannot be had. Parts that are shared are counted each time they are met, but visited once.
 */
export function bounded(value: Value, report: (cut: Value) => void = () => {}): Value {
  if (sizeOf(value, new Map()) <= MAX_LEAVES) return value;
  const cut = unknownValue('bound-reached', 'a value with more parts than the bound', value.origin);
  report(cut);
  return cut;
}

function sizeOf(value: Value, memo: Map<Value, number>): number {
  const children = childrenOf(value);
  if (children.length === 0) return 1;
  const known = memo.get(value);
  if (known !== undefined) return known;
  let size = 1;
  for (const child of children) {
    size += sizeOf(child, memo);
    if (size > MAX_LEAVES) break;
  }
  memo.set(value, size);
  return size;
}

function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'list':
      return value.items;
    case 'concat':
      return value.parts;
    case 'map':
      return value.entries.map((entry) => entry.value);
    case 'choice':
      return value.options.map((option) => option.value);
    default:
      return [];
  }
}
