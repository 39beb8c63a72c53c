import type { Origin } from '../../core/source.ts';
import type { MappingNode, Node, NodeEntry, ScalarNode } from '../../parse/node.ts';

/** A scalar that a transform writes: its characters stand nowhere in the file, its place is that of what causes it. */
interface GeneratedScalar extends ScalarNode {
  readonly generated: true;
}

/** What a transform writes, with nodes of the file in it where they are taken over. */
export type Written = string | number | boolean | Node | readonly Written[] | { readonly [key: string]: Written | undefined };

/** Makes the node of a written value; everything new in it stands at `at`. Entries without a value are left out. */
export function write(at: Origin, value: Written): Node {
  if (typeof value === 'string') return scalar(at, value, 'double');
  if (typeof value === 'number' || typeof value === 'boolean') return scalar(at, String(value), 'plain');
  if (isNode(value)) return value;
  if (isList(value)) return { kind: 'sequence', items: value.map((item) => write(at, item)), tag: '', ...placeOf(at) };
  const entries: NodeEntry[] = [];
  for (const [key, item] of Object.entries(value)) if (item !== undefined) entries.push({ key: scalar(at, key, 'double'), value: write(at, item) });
  return mapping(at, entries);
}

/** A mapping of ready entries. */
export function mapping(at: Origin, entries: readonly NodeEntry[]): MappingNode {
  return { kind: 'mapping', entries, tag: '', ...placeOf(at) };
}

/** An entry under a written key. */
export function entry(at: Origin, key: string, value: Node): NodeEntry {
  return { key: scalar(at, key, 'double'), value };
}

/** Was the scalar written by a transform, so that its characters have no places? */
export function isGenerated(node: ScalarNode): boolean {
  return 'generated' in node;
}

/** `{"Ref": id}`. */
export function ref(id: string): Written {
  return { Ref: id };
}

/** `{"Fn::GetAtt": [id, attribute]}`. */
export function getAtt(id: string, attribute: string): Written {
  return { 'Fn::GetAtt': [id, attribute] };
}

/** `{"Fn::Sub": text}`, or its list form when names are given. */
export function sub(text: string, names?: { readonly [name: string]: Written }): Written {
  return { 'Fn::Sub': names === undefined ? text : [text, names] };
}

function scalar(at: Origin, text: string, style: ScalarNode['style']): GeneratedScalar {
  return { kind: 'scalar', text, style, tag: '', generated: true, ...placeOf(at) };
}

function placeOf(at: Origin): Pick<Origin, 'source' | 'start' | 'end'> {
  return { source: at.source, start: at.start, end: at.end };
}

function isList(value: Written): value is readonly Written[] {
  return Array.isArray(value);
}

function isNode(value: Written): value is Node {
  return typeof value === 'object' && 'source' in value && 'kind' in value;
}
