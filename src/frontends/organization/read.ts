import type { Problem } from '../../core/problem.ts';
import { type Origin, Source } from '../../core/source.ts';
import type { MappingEntry, Scalar, Value } from '../../core/value.ts';
import { alignText } from '../../parse/align.ts';
import type { MappingNode, Node, ScalarNode } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import { fillScalar, hasPlaceholder, hidePlaceholders, INCLUDE_KEY, type Lookup, showPlaceholders } from './placeholders.ts';

/** Nodes that one file may become; shared YAML anchors make texts small and trees huge. */
const NODE_BUDGET = 400_000;
const MAX_DEPTH = 200;

/** How the scalars and tags of a file are understood. */
export interface Dialect {
  readonly lookup: Lookup;
  /** The value of a node with a tag (`!Ref`, `!include`); `undefined` to read the node as if it had none. */
  readonly tagged: (tag: string, node: Node, at: Origin) => Value | undefined;
}

interface Reading {
  readonly source: Source;
  readonly dialect: Dialect;
  budget: number;
}

/** Reads a YAML or JSON file with placeholders as one value. `undefined` when it is empty or cannot be parsed, which is reported. */
export function readValue(source: Source, dialect: Dialect, report: (problem: Problem) => void): Value | undefined {
  const hidden = hidePlaceholders(source.text);
  const changed = hidden !== source.text;
  const parsed = parseText(changed ? new Source(source.path, hidden) : source);
  for (const problem of parsed.problems) report({ ...problem, message: showPlaceholders(problem.message), origin: { ...problem.origin, source } });
  if (parsed.root === undefined) return undefined;
  const reading: Reading = { source, dialect, budget: NODE_BUDGET };
  const value = toValue(parsed.root, reading, 0);
  if (reading.budget < 0) report({ code: 'bound-reached', message: `the file expands to more than ${NODE_BUDGET} values; the rest is not read`, origin: value.origin });
  return value;
}

function toValue(node: Node, reading: Reading, depth: number): Value {
  const origin: Origin = { source: reading.source, start: node.start, end: node.end };
  reading.budget -= 1;
  if (reading.budget < 0 || depth > MAX_DEPTH) return { kind: 'unknown', reason: 'bound-reached', name: 'too large', origin, shape: 'any' };
  const tagged = node.tag === '' || node.tag === '!' ? undefined : reading.dialect.tagged(node.tag, node, origin);
  return tagged ?? plainValue(node, origin, reading, depth);
}

function plainValue(node: Node, origin: Origin, reading: Reading, depth: number): Value {
  switch (node.kind) {
    case 'sequence':
      return { kind: 'list', items: node.items.flatMap((item) => spread(toValue(item, reading, depth + 1), item)), origin };
    case 'mapping':
      return { kind: 'map', entries: mapEntries(node, reading, depth), origin };
    case 'scalar':
      return hasPlaceholder(node.text) ? fillScalar(node, origin, reading.dialect.lookup) : scalarValue(node, origin);
  }
}

/** A placeholder in a list may stand for several items. */
function spread(value: Value, item: Node): readonly Value[] {
  return item.kind === 'scalar' && value.kind === 'list' ? value.items : [value];
}

function mapEntries(node: MappingNode, reading: Reading, depth: number): readonly MappingEntry[] {
  const entries: MappingEntry[] = [];
  const included: MappingEntry[] = [];
  for (const { key, value } of node.entries) {
    const converted = toValue(value, reading, depth + 1);
    if (key.text === INCLUDE_KEY) {
      if (converted.kind === 'map') included.push(...converted.entries);
    } else entries.push({ key: showPlaceholders(key.text), keyOrigin: { source: reading.source, start: key.start, end: key.end }, value: converted });
  }
  if (included.length === 0) return entries;
  const own = new Set(entries.map((entry) => entry.key));
  return [...included.filter((entry) => !own.has(entry.key)), ...entries];
}

function scalarValue(node: ScalarNode, origin: Origin): Value {
  const { text, style } = node;
  if (style === 'plain') {
    if (text === '' || text === 'null' || text === '~') return { kind: 'absent', origin };
    return { kind: 'scalar', text, type: plainType(text), origin };
  }
  if (!text.includes('{')) return { kind: 'scalar', text, type: 'string', origin };
  return { kind: 'scalar', text, type: 'string', origin, place: alignLazily(node) };
}

/** Only JSON inside a string needs the places of its characters. */
function alignLazily(node: ScalarNode): (offset: number) => number {
  let place: ((offset: number) => number) | undefined;
  return (offset) => {
    place ??= alignText(node);
    return place(offset);
  };
}

function plainType(text: string): Scalar['type'] {
  if (text === 'true' || text === 'false') return 'boolean';
  return /^-?\d{1,17}(\.\d+)?$/.test(text) ? 'number' : 'string';
}
