import { both, type Guard } from '../../core/guard.ts';
import { knownText, property, type Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import { conditionGuards } from './conditions.ts';
import { type TemplateContext, unknown } from './context.ts';
import { resolve } from './resolve.ts';
import { concatenate } from './substitute.ts';

/** A list with choices in it is multiplied out to at most this many lists. */
const MAX_ALTERNATIVES = 16;
const MAX_CIDR_BLOCKS = 256;

/** `Fn::Join: [delimiter, list]`. */
export function join(argument: Node, context: TemplateContext, at: Node): Value {
  const [delimiterNode, listNode] = partsOf(argument);
  const delimiter = delimiterNode === undefined ? undefined : knownText(resolve(delimiterNode, context)) ?? '';
  if (delimiter === undefined || listNode === undefined) return invalid('Fn::Join', context, at);
  const list = resolve(listNode, context);
  return mapLists(list, at, (items) => joinItems(items, delimiter, at)) ?? unknown('unsupported-function', `${context.scope.id}#Fn::Join at ${at.start}`, at, 'text');
}

function joinItems(items: readonly Value[], delimiter: string, at: Node): Value {
  const parts: Value[] = [];
  for (const item of items) {
    if (item.kind === 'absent') continue;
    if (parts.length > 0 && delimiter !== '') parts.push({ kind: 'scalar', text: delimiter, type: 'string', origin: at });
    parts.push(item);
  }
  return concatenate(parts, at);
}

/** `Fn::Select: [index, list]`. */
export function select(argument: Node, context: TemplateContext, at: Node): Value {
  const [indexNode, listNode] = partsOf(argument);
  if (indexNode === undefined || listNode === undefined) return invalid('Fn::Select', context, at);
  const index = Number(knownText(resolve(indexNode, context)) ?? Number.NaN);
  const name = `${context.scope.id}#Fn::Select at ${at.start}`;
  if (!Number.isInteger(index)) return unknown('unsupported-function', name, at, 'text');
  return mapLists(resolve(listNode, context), at, (items) => items.filter((item) => item.kind !== 'absent')[index] ?? unknown('invalid-template', name, at)) ?? unknown('runtime-attribute', name, at, 'text');
}

/** `Fn::Split: [delimiter, text]`; holes stay in the piece they stand in, as long as they cannot hold the delimiter themselves. */
export function split(argument: Node, context: TemplateContext, at: Node): Value {
  const [delimiterNode, textNode] = partsOf(argument);
  const delimiter = delimiterNode === undefined ? undefined : knownText(resolve(delimiterNode, context));
  if (delimiter === undefined || delimiter === '' || textNode === undefined) return invalid('Fn::Split', context, at);
  return mapChoices(resolve(textNode, context), at, (text) => splitValue(text, delimiter, context, at));
}

function splitValue(value: Value, delimiter: string, context: TemplateContext, at: Node): Value {
  const pieces: Value[][] = [[]];
  for (const part of value.kind === 'concat' ? value.parts : [value]) {
    if (part.kind === 'scalar') {
      part.text.split(delimiter).forEach((text, index) => {
        if (index > 0) pieces.push([]);
        if (text !== '') pieces.at(-1)?.push({ kind: 'scalar', text, type: 'string', origin: part.origin });
      });
    } else if (part.kind === 'unknown' && part.shape === 'atom') pieces.at(-1)?.push(part);
    else return unknown('unsupported-function', `${context.scope.id}#Fn::Split at ${at.start}`, at, 'any');
  }
  return { kind: 'list', items: pieces.map((parts) => concatenate(parts, at)), origin: at };
}

/** `Fn::If: [condition, then, else]`: both branches, each under its guard; a branch that cannot be is left out. */
export function branch(argument: Node, context: TemplateContext, at: Node): Value {
  const [condition, whenTrue, whenFalse] = partsOf(argument);
  if (condition?.kind !== 'scalar' || whenTrue === undefined || whenFalse === undefined) return invalid('Fn::If', context, at);
  const options: { when: Guard; value: Value }[] = [];
  for (const [node, wanted] of [[whenTrue, true], [whenFalse, false]] as const) {
    const guards = conditionGuards(condition.text, wanted, context);
    const value = guards.length === 0 ? undefined : resolve(node, context);
    if (value !== undefined) for (const when of guards) options.push({ when, value });
  }
  const only = options[0];
  if (only !== undefined && options.length === 1 && only.when.length === 0) return only.value;
  return { kind: 'choice', options, origin: at };
}

/** `Fn::FindInMap: [map, top, second, {DefaultValue}]`; with a key unknown, a choice between all entries it may select. */
export function findInMap(argument: Node, context: TemplateContext, at: Node): Value {
  const [mapNode, topNode, secondNode, options] = partsOf(argument);
  if (mapNode === undefined || topNode === undefined || secondNode === undefined) return invalid('Fn::FindInMap', context, at);
  const mapName = knownText(resolve(mapNode, context));
  const map = mapName === undefined ? undefined : child(context.mappings, mapName);
  const top = resolve(topNode, context);
  const second = resolve(secondNode, context);
  const fallback = child(options, 'DefaultValue');
  const found = map === undefined ? [] : keyed(map, top).flatMap((level) => keyed(level.node, second).map((leaf) => ({ when: both(level.when, leaf.when), node: leaf.node })));
  const values = found.flatMap(({ when, node }) => (when === undefined ? [] : [{ when, value: resolve(node, context) }]));
  if (fallback !== undefined && (values.length === 0 || knownText(top) === undefined || knownText(second) === undefined)) {
    values.push({ when: [{ variable: `${context.scope.id}#Fn::FindInMap at ${at.start}`, value: 'default', is: true, label: `${mapName ?? 'the map'} has no entry` }], value: resolve(fallback, context) });
  }
  const only = values[0];
  if (only === undefined) return unknown('invalid-template', `${context.scope.id}#Fn::FindInMap ${mapName ?? ''}`, at);
  return values.length === 1 ? only.value : { kind: 'choice', options: values, origin: at };
}

/** Entries a key may select, with what that says about the key. */
function keyed(node: Node, key: Value): readonly { readonly when: Guard; readonly node: Node }[] {
  const text = knownText(key);
  if (text !== undefined) {
    const found = child(node, text);
    return found === undefined ? [] : [{ when: [], node: found }];
  }
  if (node.kind !== 'mapping') return [];
  if (key.kind === 'choice') return key.options.flatMap((option) => keyed(node, option.value).map((found) => ({ when: both(option.when, found.when) ?? option.when, node: found.node })));
  const variable = key.kind === 'unknown' ? key.name : undefined;
  if (variable === undefined || node.entries.length > 64) return [];
  const label = variable.slice(variable.lastIndexOf('#') + 1);
  return node.entries.map((entry) => ({ when: [{ variable, value: entry.key.text, is: true, label: `${label} is ${entry.key.text}` }], node: entry.value }));
}

/** `Fn::Base64`: the text as it is, for user data is judged as text. */
export function base64(argument: Node, context: TemplateContext): Value {
  return resolve(argument, context);
}

/** `Fn::GetAZs`: availability zones never matter to access. */
export function availabilityZones(_argument: Node, context: TemplateContext, at: Node): Value {
  return unknown('deployment-region', `${context.scope.id}#Fn::GetAZs`, at, 'any');
}

/** `Fn::Cidr: [block, count, bits]`, for IPv4 blocks that are known. */
export function cidr(argument: Node, context: TemplateContext, at: Node): Value {
  const [blockNode, countNode, bitsNode] = partsOf(argument);
  const block = blockNode === undefined ? undefined : knownText(resolve(blockNode, context));
  const count = Number(countNode === undefined ? Number.NaN : knownText(resolve(countNode, context)));
  const bits = bitsNode === undefined ? 8 : Number(knownText(resolve(bitsNode, context)));
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block ?? '');
  if (match === null || !(count >= 1 && count <= MAX_CIDR_BLOCKS) || !(bits >= 0 && bits <= 32)) {
    return unknown('unsupported-function', `${context.scope.id}#Fn::Cidr at ${at.start}`, at, 'any');
  }
  const base = match.slice(1, 5).reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const items = Array.from({ length: count }, (_, index): Value => {
    const address = base + index * 2 ** bits;
    const text = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
    return { kind: 'scalar', text: `${text}/${32 - bits}`, type: 'string', origin: at };
  });
  return { kind: 'list', items, origin: at };
}

