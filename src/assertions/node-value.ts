import type { Value } from '../core/value.ts';
import { alignText } from '../parse/align.ts';
import type { Node, ScalarNode } from '../parse/node.ts';

/** Deeper nesting than any policy has. */
const MAX_DEPTH = 100;

/** A parsed tree as a plain value: no function of any template dialect is read, every place is kept. */
export function valueOfNode(node: Node, depth = 0): Value {
  if (depth > MAX_DEPTH) return { kind: 'unknown', reason: 'bound-reached', name: 'too deeply nested', origin: node, shape: 'any' };
  switch (node.kind) {
    case 'sequence':
      return { kind: 'list', items: node.items.map((item) => valueOfNode(item, depth + 1)), origin: node };
    case 'mapping':
      return { kind: 'map', entries: node.entries.map(({ key, value }) => ({ key: key.text, keyOrigin: key, value: valueOfNode(value, depth + 1) })), origin: node };
    case 'scalar':
      return scalarValue(node);
  }
}

function scalarValue(node: ScalarNode): Value {
  const { text } = node;
  if (node.style !== 'plain') return { kind: 'scalar', text, type: 'string', origin: node, place: alignText(node) };
  if (text === 'null' || text === '~' || text === '') return { kind: 'absent', origin: node };
  const type = text === 'true' || text === 'false' ? 'boolean' : /^-?\d+$/.test(text) ? 'number' : 'string';
  return { kind: 'scalar', text, type, origin: node };
}
