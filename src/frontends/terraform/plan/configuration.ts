import type { Origin, Source } from '../../../core/source.ts';
import type { ModuleDefinition, ResourceDefinition } from '../module/definition.ts';
import { type Attribute, type Block, EMPTY_BODY, type Expression, LOST_EXPRESSION } from '../syntax/ast.ts';
import { parseExpressionText, parseTemplateText } from '../syntax/parse-hcl.ts';
import { isTemplate } from '../syntax/parse-template.ts';
import { below, isObject, type JsonObject, listMember, member, type Path, pointerOrigin, textMember } from './json.ts';

/** A module of a plan's configuration section. */
export interface ConfiguredModule {
  readonly definition: ModuleDefinition;
  /** The arguments of a resource by its id: `{constant_value}`, `{references}`, or nested blocks of these. */
  readonly expressions: (id: string) => unknown;
  readonly providerKey: (id: string) => string | undefined;
  readonly has: (id: string) => boolean;
  readonly child: (call: string) => ConfiguredModule | undefined;
}

/**
 * Turns a module of a plan's configuration into a module definition, so that variables, outputs and module calls are followed by
 * the same evaluator as in sources. Expressions a plan shows only by their references become those references.
 */
export function configuredModule(source: Source, module: unknown, path: Path, folder: string, depth = 0): ConfiguredModule {
  const reader: Reader = { source };
  const resources = configuredResources(reader, module, path);
  const children = new Map<string, ConfiguredModule>();
  const calls = objectMember(module, 'module_calls');
  const definition: ModuleDefinition = {
    folder,
    sources: [source],
    variables: variableBlocks(reader, module, path),
    locals: new Map(),
    outputs: outputBlocks(reader, module, path),
    resources: new Map([...resources].map(([id, { definition: one }]) => [id, one])),
    calls: new Map(Object.entries(calls).map(([name, call]) => [name, callBlock(reader, call, below(path, 'module_calls', name))])),
    providers: [],
    settings: [],
    suppressions: [],
    problems: [],
  };
  return {
    definition,
    expressions: (id) => member(resources.get(id)?.json, 'expressions'),
    providerKey: (id) => textMember(resources.get(id)?.json, 'provider_config_key'),
    has: (id) => resources.has(id),
    child: (name) => {
      const call = member(calls, name);
      if (depth > 40 || !isObject(call)) return undefined;
      const known = children.get(name) ?? configuredModule(source, member(call, 'module'), below(path, 'module_calls', name, 'module'), `${folder}/${name}`, depth + 1);
      children.set(name, known);
      return known;
    },
  };
}

interface ConfiguredResource {
  readonly definition: ResourceDefinition;
  readonly json: unknown;
}

function configuredResources(reader: Reader, module: unknown, path: Path): ReadonlyMap<string, ConfiguredResource> {
  const resources = new Map<string, ConfiguredResource>();
  // Arguments are read from the plan, so the blocks hold nothing: one stands for all.
  const block = emptyBlock(reader, path);
  for (const resource of listMember(module, 'resources')) {
    const type = textMember(resource, 'type');
    const name = textMember(resource, 'name');
    if (type === undefined || name === undefined) continue;
    const mode = member(resource, 'mode') === 'data' ? 'data' : 'managed';
    const id = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    resources.set(id, { json: resource, definition: { mode, type, name, id, block } });
  }
  return resources;
}

interface Reader {
  readonly source: Source;
}

function objectMember(value: unknown, key: string): JsonObject {
  const found = member(value, key);
  return isObject(found) ? found : {};
}

function emptyBlock(reader: Reader, path: Path): Block {
  const origin = pointerOrigin(reader.source, path);
  return { type: 'resource', labels: [], body: EMPTY_BODY, origin, extent: origin };
}

/** A block whose arguments are made when they are first asked for. */
function blockOf(reader: Reader, type: string, path: Path, attributes: () => readonly Attribute[]): Block {
  const origin = pointerOrigin(reader.source, path);
  let body: Block['body'] | undefined;
  return {
    type,
    labels: [],
    origin,
    extent: origin,
    get body() {
      body ??= { attributes: attributes(), blocks: [] };
      return body;
    },
  };
}

function attribute(reader: Reader, name: string, path: Path, value: Expression): Attribute {
  const origin = pointerOrigin(reader.source, path);
  return { name, origin, extent: origin, value };
}

