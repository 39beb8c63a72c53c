import type { Origin, Source } from '../../../core/source.ts';
import type { MappingEntry, Value } from '../../../core/value.ts';
import type { Frame } from '../evaluate/interpreter.ts';
import type { Expression } from '../syntax/ast.ts';
import { isFault, listValue, mapValue, unknownValue } from '../values/build.ts';
import { scopedName } from '../values/describe.ts';
import { lazyEntry } from '../values/entries.ts';
import { bounded } from '../values/size.ts';
import { expressionOf, isLeaf, leadingReferences } from './configuration.ts';
import { below, isObject, type JsonObject, jsonValue, member, type Path, pointerOrigin } from './json.ts';
import type { ShownResource } from './read.ts';

/** What is needed to tell what an unknown part of a resource will be. */
export interface Configured {
  readonly source: Source;
  /** The resource's arguments in the plan's configuration section. */
  readonly expressions: unknown;
  /** Where the configuration is evaluated for this instance. */
  readonly frame: Frame;
}

/**
 * The arguments of a resource as a plan shows them. What the plan does not know yet is worked out from the configuration:
 * references become references. An unknown without an expression is a default of the provider: it counts as not set.
 */
export function plannedProperties(shown: ShownResource, configured: Configured): Value {
  const { values, unknown } = shown;
  const reader: Reader = { shown, configured };
  const origin = originAt(reader, shown.place);
  const entries: MappingEntry[] = [];
  for (const key of keysOf(values, unknown)) {
    if (isUnset(member(values, key), member(unknown, key), member(configured.expressions, key))) continue;
    const path = below(shown.path, key);
    const at = originAt(reader, path);
    entries.push(lazyEntry(key, at, () => bounded(plannedValue(reader, { value: member(values, key), unknown: member(unknown, key), expression: member(configured.expressions, key) }, path, key, at))));
  }
  return mapValue(entries, origin);
}

/** One argument of a resource; `undefined` when it is not set. */
export function plannedAttribute(shown: ShownResource, key: string, configured: Configured): Value | undefined {
  const part = { value: member(shown.values, key), unknown: member(shown.unknown, key), expression: member(configured.expressions, key) };
  return isUnset(part.value, part.unknown, part.expression) ? undefined : plannedValue({ shown, configured }, part, below(shown.path, key), key);
}

interface Reader {
  readonly shown: ShownResource;
  readonly configured: Configured;
}

interface Part {
  readonly value: unknown;
  /** `true`: not known; an object or list: some of it. */
  readonly unknown: unknown;
  readonly expression: unknown;
}

function originAt(reader: Reader, path: Path): Origin {
  return pointerOrigin(reader.configured.source, path);
}

function keysOf(values: JsonObject, unknown: unknown): readonly string[] {
  const keys = Object.keys(values);
  return isObject(unknown) ? [...keys, ...Object.keys(unknown).filter((key) => !Object.hasOwn(values, key))] : keys;
}

function isUnset(value: unknown, unknown: unknown, expression: unknown): boolean {
  if (unknown === true) return expression === undefined || (isObject(expression) && Object.keys(expression).length === 0);
  return value === null || (value === undefined && !isObject(unknown) && !Array.isArray(unknown));
}

function plannedValue(reader: Reader, part: Part, path: Path, name: string, at?: Origin): Value {
  const { value, unknown, expression } = part;
  if (unknown === true) return configuredValue(reader, expression, path, name);
  if (Array.isArray(value) || Array.isArray(unknown)) return plannedList(reader, part, path, name);
  if ((isObject(value) || value === undefined || value === null) && isObject(unknown) && hasUnknown(unknown)) return plannedMap(reader, part, path);
  return jsonValue(value, reader.configured.source, path, at);
}

function hasUnknown(unknown: unknown): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(hasUnknown);
  return isObject(unknown) && Object.values(unknown).some(hasUnknown);
}

function plannedMap(reader: Reader, part: Part, path: Path): Value {
  const values = isObject(part.value) ? part.value : {};
  const entries: MappingEntry[] = [];
  for (const key of keysOf(values, part.unknown)) {
    // A leaf of the configuration is the expression of the whole mapping.
    const expression = isLeaf(part.expression) ? part.expression : member(part.expression, key);
    const inner = { value: member(values, key), unknown: member(part.unknown, key), expression };
    if (isUnset(inner.value, inner.unknown, inner.expression)) continue;
    const at = below(path, key);
    entries.push({ key, keyOrigin: originAt(reader, at), value: plannedValue(reader, inner, at, key) });
  }
  return mapValue(entries, originAt(reader, path));
}

