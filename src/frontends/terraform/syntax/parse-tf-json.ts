import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import { alignText } from '../../../parse/align.ts';
import { child, childText, type MappingNode, type Node, type NodeEntry, type ScalarNode } from '../../../parse/node.ts';
import { parseText } from '../../../parse/yaml.ts';
import type { Attribute, Block, Body, Expression, Label, LiteralExpression } from './ast.ts';
import { parseTemplateText } from './parse-hcl.ts';
import { isTemplate } from './parse-template.ts';

/** A parsed `.tf.json` file; `notes` are its `//` comments with the extent of the object they stand in. */
export interface ParsedTfJson {
  readonly body: Body;
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

export interface Note {
  readonly text: string;
  readonly origin: Origin;
  readonly covers: Origin;
}

/** How many label levels lie between a block type's key and its bodies. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['provider', 1],
  ['check', 1],
  ['locals', 0],
  ['terraform', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
]);

/**
 * Parses Terraform's JSON syntax into the same tree as native syntax. Never throws. Yields `unreadable-input` when the text is no
 * JSON, the faults of templates in its strings, and `duplicate-key` for arguments given twice (blocks may be).
 * Without a schema a nested block cannot be told from an argument, so nested objects stay arguments, unless a `dynamic` block is in them.
 */
export function parseTfJson(source: Source): ParsedTfJson {
  const parsed = parseText(source);
  const reader: Reader = { source, problems: [], notes: [], blockKeys: new Set() };
  const blocks = objectsAt(parsed.root).flatMap((root) => root.entries.flatMap((entry) => topLevelBlocks(reader, entry, root)));
  const problems = parsed.problems.filter((problem) => problem.code !== 'duplicate-key' || !reader.blockKeys.has(problem.origin.start));
  return { body: { attributes: [], blocks }, notes: reader.notes, problems: [...problems, ...reader.problems] };
}

/** Parses a `.tfvars.json` file: names and values. */
export function parseTfvarsJson(source: Source): ParsedTfJson {
  const parsed = parseText(source);
  const reader: Reader = { source, problems: [], notes: [], blockKeys: new Set() };
  const attributes = objectsAt(parsed.root).flatMap((root) => root.entries.map((entry) => attributeOf(reader, entry, literalValue)));
  return { body: { attributes, blocks: [] }, notes: [], problems: parsed.problems };
}

interface Reader {
  readonly source: Source;
  readonly problems: Problem[];
  readonly notes: Note[];
  /** Starts of keys that name blocks. */
  readonly blockKeys: Set<number>;
}

function objectsAt(node: Node | undefined): readonly MappingNode[] {
  if (node?.kind === 'mapping') return [node];
  return node?.kind === 'sequence' ? node.items.flatMap((item) => (item.kind === 'mapping' ? [item] : [])) : [];
}

function topLevelBlocks(reader: Reader, entry: NodeEntry, around: MappingNode): readonly Block[] {
  if (isNote(reader, entry, around)) return [];
  return labelledBlocks(reader, entry, { type: entry.key.text, levels: LABELS.get(entry.key.text) ?? 0, labels: [] });
}

interface Labelling {
  readonly type: string;
  readonly levels: number;
  readonly labels: readonly Label[];
}

/** At every level the value may be an object or a list of objects. */
function labelledBlocks(reader: Reader, entry: NodeEntry, { type, levels, labels }: Labelling): readonly Block[] {
  reader.blockKeys.add(entry.key.start);
  const bodies = objectsAt(entry.value);
  if (levels > 0) {
    return bodies.flatMap((body) =>
      body.entries.flatMap((inner) => {
        if (isNote(reader, inner, body)) return [];
        return labelledBlocks(reader, inner, { type, levels: levels - 1, labels: [...labels, { text: inner.key.text, origin: inner.key }] });
      }),
    );
  }
  return bodies.map((body) => {
    const extent = { source: reader.source, start: entry.key.start - 1, end: body.end + 1 };
    const path = childText(child(child(body, '//'), 'metadata'), 'path');
    return { type, labels, body: bodyOf(reader, body, type), origin: entry.key, extent, ...(path === undefined ? {} : { constructPath: path }) };
  });
}

function isNote(reader: Reader, entry: NodeEntry, around: MappingNode): boolean {
  if (entry.key.text !== '//') return false;
  if (entry.value.kind === 'scalar') reader.notes.push({ text: entry.value.text, origin: entry.value, covers: around });
  return true;
}

function bodyOf(reader: Reader, object: MappingNode, type: string): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  const expanded = dynamicTypes(object);
  for (const entry of object.entries) {
    const key = entry.key.text;
    if (isNote(reader, entry, object)) continue;
    if (key === 'dynamic' && holdsObject(entry.value)) blocks.push(...labelledBlocks(reader, entry, { type: key, levels: 1, labels: [] }));
    else if (key === 'backend' && type === 'terraform') blocks.push(...labelledBlocks(reader, entry, { type: key, levels: 1, labels: [] }));
    else if ((key === 'content' && type === 'dynamic') || expanded.has(key) || holdsDynamic(entry.value, 0)) blocks.push(...labelledBlocks(reader, entry, { type: key, levels: 0, labels: [] }));
    else attributes.push(attributeOf(reader, entry, expressionOf));
  }
  return { attributes, blocks };
}