function variableBlocks(reader: Reader, module: unknown, path: Path): ReadonlyMap<string, Block> {
  return new Map(
    Object.entries(objectMember(module, 'variables')).map(([name, variable]) => {
      const at = below(path, 'variables', name);
      const hasDefault = isObject(variable) && Object.hasOwn(variable, 'default');
      const inner = below(at, 'default');
      return [name, blockOf(reader, 'variable', at, () => (hasDefault ? [attribute(reader, 'default', inner, literal(reader, member(variable, 'default'), inner))] : []))];
    }),
  );
}

function outputBlocks(reader: Reader, module: unknown, path: Path): ReadonlyMap<string, Block> {
  return new Map(
    Object.entries(objectMember(module, 'outputs')).map(([name, output]) => {
      const at = below(path, 'outputs', name);
      const inner = below(at, 'expression');
      return [name, blockOf(reader, 'output', at, () => [attribute(reader, 'value', inner, expressionOf(reader.source, member(output, 'expression'), inner))])];
    }),
  );
}

function callBlock(reader: Reader, call: unknown, path: Path): Block {
  const inputs = (): readonly Attribute[] =>
    Object.entries(objectMember(call, 'expressions')).map(([name, expression]) => {
      const at = below(path, 'expressions', name);
      return attribute(reader, name, at, expressionOf(reader.source, expression, at));
    });
  return blockOf(reader, 'module', path, inputs);
}

/** Is this a leaf of a configuration: a constant, or references? An empty object is an expression of which nothing is shown. */
export function isLeaf(json: unknown): boolean {
  return isObject(json) && (Object.hasOwn(json, 'constant_value') || Object.hasOwn(json, 'references') || Object.keys(json).length === 0);
}

/** An expression of a configuration section as an expression of the language. */
export function expressionOf(source: Source, json: unknown, path: Path): Expression {
  const reader: Reader = { source };
  if (isObject(json) && Object.hasOwn(json, 'constant_value')) return constant(reader, json['constant_value'], below(path, 'constant_value'));
  const references = leadingReferences(json);
  const place = pointerOrigin(source, path);
  const only = references[0];
  if (only !== undefined && references.length === 1) return reference(source, only, place);
  return { kind: 'call', name: LOST_EXPRESSION, args: references.map((text) => reference(source, text, place)), spread: false, ...place };
}

/** Plans made from `.tf.json` show the raw text of templates as constants: there the structure is not lost. */
function constant(reader: Reader, value: unknown, path: Path): Expression {
  if (typeof value !== 'string' || !isTemplate(value)) return literal(reader, value, path);
  const { expression, problems } = parseTemplateText(reader.source, value, () => 0);
  return problems.length === 0 ? expression : literal(reader, value, path);
}

function literal(reader: Reader, value: unknown, path: Path, depth = 0): Expression {
  const place = pointerOrigin(reader.source, path);
  if (typeof value === 'string') return { kind: 'literal', type: 'string', text: value, ...place };
  if (typeof value === 'number') return { kind: 'literal', type: 'number', text: String(value), ...place };
  if (typeof value === 'boolean') return { kind: 'literal', type: 'boolean', text: String(value), ...place };
  if (depth > 100) return { kind: 'broken', ...place };
  if (Array.isArray(value)) return { kind: 'tuple', items: value.map((item: unknown, index) => literal(reader, item, below(path, index), depth + 1)), ...place };
  if (!isObject(value)) return { kind: 'literal', type: 'null', text: 'null', ...place };
  const items = Object.keys(value).map((key) => ({ key: literal(reader, key, below(path, key)), value: literal(reader, value[key], below(path, key), depth + 1) }));
  return { kind: 'object', items, ...place };
}

function reference(source: Source, text: string, place: Origin): Expression {
  const { expression, problems } = parseExpressionText(source, text, () => 0);
  return problems.length === 0 ? { ...expression, ...place } : { kind: 'broken', ...place };
}

/** References list every prefix too (`a.b.c`, `a.b`): only the longest of each is kept. */
export function leadingReferences(json: unknown): readonly string[] {
  const all = [...new Set(listMember(json, 'references').filter((text) => typeof text === 'string'))].slice(0, 500);
  return all.filter((text) => !all.some((other) => other.length > text.length && other.startsWith(text) && /^[.[]/.test(other.slice(text.length))));
}
