import type { Node } from '../../../parse/node.ts';
import { write } from '../generated.ts';
import { entriesOf } from './nodes.ts';

/** SAM's tags are a mapping; the resources it makes take a list of keys and values. */
export function tagList(tags: Node | undefined): Node | undefined {
  const entries = entriesOf(tags);
  return tags === undefined || entries.length === 0 ? undefined : write(tags, entries.map(({ key, value }) => write(key, { Key: key, Value: value })));
}
