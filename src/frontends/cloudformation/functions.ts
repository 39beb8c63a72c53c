import { both, type Guard } from '../../core/guard.ts';
import { knownText, textValue, type Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import { arnOf } from './arn.ts';
import { concatenate } from './concatenate.ts';
import { beyond, conditionGuards, isAssumed } from './conditions.ts';
import { resolve, resolveArgument, type TemplateContext, unknown, unknownHere } from './context.ts';

/** A list with choices in it is multiplied out to at most this many lists. */
const MAX_ALTERNATIVES = 16;
/** Nested branches over conditions with several alternatives are multiplied out to at most this many guards. */
const MAX_FAN = 64;

/** `Fn::Join: [delimiter, list]`. */
export function join(argument: Node, context: TemplateContext, at: Node): Value {
  const [delimiterNode, listNode] = partsOf(argument);
  if (delimiterNode === undefined || listNode === undefined) return invalid('Fn::Join', context, at);
  const delimiter = resolve(delimiterNode, context);
  const list = resolve(listNode, context);
  const plain = knownText(delimiter) === '';
  const joined = mapLists(list, at, (items) => joinItems(items, delimiter, at), (value) => (value.kind === 'scalar' ? value : unlisted(value, plain ? '' : 'joined', at, 'text')));
  return joined.kind === 'absent' ? textValue('', at) : joined;
}

function joinItems(items: readonly Value[], delimiter: Value, at: Node): Value {
  const parts: Value[] = [];
  const between = knownText(delimiter) !== '';
  for (const item of items.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
    if (item.kind === 'absent') continue;
    if (parts.length > 0 && between) parts.push(delimiter.kind === 'scalar' ? textValue(delimiter.text, at) : delimiter);
    parts.push(item);
  }
  return concatenate(parts, at);
}

/** `Fn::Select: [index, list]`. */
export function select(argument: Node, context: TemplateContext, at: Node): Value {
  const [indexNode, listNode] = partsOf(argument);
  if (indexNode === undefined || listNode === undefined) return invalid('Fn::Select', context, at);
  const index = Number(knownText(resolve(indexNode, context)) ?? Number.NaN);
  if (!Number.isInteger(index) || index < 0) return unknownHere('unsupported-function', `Fn::Select at ${at.start}`, at, context, 'text');
  const outside = unknownHere('invalid-template', `Fn::Select at ${at.start}`, at, context);
  return mapLists(resolve(listNode, context), at, (items) => items.filter((item) => item.kind !== 'absent')[index] ?? outside, (value) => unlisted(value, `${index}`, at, 'text'));
}

/** `Fn::Split: [delimiter, text]`; holes stay in the piece they stand in, as long as they cannot hold the delimiter themselves. */
export function split(argument: Node, context: TemplateContext, at: Node): Value {
  const [delimiterNode, textNode] = partsOf(argument);
  const delimiter = delimiterNode === undefined ? undefined : knownText(resolve(delimiterNode, context));
  if (delimiter === undefined || delimiter === '' || textNode === undefined) return invalid('Fn::Split', context, at);
  return mapChoices(resolve(textNode, context), at, (text) => splitValue(text, delimiter, context, at));
}

function splitValue(value: Value, delimiter: string, context: TemplateContext, at: Node): Value {
  if (value.kind === 'list') return value;
  const pieces: Value[][] = [[]];
  const arn = value.kind === 'reference' ? arnOf(value, context) : undefined;
  for (const part of arn ?? (value.kind === 'concat' ? value.parts : [value])) {
    if (part.kind === 'scalar') {
      part.text.split(delimiter).forEach((text, index) => {
        if (index > 0) pieces.push([]);
        if (text !== '') pieces.at(-1)?.push(textValue(text, part.origin));
      });
    } else if ((part.kind === 'unknown' && part.shape === 'atom') || (arn !== undefined && part.kind === 'reference')) pieces.at(-1)?.push(part);
    else return unlisted(value, `split ${delimiter}`, at, 'any');
  }
  return { kind: 'list', items: pieces.map((parts) => concatenate(parts, at)), origin: at };
}

/**
 * What a function makes of a value it cannot look into: unknown for the same reason, and under a name that says what was done,
 * so that the same expression over the same value is the same unknown. A whole kept as it is has no mark.
 */
function unlisted(value: Value, mark: string, at: Node, shape: 'text' | 'any'): Value {
  if (value.kind === 'unknown') return unknown(value.reason, mark === '' ? value.name : `${value.name}[${mark}]`, at, shape);
  if (value.kind === 'reference') return unknown('runtime-attribute', `${value.scope}#${value.address}.${value.attribute}[${mark}]`, at, shape);
  return unknown('unsupported-function', `${at.source.path}#${at.start}[${mark}]`, at, shape);
}

/** `Fn::If: [condition, then, else]`: both branches, each under its guard; a branch that cannot be is left out. */
export function branch(argument: Node, context: TemplateContext, at: Node): Value {
  const [condition, whenTrue, whenFalse] = partsOf(argument);
  const name = condition === undefined ? undefined : knownText(resolve(condition, context));
  if (name === undefined || whenTrue === undefined || whenFalse === undefined) return invalid('Fn::If', context, at);
  const options: { when: Guard; value: Value }[] = [];
  for (const [node, wanted] of [[whenTrue, true], [whenFalse, false]] as const) {
    const guards = narrow(conditionGuards(name, wanted, context), name, wanted, context);
    const first = guards[0];
    if (first === undefined) continue;
    const value = resolve(node, enter(context, guards, first));
    if (guards.length === 1 && first.length === 0) return value;
    for (const when of guards) options.push({ when, value });
  }
  return { kind: 'choice', options, origin: at };
}

/** The alternatives that what is assumed leaves open; a single whole literal when nesting would multiply them too far. */
function narrow(guards: readonly Guard[], name: string, wanted: boolean, context: TemplateContext): readonly Guard[] {
  if (isAssumed(name, wanted, context)) return [[]];
  const open = guards.map((guard) => beyond(context.assumed, guard)).filter((guard) => guard !== undefined);
  if (open.some((guard) => guard.length === 0)) return [[]];
  if (open.length <= 1 || context.fan * open.length <= MAX_FAN) return open;
  return [[{ variable: `${context.stack.scope.id}#condition ${name}`, value: 'true', is: wanted, label: wanted ? name : `not ${name}` }]];
}

/** What holds inside a branch: its guard, or what all its alternatives share. */
function enter(context: TemplateContext, guards: readonly Guard[], first: Guard): TemplateContext {
  const shared = guards.length === 1 ? first : first.filter((literal) => guards.every((guard) => guard.some((other) => other.variable === literal.variable && other.value === literal.value && other.is === literal.is)));
  if (shared.length === 0 && guards.length === 1) return context;
  return { ...context, assumed: both(context.assumed, shared) ?? context.assumed, fan: context.fan * guards.length };
}

/** `Fn::FindInMap: [map, top, second, {DefaultValue}]`; with a key unknown, a choice between all entries it may select. */
export function findInMap(argument: Node, context: TemplateContext, at: Node): Value {
  const [mapNode, topNode, secondNode, options] = partsOf(argument);
  if (mapNode === undefined || topNode === undefined || secondNode === undefined) return invalid('Fn::FindInMap', context, at);
  const mapName = knownText(resolve(mapNode, context));
  const map = mapName === undefined ? undefined : context.stack.sections.mappings.get(mapName);
  const top = resolve(topNode, context);
  const second = resolve(secondNode, context);
  const values = map === undefined ? [] : lookUp(map, top, second, context);
  const fallback = child(options, 'DefaultValue');
  const certain = knownText(top) !== undefined && knownText(second) !== undefined;
  if (fallback !== undefined && values.length === 0 && certain) return resolve(fallback, context);
  if (fallback !== undefined && !certain) {
    const variable = `${context.stack.scope.id}#Fn::FindInMap ${mapName ?? ''} at ${at.start}`;
    values.push({ when: [{ variable, value: 'default', is: true, label: `${mapName ?? 'the map'} has no entry` }], value: resolve(fallback, context) });
  }
  const only = values[0];
  if (only !== undefined) return values.length === 1 && only.when.length === 0 ? only.value : { kind: 'choice', options: values, origin: at };
  const open = [top, second].find((key) => key.kind === 'unknown');
  return unknownHere(open?.kind === 'unknown' ? open.reason : 'invalid-template', `Fn::FindInMap ${mapName ?? ''} at ${at.start}`, at, context);
}

function lookUp(map: Node, top: Value, second: Value, context: TemplateContext): { when: Guard; value: Value }[] {
  const values: { when: Guard; value: Value }[] = [];
  for (const level of keyed(map, top)) {
    for (const leaf of keyed(level.node, second)) {
      const when = both(level.when, leaf.when);
      const open = when === undefined ? undefined : beyond(context.assumed, when);
      if (open !== undefined) values.push({ when: open, value: resolve(leaf.node, context) });
    }
  }
  return values;
}

/** Entries a key may select, with what that says about the key. */
function keyed(node: Node, key: Value): readonly { readonly when: Guard; readonly node: Node }[] {
  const text = knownText(key);
  if (text !== undefined) {
    const found = child(node, text);
    return found === undefined ? [] : [{ when: [], node: found }];
  }
  if (node.kind !== 'mapping') return [];
  if (key.kind === 'choice') {
    return key.options.flatMap((option) => keyed(node, option.value).flatMap((found) => {
      const when = both(option.when, found.when);
      return when === undefined ? [] : [{ when, node: found.node }];
    }));
  }
  if (key.kind !== 'unknown' || node.entries.length > 64) return [];
  const label = key.name.slice(key.name.lastIndexOf('#') + 1);
  return node.entries.map((entry) => ({ when: [{ variable: key.name, value: entry.key.text, is: true, label: `${label} is ${entry.key.text}` }], node: entry.value }));
}

/** `Fn::Base64`: the text as it is, for user data is judged as text. */
export function base64(argument: Node, context: TemplateContext, at: Node): Value {
  return resolveArgument(argument, at, context);
}

/** `Fn::GetAZs`: which zones an account has is known in the account only. */
export function availabilityZones(argument: Node, context: TemplateContext, at: Node): Value {
  const region = knownText(resolveArgument(argument, at, context)) ?? '';
  return unknownHere('deployment-region', `Fn::GetAZs ${region}`, at, context);
}

/** `Fn::Length` of a list. */
export function length(argument: Node, context: TemplateContext, at: Node): Value {
  const count = (items: readonly Value[]): Value => ({ kind: 'scalar', text: String(items.filter((item) => item.kind !== 'absent').length), type: 'number', origin: at });
  const value = mapLists(resolveArgument(argument, at, context), at, count, (list) => unlisted(list, 'length', at, 'text'));
  return value.kind === 'unknown' ? { ...value, shape: 'atom' } : value;
}

/** `Fn::ToJsonString`: kept as the structure it makes text of, which is what a policy property wants; joined to a text it is JSON. */
export function toJsonString(argument: Node, context: TemplateContext, at: Node): Value {
  return resolveArgument(argument, at, context);
}

/** A condition function where no condition stands: gives a truth value that no policy property takes. */
export function truth(_argument: Node, context: TemplateContext, at: Node): Value {
  return unknownHere('unsupported-function', `condition at ${at.start}`, at, context, 'atom');
}

function partsOf(argument: Node): readonly Node[] {
  return argument.kind === 'sequence' ? argument.items : [];
}

function invalid(name: string, context: TemplateContext, at: Node): Value {
  return unknownHere('invalid-template', `${name} at ${at.start}`, at, context);
}

/** Applies a function to each branch of a choice. */
function mapChoices(value: Value, at: Node, apply: (value: Value) => Value): Value {
  if (value.kind !== 'choice') return apply(value);
  return { kind: 'choice', options: value.options.map((option) => ({ when: option.when, value: mapChoices(option.value, at, apply) })), origin: at };
}

/** Applies a function to each list a value may be, items that are choices multiplied out; `otherwise` takes what is no list. */
function mapLists(value: Value, at: Node, apply: (items: readonly Value[]) => Value, otherwise: (value: Value) => Value): Value {
  if (value.kind === 'absent') return value;
  if (value.kind === 'choice') return mapChoices(value, at, (option) => mapLists(option, at, apply, otherwise));
  if (value.kind !== 'list') return otherwise(value);
  if (!value.items.some((item) => item.kind === 'choice')) return apply(value.items);
  let lists: { readonly when: Guard; readonly items: readonly Value[] }[] = [{ when: [], items: [] }];
  for (const item of value.items) {
    const options = item.kind === 'choice' ? item.options : [{ when: [], value: item }];
    const next = lists.flatMap((list) => options.flatMap((option) => {
      const when = both(list.when, option.when);
      return when === undefined ? [] : [{ when, items: [...list.items, option.value] }];
    }));
    if (next.length > MAX_ALTERNATIVES) return apply(value.items);
    lists = next;
  }
  return { kind: 'choice', options: lists.map((list) => ({ when: list.when, value: apply(list.items) })), origin: at };
}
