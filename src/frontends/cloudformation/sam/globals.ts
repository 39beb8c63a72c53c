import { child, type MappingNode, type Node, type NodeEntry } from '../../../parse/node.ts';
import { mapping } from '../generated.ts';
import { itemsOf, literalText } from './nodes.ts';
import { isIntrinsic } from '../intrinsics.ts';

/**
 * A resource's properties with those of `Globals` for its type taken in. Mappings are merged, lists are appended to the
 * global one, everything else is replaced; function calls count as single values. `IgnoreGlobals` leaves properties out.
 * Source: AWS SAM Developer Guide, "Globals section of the AWS SAM template".
 */
export function mergeGlobals(body: Node, type: string, globals: Node | undefined): MappingNode {
  const written = child(body, 'Properties');
  const own = written?.kind === 'mapping' ? written : mapping(body, []);
  const shared = child(globals, type);
  const ignored = new Set(itemsOf(child(body, 'IgnoreGlobals')).map(literalText));
  if (shared?.kind !== 'mapping' || ignored.has('*')) return own;
  const applicable = shared.entries.filter(({ key }) => !ignored.has(key.text));
  return applicable.length === 0 ? own : mergeMappings({ ...shared, entries: applicable }, own, { depth: 0, left: MAX_MERGES });
}

/** Deeper and larger merging than this is not done: the resource's own value stands. */
const MAX_DEPTH = 100;
const MAX_MERGES = 10_000;

interface Progress {
  depth: number;
  left: number;
}

function merge(shared: Node, own: Node, progress: Progress): Node {
  if (isIntrinsic(shared) || isIntrinsic(own) || progress.depth > MAX_DEPTH || progress.left <= 0) return own;
  if (shared.kind === 'mapping' && own.kind === 'mapping') return mergeMappings(shared, own, progress);
  if (shared.kind === 'sequence' && own.kind === 'sequence') return { ...own, items: [...shared.items, ...own.items] };
  return own;
}

function mergeMappings(shared: MappingNode, own: MappingNode, progress: Progress): MappingNode {
  const ownKeys = new Map(own.entries.map((entry) => [entry.key.text, entry]));
  const sharedKeys = new Set<string>();
  const entries: NodeEntry[] = [];
  progress.depth += 1;
  for (const entry of shared.entries) {
    progress.left -= 1;
    sharedKeys.add(entry.key.text);
    const overriding = ownKeys.get(entry.key.text);
    entries.push(overriding === undefined ? entry : { key: overriding.key, value: merge(entry.value, overriding.value, progress) });
  }
  progress.depth -= 1;
  for (const entry of own.entries) if (!sharedKeys.has(entry.key.text)) entries.push(entry);
  return { ...own, entries };
}