/** Block types that `dynamic` makes here: written blocks of the same type belong with them. */
function dynamicTypes(object: MappingNode): ReadonlySet<string> {
  const dynamic = object.entries.filter((entry) => entry.key.text === 'dynamic').flatMap((entry) => objectsAt(entry.value));
  return new Set(dynamic.flatMap((inner) => inner.entries.map((entry) => entry.key.text)));
}

function holdsObject(node: Node): boolean {
  return objectsAt(node).length > 0;
}

function holdsDynamic(node: Node, depth: number): boolean {
  if (depth > 20) return false;
  return objectsAt(node).some((object) => object.entries.some(({ key, value }) => (key.text === 'dynamic' && holdsObject(value)) || holdsDynamic(value, depth + 1)));
}

type Reading = (reader: Reader, node: Node) => Expression;

function attributeOf(reader: Reader, entry: NodeEntry, reading: Reading): Attribute {
  const { key, value } = entry;
  return { name: key.text, origin: key, extent: { source: reader.source, start: key.start - 1, end: value.end + 1 }, value: reading(reader, value) };
}

function expressionOf(reader: Reader, node: Node): Expression {
  switch (node.kind) {
    case 'sequence':
      return { kind: 'tuple', items: node.items.map((item) => expressionOf(reader, item)), source: node.source, start: node.start, end: node.end + 1 };
    case 'mapping': {
      const items = node.entries.flatMap((entry) => (isNote(reader, entry, node) ? [] : [{ key: stringOf(reader, entry.key), value: expressionOf(reader, entry.value) }]));
      return { kind: 'object', items, source: node.source, start: node.start, end: node.end + 1 };
    }
    case 'scalar':
      return node.style === 'plain' ? plainOf(node) : stringOf(reader, node);
  }
}

/** Values of `.tfvars.json` are no templates. */
function literalValue(reader: Reader, node: Node): Expression {
  switch (node.kind) {
    case 'sequence':
      return { kind: 'tuple', items: node.items.map((item) => literalValue(reader, item)), source: node.source, start: node.start, end: node.end + 1 };
    case 'mapping':
      return { kind: 'object', items: node.entries.map(({ key, value }) => ({ key: literalOf(key), value: literalValue(reader, value) })), source: node.source, start: node.start, end: node.end + 1 };
    case 'scalar':
      return node.style === 'plain' ? plainOf(node) : literalOf(node);
  }
}

function plainOf(node: ScalarNode): LiteralExpression {
  const { text, source, start, end } = node;
  const type = text === 'null' || text === '' ? 'null' : text === 'true' || text === 'false' ? 'boolean' : 'number';
  return { kind: 'literal', type, text, source, start, end };
}

function stringOf(reader: Reader, node: ScalarNode): Expression {
  if (!isTemplate(node.text)) return literalOf(node);
  const { expression, problems } = parseTemplateText(reader.source, node.text, alignText(node));
  reader.problems.push(...problems);
  return expression;
}

function literalOf(node: ScalarNode): LiteralExpression {
  const { text, source, start, end } = node;
  const verbatim = end - start === text.length;
  return { kind: 'literal', type: 'string', text, source, start, end, ...(verbatim ? {} : { place: alignText(node) }) };
}
