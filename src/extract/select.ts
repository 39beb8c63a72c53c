import { ALWAYS, both, type Guard } from '../core/guard.ts';
import type { Mapping, Value } from '../core/value.ts';
import { once } from '../data/load.ts';
import { parseResourcePath, type ResourcePath, type ResourceStep } from '../data/resource-path.ts';
import { parseEmbedded } from './embedded.ts';

/** A value found by a table path, with the guard of the branches it lies in and the concrete path to it. */
export interface Selected {
  readonly value: Value;
  readonly when: Guard;
  readonly path: readonly (string | number)[];
}

/**
 * All values at a table path such as `Policies[].PolicyDocument` or `Variables{}`: `[]` takes each list item, `{}` each map
 * value, `#json` the parse of a text. A single value stands for a list of one and a list of one for its item, because Terraform writes nested blocks
 * either way. Branches of a choice are followed under their guards; unknown values on the way are selected as they are.
 */
export function select(root: Value, path: string): readonly Selected[] {
  const steps = stepsOf(path);
  const [first] = steps;
  if (first?.kind === 'key' && root.kind === 'map' && steps.length === 1) return selectKey(root, first.key);
  let found: readonly Selected[] = [{ value: root, when: [], path: [] }];
  for (const step of steps) found = found.flatMap((one) => [...take(one, step)]);
  return found.filter((one) => one.value.kind !== 'absent');
}

/** The first value at a path. */
export function selectOne(root: Value, path: string | undefined): Value | undefined {
  return path === undefined ? undefined : select(root, path)[0]?.value;
}

/** The commonest path by far: one key of a mapping. */
function selectKey(root: Mapping, key: string): readonly Selected[] {
  let found: Selected[] | undefined;
  for (const entry of root.entries) {
    if (entry.key !== key || entry.value.kind === 'absent') continue;
    found ??= [];
    found.push({ value: entry.value, when: entry.when ?? ALWAYS, path: [key] });
  }
  return found ?? NOTHING;
}

const NOTHING: readonly Selected[] = [];

const paths = once(() => new Map<string, ResourcePath>());

function stepsOf(path: string): ResourcePath {
  const known = paths().get(path);
  if (known !== undefined) return known;
  const steps = parseResourcePath(path);
  if (steps === undefined) throw new Error(`the table of resource types holds no path: ${path}`);
  paths().set(path, steps);
  return steps;
}

function* take(from: Selected, step: ResourceStep): Iterable<Selected> {
  switch (step.kind) {
    case 'key':
      yield* descend(from, step.key);
      return;
    case 'items':
      yield* spread(from, 'item');
      return;
    case 'values':
      yield* spread(from, 'value');
      return;
    case 'json': {
      if (from.value.kind === 'map' || from.value.kind === 'list') {
        yield from;
        return;
      }
      const embedded = parseEmbedded(from.value);
      if (embedded.kind === 'value') yield { ...from, value: embedded.value };
      return;
    }
  }
}

function* descend(from: Selected, key: string): Iterable<Selected> {
  const { value, when, path } = from;
  switch (value.kind) {
    case 'map':
      for (const entry of value.entries) {
        if (entry.key !== key) continue;
        const guard = both(when, entry.when);
        if (guard !== undefined) yield { value: entry.value, when: guard, path: [...path, key] };
      }
      return;
    case 'list':
      for (const [index, item] of value.items.entries()) yield* descend({ value: item, when, path: [...path, index] }, key);
      return;
    case 'choice':
      for (const option of value.options) {
        const guard = both(when, option.when);
        if (guard !== undefined) yield* descend({ value: option.value, when: guard, path }, key);
      }
      return;
    case 'unknown':
      if (value.shape === 'any') yield from;
      return;
    default:
  }
}

function* spread(from: Selected, each: 'item' | 'value'): Iterable<Selected> {
  const { value, when, path } = from;
  if (value.kind === 'choice') {
    for (const option of value.options) {
      const guard = both(when, option.when);
      if (guard !== undefined) yield* spread({ value: option.value, when: guard, path }, each);
    }
  } else if (each === 'item' && value.kind === 'list') {
    for (const [index, item] of value.items.entries()) yield* spread({ value: item, when, path: [...path, index] }, each);
  } else if (each === 'value' && value.kind === 'map') {
    for (const entry of value.entries) yield { value: entry.value, when: both(when, entry.when) ?? when, path: [...path, entry.key] };
  } else yield from;
}
