import type { Node } from '../parse/node.ts';
import type { Word } from './suite.ts';

/** The texts of a scalar or a list of scalars. */
export function wordsOf(node: Node | undefined): readonly Word[] {
  if (node === undefined || node.kind === 'mapping') return [];
  if (node.kind === 'scalar') return [{ text: node.text, origin: node }];
  return node.items.flatMap((item) => (item.kind === 'scalar' ? [{ text: item.text, origin: item }] : []));
}

/** The characters of a scalar; '' for what is none. */
export function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.text : '';
}

/** The items of a list. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : [];
}