function plannedList(reader: Reader, part: Part, path: Path, name: string): Value {
  const values = listOf(part.value);
  const unknowns = listOf(part.unknown);
  const expressions = Array.isArray(part.expression) ? listOf(part.expression) : undefined;
  const missing = unknownPositions(values, unknowns);
  const references = expressions === undefined ? leadingReferences(part.expression) : [];
  const items = Array.from({ length: Math.max(values.length, unknowns.length) }, (_, index): Value => {
    const at = below(path, index);
    const expression = expressions === undefined ? part.expression : (expressions[index] ?? (expressions.length === 1 ? expressions[0] : undefined));
    if (!missing.includes(index)) return plannedValue(reader, { value: values[index], unknown: unknowns[index], expression }, at, name);
    // The references of a list are not told apart by item: as many as unknown items are taken in order.
    const paired = references.length === missing.length ? { references: [references[missing.indexOf(index)]] } : expression;
    return listItem(reader, configuredValue(reader, paired, at, name), { name, index, sole: references.length === missing.length });
  });
  return listValue(items, originAt(reader, path));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unknownPositions(values: readonly unknown[], unknowns: readonly unknown[]): readonly number[] {
  return Array.from({ length: Math.max(values.length, unknowns.length) }, (_, index) => index).filter((index) => unknowns[index] === true || ((values[index] === null || values[index] === undefined) && !isObject(unknowns[index])));
}

/** Types whose ARN is often only the beginning of what a policy names. */
const CONTAINERS: ReadonlySet<string> = new Set(['aws_s3_bucket', 'aws_cloudwatch_log_group', 'aws_dynamodb_table', 'aws_lambda_function', 'aws_api_gateway_rest_api', 'aws_ssm_parameter', 'aws_elasticsearch_domain', 'aws_opensearch_domain']);

interface ItemPlace {
  readonly name: string;
  readonly index: number;
  readonly sole: boolean;
}

/** `"${bucket.arn}/*"` and `bucket.arn` look the same in a plan: for what contains things, the rest of the text stays open. */
function listItem(reader: Reader, value: Value, place: ItemPlace): Value {
  if ((place.name !== 'resources' && place.name !== 'not_resources') || value.kind !== 'reference' || value.attribute !== 'arn') return value;
  const type = value.address.replace(/^(module\.[^.]+\.)*/, '').split('.')[0] ?? '';
  if (place.sole && !CONTAINERS.has(type)) return value;
  const rest = unknownValue('known-after-apply', scopedName(value.scope, `the rest of ${reader.shown.address} ${place.name} ${place.index}`), value.origin, 'text');
  return { kind: 'concat', parts: [value, rest], origin: value.origin };
}

/** Arguments that hold a document: what a plan says they refer to is only a part of them. */
const DOCUMENTS = /(^|_)(policy|policies|policy_document|document|definition|definitions|template|content|key_policy|json)$/;

/** A part that is not known, by what the configuration says of it. */
function configuredValue(reader: Reader, expression: unknown, path: Path, name: string): Value {
  const { frame } = reader.configured;
  const source = reader.configured.source;
  const scope = frame.interpreter.scope.id;
  const references = leadingReferences(expression);
  const parsed = withAttribute(expressionOf(source, expression, path), name);
  const value = frame.interpreter.evaluate(parsed, frame);
  const shown = references.length === 0 ? `${reader.shown.address}.${name}` : `an expression of ${references.join(', ')}`;
  const lost = unknownValue('known-after-apply', scopedName(scope, `${shown} (${reader.shown.address}.${name})`), originAt(reader, path));
  if (isFault(value)) return lost;
  return DOCUMENTS.test(name) && (value.kind === 'reference' || (value.kind === 'scalar' && !/^\s*[{[]/.test(value.text))) ? lost : value;
}

/** Plans before 0.14 name the resource only: the argument it is for says which attribute is meant. */
function withAttribute(expression: Expression, name: string): Expression {
  if (expression.kind !== 'attribute') return expression;
  const isData = expression.of.kind === 'attribute' && expression.of.of.kind === 'variable' && expression.of.of.name === 'data';
  const isManaged = expression.of.kind === 'variable' && !SPECIAL.has(expression.of.name) && expression.of.name.includes('_');
  if (!isData && !isManaged) return expression;
  const isDocument = expression.of.kind === 'attribute' && expression.of.name === 'aws_iam_policy_document';
  const attribute = isDocument ? 'json' : /(^|_)arns?$/.test(name) || ['resources', 'not_resources', 'identifiers'].includes(name) ? 'arn' : 'id';
  return { ...expression, kind: 'attribute', of: expression, name: attribute };
}

const SPECIAL: ReadonlySet<string> = new Set(['var', 'local', 'module', 'each', 'count', 'path', 'terraform', 'self', 'data']);
