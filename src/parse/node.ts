import type { Origin, Source } from '../core/source.ts';

/**
 * A parsed text as a tree in which every node knows its place. YAML and JSON give the same tree.
 * What a scalar means (number, date, account id) is decided by the front-end, never here: `text` is the characters.
 * A node is an Origin, so a value can point at its node without copying it.
 */
export type Node = ScalarNode | SequenceNode | MappingNode;

interface NodePlace extends Origin {
  readonly source: Source;
  /** Start of the node's content: inside the quotes of a quoted scalar. */
  readonly start: number;
  readonly end: number;
  /** The YAML tag as written, e.g. `!Ref`; '' without one. */
  readonly tag: string;
}

export interface ScalarNode extends NodePlace {
  readonly kind: 'scalar';
  readonly text: string;
  readonly style: ScalarStyle;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface SequenceNode extends NodePlace {
  readonly kind: 'sequence';
  readonly items: readonly Node[];
}

export interface MappingNode extends NodePlace {
  readonly kind: 'mapping';
  readonly entries: readonly NodeEntry[];
}

export interface NodeEntry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** The node under a key; the last wins when a key is doubled, as JSON readers and CloudFormation have it. */
export function child(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (let index = node.entries.length - 1; index >= 0; index -= 1) {
    const entry = node.entries[index];
    if (entry?.key.text === key) return entry.value;
  }
  return undefined;
}

/** The text under a key when it is a scalar. */
export function childText(node: Node | undefined, key: string): string | undefined {
  const found = child(node, key);
  return found?.kind === 'scalar' ? found.text : undefined;
}
