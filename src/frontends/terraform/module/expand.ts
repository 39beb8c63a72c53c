import type { Guard } from '../../../core/guard.ts';
import { both } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import { textValue, type Value } from '../../../core/value.ts';
import { reportBound } from '../evaluate/budget.ts';
import type { Expansion, ExpansionOption, Frame, Instance } from '../evaluate/interpreter.ts';
import { elementOf, turnsOf } from '../evaluate/loop.ts';
import { keyOf } from '../addresses.ts';
import { attributeOf, type Block } from '../syntax/ast.ts';
import { knownNumber, numberValue, reasonOf, unknownValue } from '../values/build.ts';
import { optionsOf } from '../values/choice.ts';
import { describe, scopedName } from '../values/describe.ts';

/** A resource with more instances than this is represented by one. */
const MAX_INSTANCES = 1000;

export const SINGLE: Expansion = { by: 'single', representative: false, options: [{ when: [], instances: [{ suffix: '', key: undefined, when: [] }] }] };

/** The instances that `count` or `for_each` of a block makes, by the alternatives conditions leave. */
export function expandBlock(block: Block, frame: Frame, name: string): Expansion {
  const forEach = attributeOf(block.body, 'for_each');
  const count = attributeOf(block.body, 'count');
  const attribute = forEach ?? count;
  if (attribute === undefined) return SINGLE;
  const value = frame.interpreter.evaluate(attribute.value, frame);
  const by = forEach === undefined ? 'count' : 'for_each';
  const options: ExpansionOption[] = [];
  let representative = false;
  for (const option of optionsOf(value)) {
    const made = by === 'count' ? countInstances(option.value, attribute.extent, frame, name) : eachInstances(option.value, attribute.extent, frame, name);
    representative ||= made.representative;
    options.push({ when: option.when, instances: made.instances });
  }
  return { by, representative, options };
}

interface Made {
  readonly instances: readonly Instance[];
  readonly representative: boolean;
}

function countInstances(value: Value, origin: Origin, frame: Frame, name: string): Made {
  const count = knownNumber(value);
  if (count !== undefined && count <= MAX_INSTANCES) {
    const instances = Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index): Instance => ({ suffix: `[${index}]`, key: String(index), count: numberValue(index, origin), when: [] }));
    return { instances, representative: false };
  }
  if (value.kind === 'absent') return { instances: [{ suffix: '', key: undefined, when: [] }], representative: false };
  if (count !== undefined) reportMany(frame, name, count, origin);
  const index = unknownValue(count === undefined ? reasonOf([value]) : 'bound-reached', scopedName(frame.interpreter.scope.id, `${name}[*].count.index`), origin, 'atom');
  return { instances: [{ suffix: '[*]', key: undefined, count: index, when: [] }], representative: true };
}

function eachInstances(value: Value, origin: Origin, frame: Frame, name: string): Made {
  if (value.kind === 'list' || value.kind === 'map') {
    const { turns, open } = turnsOf(value, frame.interpreter, origin);
    if (turns.length <= MAX_INSTANCES) return { instances: keyedInstances(value, turns, name), representative: open };
    reportMany(frame, name, turns.length, origin);
    return { instances: [anyInstance(unknownValue('bound-reached', scopedName(frame.interpreter.scope.id, `${name}[*]`), origin), frame, name)], representative: true };
  }
  if (value.kind === 'absent') return { instances: [], representative: false };
  return { instances: [anyInstance(value, frame, name)], representative: true };
}

function reportMany(frame: Frame, name: string, count: number, origin: Origin): void {
  reportBound(frame.interpreter, `instances:${name}`, `\`${name}\` has ${count} instances, more than the bound of ${MAX_INSTANCES}; one stands for all`, origin);
}

function keyedInstances(value: Value, turns: readonly { readonly key: Value; readonly value: Value; readonly when: Guard }[], name: string): readonly Instance[] {
  const instances = new Map<string, Instance>();
  for (const turn of turns) {
    // A set's elements are their own keys.
    const key = value.kind === 'list' ? turn.value : turn.key;
    const suffix = key.kind === 'scalar' ? `[${JSON.stringify(key.text)}]` : key.kind === 'concat' ? `[${describe(key)}]` : '[*]';
    if (instances.has(suffix)) continue;
    const keyValue = key.kind === 'scalar' ? textValue(key.text, key.origin) : key.kind === 'list' || key.kind === 'map' ? unknownValue('invalid-template', name, key.origin, 'text') : key;
    instances.set(suffix, { suffix, key: key.kind === 'scalar' ? key.text : undefined, each: { key: keyValue, value: turn.value }, when: turn.when });
  }
  return [...instances.values()];
}

function anyInstance(collection: Value, frame: Frame, name: string): Instance {
  const key = unknownValue(reasonOf([collection]), scopedName(frame.interpreter.scope.id, `${name}[*].each.key`), collection.origin, 'text');
  return { suffix: '[*]', key: undefined, each: { key, value: elementOf(collection, frame.interpreter) }, when: [] };
}

/**
 * The instances that a plan shows, in place of those that the configuration alone would give; what `each` and `count` mean in
 * them still comes from the configuration where it can be told.
 */
export function shownExpansion(suffixes: readonly string[], declared: Expansion, frame: Frame, name: string, origin: Origin): Expansion {
  const known = new Map(allInstances(declared).map((instance) => [instance.suffix, instance]));
  const any = known.get('[*]');
  const instances = suffixes.map((suffix): Instance => {
    const found = known.get(suffix);
    if (found !== undefined) return { ...found, when: [] };
    const key = keyOf(suffix);
    if (key === undefined) return { suffix, key, when: [] };
    if (!suffix.startsWith('["')) return { suffix, key, count: numberValue(Number(key), origin), when: [] };
    const value = any?.each?.value ?? unknownValue('known-after-apply', scopedName(frame.interpreter.scope.id, `${name}${suffix}.each.value`), origin);
    return { suffix, key, each: { key: textValue(key, origin), value }, when: [] };
  });
  const first = suffixes[0] ?? '';
  const by = suffixes.length === 0 ? declared.by : first === '' ? 'single' : first.startsWith('["') ? 'for_each' : 'count';
  return { by, representative: false, options: [{ when: [], instances }] };
}

/** Every instance that some alternative has, with the guard under which it exists; one that all have exists always. */
export function allInstances(expansion: Expansion): readonly Instance[] {
  const found = new Map<string, { readonly instance: Instance; readonly count: number }>();
  for (const option of expansion.options) {
    for (const instance of option.instances) {
      const when = both(option.when, instance.when);
      if (when === undefined) continue;
      const known = found.get(instance.suffix);
      // Guards are conjunctions: what several alternatives have in common cannot be said by one, so it counts as always.
      found.set(instance.suffix, known === undefined ? { instance: { ...instance, when }, count: 1 } : { instance: { ...known.instance, when: [] }, count: known.count + 1 });
    }
  }
  return [...found.values()].map(({ instance }) => instance);
}
