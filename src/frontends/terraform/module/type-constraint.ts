import type { MappingEntry, Value } from '../../../core/value.ts';
import type { Expression } from '../syntax/ast.ts';
import { parseExpressionText } from '../syntax/parse-hcl.ts';
import { absentValue, isOpen, listValue, mapValue } from '../values/build.ts';
import { mapOptions } from '../values/choice.ts';
import { describe } from '../values/describe.ts';

/** The `type` of a variable, as far as it changes values. */
export type TypeConstraint =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: TypeConstraint }
  | { readonly kind: 'tuple'; readonly items: readonly TypeConstraint[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, ObjectAttribute> };

export interface ObjectAttribute {
  readonly type: TypeConstraint;
  readonly optional: boolean;
  readonly default: Expression | undefined;
}

const ANY: TypeConstraint = { kind: 'any' };

/** Reads a type expression; what makes no sense is `any`. */
export function readType(expression: Expression | undefined, depth = 0): TypeConstraint {
  if (expression === undefined || depth > 20) return ANY;
  if (expression.kind === 'literal' && expression.type === 'string') return readTypeText(expression, depth);
  if (expression.kind === 'template') {
    const only = expression.parts[0];
    return expression.parts.length === 1 && only?.kind === 'interpolation' ? readType(only.value, depth + 1) : ANY;
  }
  if (expression.kind === 'variable') return readWord(expression.name);
  if (expression.kind !== 'call') return ANY;
  const first = expression.args[0];
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: expression.name, of: readType(first, depth + 1) };
    case 'tuple':
      return { kind: 'tuple', items: first?.kind === 'tuple' ? first.items.map((item) => readType(item, depth + 1)) : [] };
    case 'object':
      return { kind: 'object', attributes: readAttributes(first, depth) };
    default:
      return ANY;
  }
}

/** JSON syntax and old configurations write the type in quotes. */
function readTypeText(expression: Extract<Expression, { kind: 'literal' }>, depth: number): TypeConstraint {
  const { text, source, place } = expression;
  if (/^\w+$/.test(text)) return readWord(text);
  return readType(parseExpressionText(source, text, place ?? ((offset) => expression.start + offset)).expression, depth + 1);
}

function readWord(word: string): TypeConstraint {
  switch (word) {
    case 'string':
    case 'number':
    case 'bool':
      return { kind: word };
    case 'list':
    case 'map':
    case 'set':
      return { kind: word, of: ANY };
    default:
      return ANY;
  }
}

function readAttributes(expression: Expression | undefined, depth: number): ReadonlyMap<string, ObjectAttribute> {
  const attributes = new Map<string, ObjectAttribute>();
  if (expression?.kind !== 'object') return attributes;
  for (const { key, value } of expression.items) {
    if (key.kind !== 'literal') continue;
    const isOptional = value.kind === 'call' && value.name === 'optional';
    attributes.set(key.text, { type: readType(isOptional ? value.args[0] : value, depth + 1), optional: isOptional, default: isOptional ? value.args[1] : undefined });
  }
  return attributes;
}

/**
 * Converts a value to a type as Terraform does for variables: strings and numbers into each other, lists to sets, defaults of
 * optional object attributes filled in. `evaluate` gives the value of a default.
 */
export function convertValue(value: Value, type: TypeConstraint, evaluate: (expression: Expression) => Value, depth = 0): Value {
  if (type.kind === 'any' || depth > 30) return value;
  if (value.kind === 'choice') return mapOptions(value, (option) => convertValue(option, type, evaluate, depth + 1));
  const inner = (item: Value, to: TypeConstraint): Value => convertValue(item, to, evaluate, depth + 1);
  switch (type.kind) {
    case 'string':
      if (value.kind === 'unknown' && value.shape === 'any') return { ...value, shape: 'text' };
      return value.kind === 'scalar' && value.type !== 'string' ? { ...value, type: 'string' } : value;
    case 'number':
      return value.kind === 'scalar' && value.type === 'string' && /^-?\d+(\.\d+)?$/.test(value.text) ? { ...value, type: 'number' } : value;
    case 'bool':
      return value.kind === 'scalar' && (value.text === 'true' || value.text === 'false') ? { ...value, type: 'boolean' } : value;
    case 'list':
    case 'set':
      return convertList(value, type, inner);
    case 'tuple':
      return value.kind === 'list' ? listValue(value.items.map((item, index) => inner(item, type.items[index] ?? ANY)), value.origin, isOpen(value)) : value;
    case 'map':
      return value.kind === 'map' ? mapValue(value.entries.map((entry): MappingEntry => ({ ...entry, value: inner(entry.value, type.of) })), value.origin, isOpen(value)) : value;
    case 'object':
      return value.kind === 'map' ? convertObject(value, type.attributes, evaluate, inner) : value;
  }
}

function convertList(value: Value, type: { readonly kind: 'list' | 'set' | 'map'; readonly of: TypeConstraint }, inner: (item: Value, to: TypeConstraint) => Value): Value {
  if (value.kind !== 'list') return value;
  const items = value.items.map((item) => inner(item, type.of));
  return listValue(type.kind === 'set' ? uniqueValues(items) : items, value.origin, isOpen(value));
}

/** Drops what is certainly doubled. */
export function uniqueValues(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = describe(item);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function convertObject(
  value: Extract<Value, { kind: 'map' }>,
  attributes: ReadonlyMap<string, ObjectAttribute>,
  evaluate: (expression: Expression) => Value,
  inner: (item: Value, to: TypeConstraint) => Value,
): Value {
  const entries: MappingEntry[] = [];
  for (const [key, attribute] of attributes) {
    const given = value.entries.find((entry) => entry.key === key);
    const present = given !== undefined && (given.value.kind !== 'absent' || attribute.default === undefined);
    if (present) entries.push({ ...given, value: inner(given.value, attribute.type) });
    else if (!isOpen(value)) {
      const filled = attribute.default === undefined ? absentValue(value.origin) : inner(evaluate(attribute.default), attribute.type);
      entries.push({ key, keyOrigin: value.origin, value: filled });
    }
  }
  return mapValue(entries, value.origin, isOpen(value));
}
