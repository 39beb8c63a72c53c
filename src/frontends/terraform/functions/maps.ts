import type { GuardLiteral } from '../../../core/guard.ts';
import { type Mapping, type MappingEntry, textValue, type Value } from '../../../core/value.ts';
import { indexStep } from '../evaluate/access.ts';
import { isFullyKnown, isOpen, listValue, mapValue } from '../values/build.ts';
import { choiceOf, opposite } from '../values/choice.ts';
import { describe, scopedName } from '../values/describe.ts';
import { isKnownKey, keyText } from '../values/entries.ts';
import { asTextValue, type Call, type FunctionTable, refused, type TerraformFunction, tooLarge } from './function.ts';
import { compareText, MAX_ITEMS } from './lists.ts';

/** Functions of mappings and objects. */
export const MAP_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['merge', merge],
  ['keys', (args, call) => (args[0]?.kind === 'map' ? listValue(sortedEntries(args[0]).map((entry) => textValue(entry.key, entry.keyOrigin)), call.origin, isOpen(args[0])) : undefined)],
  ['values', (args, call) => (args[0]?.kind === 'map' ? listValue(sortedEntries(args[0]).map((entry) => entry.value), call.origin, isOpen(args[0])) : undefined)],
  ['lookup', lookup],
  ['zipmap', zipMap],
  ['map', pairs],
  ['tomap', (args) => (args[0]?.kind === 'map' ? args[0] : undefined)],
  ['transpose', transpose],
]);

function sortedEntries(map: Mapping): readonly MappingEntry[] {
  return [...map.entries].sort((left, right) => compareText(left.key, right.key));
}

/** Later arguments win. One that is not known stays visible as an entry that stands for any. */
function merge(args: readonly Value[], call: Call): Value | undefined {
  const entries = new Map<string, MappingEntry>();
  let open = false;
  for (const arg of args) {
    if (arg.kind === 'absent') continue;
    if (arg.kind === 'map') {
      open ||= isOpen(arg);
      for (const entry of arg.entries) entries.set(entry.key, overriding(entries.get(entry.key), entry));
    } else if (arg.kind === 'unknown' || arg.kind === 'reference') {
      open = true;
      const key = keyText(arg);
      entries.set(key, { key, keyOrigin: arg.origin, value: arg });
    } else return undefined;
    if (entries.size > MAX_ITEMS) return tooLarge(call);
  }
  return mapValue([...entries.values()], call.origin, open);
}

/** An entry that is there under a guard leaves the earlier one in force without it. */
function overriding(earlier: MappingEntry | undefined, entry: MappingEntry): MappingEntry {
  const { when } = entry;
  if (earlier === undefined || when === undefined || when.length === 0) return entry;
  const kept = when.map((literal) => ({ when: [opposite(literal)], value: earlier.value }));
  return { ...earlier, value: choiceOf([{ when, value: entry.value }, ...kept], entry.value.origin) ?? entry.value };
}

function lookup(args: readonly Value[], call: Call): Value | undefined {
  const [map, key, fallback] = args;
  if (map?.kind !== 'map' || key === undefined) return undefined;
  if (key.kind !== 'scalar') return fallback === undefined ? indexStep(map, key, call.origin, call.frame) : keyedOrElse(map, key, fallback, call);
  const entry = map.entries.find((one) => one.key === key.text);
  if (entry !== undefined) return entry.when === undefined ? entry.value : undefined;
  if (isOpen(map) || map.entries.some((one) => !isKnownKey(one.key))) return undefined;
  return fallback ?? refused(call, `no key \`${key.text}\``);
}

const MAX_KEYED = 8;

/** A key that is not known picks each of a few entries under the guard that it is that one, and the fallback under none of them. */
function keyedOrElse(map: Mapping, key: Value, fallback: Value, call: Call): Value | undefined {
  if (map.entries.length > MAX_KEYED || isOpen(map)) return undefined;
  const text = describe(key);
  const variable = scopedName(call.frame.interpreter.scope.id, text);
  const literal = (entry: MappingEntry, is: boolean): GuardLiteral => ({ variable, value: entry.key, is, label: `${text} is${is ? '' : ' not'} \`${entry.key}\`` });
  const options = map.entries.map((entry) => ({ when: [literal(entry, true)], value: entry.value }));
  return choiceOf([...options, { when: map.entries.map((entry) => literal(entry, false)), value: fallback }], call.origin);
}

function zipMap([keys, values]: readonly Value[], call: Call): Value | undefined {
  if (keys?.kind !== 'list' || values?.kind !== 'list') return undefined;
  const entries = keys.items.flatMap((key, index): MappingEntry[] => {
    const value = values.items[index];
    return value === undefined ? [] : [{ key: keyText(key), keyOrigin: key.origin, value }];
  });
  return mapValue(entries, call.origin, isOpen(keys) || isOpen(values));
}

function pairs(args: readonly Value[], call: Call): Value | undefined {
  const entries: MappingEntry[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    const key = args[index];
    const value = args[index + 1];
    if (key !== undefined && value !== undefined) entries.push({ key: keyText(key), keyOrigin: key.origin, value });
  }
  return mapValue(entries, call.origin);
}

function transpose(args: readonly Value[], call: Call): Value | undefined {
  const [map] = args;
  if (map?.kind !== 'map' || !isFullyKnown(map)) return undefined;
  const turned = new Map<string, Value[]>();
  for (const entry of map.entries) {
    if (entry.value.kind !== 'list') return undefined;
    for (const item of entry.value.items) {
      const key = keyText(asTextValue(item));
      turned.set(key, [...(turned.get(key) ?? []), textValue(entry.key, entry.keyOrigin)]);
    }
  }
  return mapValue([...turned].map(([key, values]) => ({ key, keyOrigin: call.origin, value: listValue(values, call.origin) })), call.origin);
}