/** `Fn::Length` of a list. */
export function length(argument: Node, context: TemplateContext, at: Node): Value {
  const list = resolve(argument, context);
  if (list.kind === 'list') return { kind: 'scalar', text: String(list.items.length), type: 'number', origin: at };
  return unknown('unsupported-function', `${context.scope.id}#Fn::Length at ${at.start}`, at, 'atom');
}

/** `Fn::ToJsonString`: kept as the structure it makes text of, which is what a policy property wants. */
export function toJsonString(argument: Node, context: TemplateContext): Value {
  return resolve(argument, context);
}

/** Condition functions outside the Conditions section give a truth value that no policy property takes. */
export function truth(_argument: Node, context: TemplateContext, at: Node): Value {
  return unknown('unsupported-function', `${context.scope.id}#condition at ${at.start}`, at, 'atom');
}

/** Functions of the Rules section say what parameters are allowed; they give no value to a resource. */
export function ruleFunction(_argument: Node, context: TemplateContext, at: Node): Value {
  return unknown('unsupported-function', `${context.scope.id}#rule function at ${at.start}`, at, 'atom');
}

function partsOf(argument: Node): readonly Node[] {
  return argument.kind === 'sequence' ? argument.items : [];
}

function invalid(name: string, context: TemplateContext, at: Node): Value {
  return unknown('invalid-template', `${context.scope.id}#${name} at ${at.start}`, at, 'any');
}

/** Applies a function to each branch of a choice. */
function mapChoices(value: Value, at: Node, apply: (value: Value) => Value): Value {
  if (value.kind !== 'choice') return apply(value);
  return { kind: 'choice', options: value.options.map((option) => ({ when: option.when, value: apply(option.value) })), origin: at };
}

/** Applies a function to each list a value may be, items that are choices multiplied out. `undefined` when it is no list. */
function mapLists(value: Value, at: Node, apply: (items: readonly Value[]) => Value): Value | undefined {
  if (value.kind === 'choice') {
    const options = value.options.map((option) => ({ when: option.when, value: mapLists(option.value, at, apply) ?? unknown('unsupported-function', 'list', at, 'text') }));
    return { kind: 'choice', options, origin: at };
  }
  if (value.kind !== 'list') return undefined;
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
  const only = lists[0];
  if (lists.length === 1 && only !== undefined) return apply(only.items);
  return { kind: 'choice', options: lists.map((list) => ({ when: list.when, value: apply(list.items) })), origin: at };
}

/** Reads a property of a resolved mapping as text; shared by transforms. */
export function textAt(value: Value, key: string): string | undefined {
  return knownText(property(value, key));
}
