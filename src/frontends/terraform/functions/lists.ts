import type { List, Value } from '../../../core/value.ts';
import { guarded } from '../evaluate/loop.ts';
import { uniqueValues } from '../module/type-constraint.ts';
import { booleanValue, isFullyKnown, isOpen, knownBoolean, knownNumber, listValue, numberValue } from '../values/build.ts';
import { equal } from '../values/compare.ts';
import { keyText } from '../values/entries.ts';
import { type Call, type FunctionTable, refused, type TerraformFunction, tooLarge, unknownResult } from './function.ts';

/** Longer lists are not built. */
export const MAX_ITEMS = 50_000;

/** Functions of lists and sets. */
export const LIST_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['length', length],
  ['concat', concat],
  ['flatten', flatten],
  ['distinct', onList((list) => listValue(uniqueValues(list.items), list.origin, isOpen(list)))],
  ['toset', onList((list) => listValue(uniqueValues(list.items), list.origin, isOpen(list)))],
  ['tolist', onList((list) => list)],
  ['reverse', onList((list) => listValue([...list.items].reverse(), list.origin, isOpen(list)))],
  ['sort', onList(sorted)],
  ['compact', onList((list) => listValue(list.items.filter((item) => item.kind !== 'absent' && !(item.kind === 'scalar' && item.text === '')), list.origin, isOpen(list)))],
  ['list', (args, call) => listValue(args, call.origin)],
  ['slice', slice],
  ['element', element],
  ['index', indexOf],
  ['contains', contains],
  ['one', one],
  ['coalescelist', (args, call) => args.find((arg) => arg.kind !== 'absent' && !(arg.kind === 'list' && arg.items.length === 0 && !isOpen(arg))) ?? refused(call, 'no list has elements')],
  ['chunklist', chunk],
  ['range', range],
  ['setproduct', setProduct],
  ['setunion', (args, call) => combined(args, call, () => true)],
  ['setintersection', (args, call) => combined(args, call, (item, lists) => lists.every((list) => has(list, item)))],
  ['setsubtract', (args, call) => combined(args.slice(0, 1), call, (item) => args[1]?.kind !== 'list' || !has(args[1], item))],
  ['alltrue', (args, call) => allOf(args, call, true)],
  ['anytrue', (args, call) => allOf(args, call, false)],
  ['matchkeys', matchKeys],
  ['sum', (args, call) => totalled(args, call)],
]);

function onList(change: (list: List) => Value): TerraformFunction {
  return ([list]) => (list?.kind === 'list' ? change(list) : list?.kind === 'unknown' ? list : undefined);
}

function length([value]: readonly Value[], call: Call): Value | undefined {
  if (value?.kind === 'list' && !isOpen(value)) return value.items.some(isChoice) ? undefined : numberValue(value.items.length, call.origin);
  if (value?.kind === 'map' && !isOpen(value)) return value.entries.some((entry) => entry.when !== undefined) ? undefined : numberValue(value.entries.length, call.origin);
  return value?.kind === 'scalar' ? numberValue([...value.text].length, call.origin) : undefined;
}

function isChoice(value: Value): boolean {
  return value.kind === 'choice';
}

/** An unknown list among the arguments stays as one element that stands for all of its own. */
function concat(args: readonly Value[], call: Call): Value | undefined {
  const items: Value[] = [];
  let open = false;
  for (const arg of args) {
    if (arg.kind === 'absent') continue;
    if (arg.kind === 'list') {
      items.push(...arg.items);
      open ||= isOpen(arg);
    } else {
      items.push(arg);
      open = true;
    }
    if (items.length > MAX_ITEMS) return tooLarge(call);
  }
  return listValue(items, call.origin, open);
}

function flatten([list]: readonly Value[], call: Call): Value | undefined {
  if (list?.kind !== 'list') return list;
  const items: Value[] = [];
  let open = false;
  const add = (value: Value, depth: number): void => {
    if (value.kind === 'list' && depth < 30 && items.length < MAX_ITEMS) {
      open ||= isOpen(value);
      for (const item of value.items) add(item, depth + 1);
    } else if (value.kind === 'choice' && value.options.every((option) => option.value.kind === 'absent' || option.value.kind === 'list')) {
      for (const option of value.options) {
        if (option.value.kind !== 'list') continue;
        for (const item of option.value.items) items.push(guarded(item, option.when));
      }
    } else {
      open ||= value.kind === 'unknown' && value.shape === 'any';
      items.push(value);
    }
  };
  add(list, 0);
  return items.length >= MAX_ITEMS ? tooLarge(call) : listValue(items, call.origin, open);
}

function sorted(list: List): Value {
  const texts = list.items.map((item) => (item.kind === 'scalar' ? item.text : undefined));
  if (texts.includes(undefined)) return list;
  return listValue([...list.items].sort((left, right) => compareText(keyText(left), keyText(right))), list.origin);
}

