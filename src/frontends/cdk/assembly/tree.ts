import { entriesOf, field, parseJson, textField } from '../json.ts';

/** Constructs of an app with their logical ids, by path, as its `tree.json` lists them. */
export type ConstructTree = ReadonlyMap<string, string>;

/** The CDK itself splits trees beyond this into further files, which are not read. */
const MAX_NODES = 500_000;

/**
 * Reads `tree.json`: it stands in where a stack's metadata file is not kept, as in committed snapshots.
 * Older versions list no logical ids; the tree is then empty.
 */
export function readTree(text: string): ConstructTree {
  const tree = new Map<string, string>();
  const waiting: unknown[] = [field(parseJson(text), 'tree')];
  for (let count = 0; waiting.length > 0 && count < MAX_NODES; count += 1) {
    const node = waiting.pop();
    const path = textField(node, 'path');
    const logicalId = textField(field(node, 'attributes'), 'aws:cdk:cloudformation:logicalId');
    if (path !== undefined && logicalId !== undefined) tree.set(path, logicalId);
    for (const [, child] of entriesOf(field(node, 'children'))) waiting.push(child);
  }
  return tree;
}

/** The part of a tree below a stack, in the shape of its metadata file. */
export function metadataOf(tree: ConstructTree, stackPath: string): Readonly<Record<string, unknown>> {
  const below = [...tree].filter(([path]) => path.startsWith(`${stackPath}/`));
  return Object.fromEntries(below.map(([path, logicalId]) => [`/${path}`, [{ type: 'aws:cdk:logicalId', data: logicalId }]]));
}
