import { entriesOf, field, parseJson, textField } from '../json.ts';

/** Constructs of an app with their logical ids, as its `tree.json` lists them, sorted by path. */
export type ConstructTree = readonly TreeConstruct[];

interface TreeConstruct {
  readonly path: string;
  readonly logicalId: string;
}

/** The CDK itself splits trees beyond this into further files, which are not read. */
const MAX_NODES = 500_000;

/**
 * Reads `tree.json`: it stands in where a stack's metadata file is not kept, as in committed snapshots.
 * Older versions list no logical ids; the tree is then empty.
 */
export function readTree(text: string): ConstructTree {
  const tree: TreeConstruct[] = [];
  const waiting: unknown[] = [field(parseJson(text), 'tree')];
  for (let count = 0; waiting.length > 0 && count < MAX_NODES; count += 1) {
    const node = waiting.pop();
    const path = textField(node, 'path');
    const logicalId = textField(field(node, 'attributes'), 'aws:cdk:cloudformation:logicalId');
    if (path !== undefined && logicalId !== undefined) tree.push({ path, logicalId });
    for (const [, child] of entriesOf(field(node, 'children'))) waiting.push(child);
  }
  return tree.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The part of a tree below a stack, in the shape of its metadata file. */
export function metadataOf(tree: ConstructTree, stackPath: string): Readonly<Record<string, unknown>> {
  const prefix = `${stackPath}/`;
  const entries: (readonly [string, unknown])[] = [];
  for (let at = firstFrom(tree, prefix); tree[at]?.path.startsWith(prefix) === true; at += 1) {
    const { path, logicalId } = tree[at] ?? { path: '', logicalId: '' };
    entries.push([`/${path}`, [{ type: 'aws:cdk:logicalId', data: logicalId }]]);
  }
  return Object.fromEntries(entries);
}

function firstFrom(tree: ConstructTree, prefix: string): number {
  let low = 0;
  let high = tree.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tree[middle]?.path ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}