/** The order of texts that does not depend on a language. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function slice(args: readonly Value[], call: Call): Value | undefined {
  const [list] = args;
  const from = knownNumber(args[1]);
  const to = knownNumber(args[2]);
  return list?.kind === 'list' && from !== undefined && to !== undefined ? listValue(list.items.slice(from, to), call.origin, isOpen(list)) : undefined;
}

function element(args: readonly Value[], call: Call): Value | undefined {
  const [list] = args;
  const index = knownNumber(args[1]);
  if (list?.kind !== 'list' || list.items.length === 0) return list?.kind === 'list' && !isOpen(list) ? refused(call, 'the list is empty') : undefined;
  const count = list.items.length;
  if (index === undefined) return count === 1 ? list.items[0] : undefined;
  return list.items[((index % count) + count) % count];
}

function indexOf([list, wanted]: readonly Value[], call: Call): Value | undefined {
  if (list?.kind !== 'list' || wanted === undefined) return undefined;
  const verdicts = list.items.map((item) => equal(item, wanted));
  const found = verdicts.indexOf('yes');
  if (found >= 0 && !verdicts.slice(0, found).includes('unknown')) return numberValue(found, call.origin);
  return verdicts.includes('unknown') || isOpen(list) ? undefined : refused(call, 'the list does not hold the value');
}

function contains([list, wanted]: readonly Value[], call: Call): Value | undefined {
  if (list?.kind !== 'list' || wanted === undefined) return undefined;
  const verdicts = list.items.map((item) => equal(item, wanted));
  if (verdicts.includes('yes')) return booleanValue(true, call.origin);
  return verdicts.includes('unknown') || isOpen(list) ? undefined : booleanValue(false, call.origin);
}

function has(list: Value, wanted: Value): boolean {
  return list.kind === 'list' && list.items.some((item) => equal(item, wanted) === 'yes');
}

function one([value]: readonly Value[], call: Call): Value | undefined {
  if (value?.kind === 'list') {
    const only = value.items[0];
    if (only === undefined) return isOpen(value) ? undefined : { kind: 'absent', origin: call.origin };
    return value.items.length === 1 ? only : refused(call, 'the list has more than one element');
  }
  return value?.kind === 'absent' || value?.kind === 'reference' || value?.kind === 'map' ? value : undefined;
}

function chunk(args: readonly Value[], call: Call): Value | undefined {
  const [list] = args;
  const size = knownNumber(args[1]);
  if (list?.kind !== 'list' || size === undefined || size < 1) return undefined;
  const chunks: Value[] = [];
  for (let at = 0; at < list.items.length; at += size) chunks.push(listValue(list.items.slice(at, at + size), call.origin));
  return listValue(chunks, call.origin, isOpen(list));
}

function range(args: readonly Value[], call: Call): Value | undefined {
  const numbers = args.map(knownNumber);
  const [first, second, third] = numbers;
  if (first === undefined || numbers.includes(undefined)) return undefined;
  const from = second === undefined ? 0 : first;
  const to = second ?? first;
  const step = third ?? (from <= to ? 1 : -1);
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (count > MAX_ITEMS) return tooLarge(call);
  return listValue(Array.from({ length: count }, (_, index) => numberValue(from + index * step, call.origin)), call.origin);
}

function setProduct(args: readonly Value[], call: Call): Value | undefined {
  let rows: readonly (readonly Value[])[] = [[]];
  let open = false;
  for (const arg of args) {
    const items = arg.kind === 'list' ? arg.items : arg.kind === 'unknown' ? [unknownResult({ ...call, name: 'element' }, [arg])] : undefined;
    if (items === undefined) return undefined;
    if (rows.length * items.length > MAX_ITEMS) return tooLarge(call);
    open ||= arg.kind !== 'list' || isOpen(arg);
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return listValue(rows.map((row) => listValue(row, call.origin)), call.origin, open);
}

function combined(args: readonly Value[], call: Call, keep: (item: Value, lists: readonly Value[]) => boolean): Value | undefined {
  const all = concat(args, call);
  if (all?.kind !== 'list') return undefined;
  return listValue(uniqueValues(all.items.filter((item) => item.kind !== 'scalar' || keep(item, args))), call.origin, isOpen(all));
}

function allOf([list]: readonly Value[], call: Call, wanted: boolean): Value | undefined {
  if (list?.kind !== 'list') return undefined;
  const known = list.items.map((item) => knownBoolean(item));
  if (known.includes(!wanted)) return booleanValue(!wanted, call.origin);
  return known.includes(undefined) || isOpen(list) ? undefined : booleanValue(wanted, call.origin);
}

function matchKeys([values, keys, wanted]: readonly Value[], call: Call): Value | undefined {
  if (values?.kind !== 'list' || keys?.kind !== 'list' || wanted?.kind !== 'list' || !isFullyKnown(keys) || !isFullyKnown(wanted)) return undefined;
  return listValue(values.items.filter((_value, index) => keys.items[index] !== undefined && has(wanted, keys.items[index])), call.origin);
}

function totalled([list]: readonly Value[], call: Call): Value | undefined {
  if (list?.kind !== 'list' || isOpen(list)) return undefined;
  const numbers = list.items.map(knownNumber);
  let sum = 0;
  for (const number of numbers) {
    if (number === undefined) return undefined;
    sum += number;
  }
  return numberValue(sum, call.origin);
}
