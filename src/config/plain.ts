import type { Node, ScalarNode } from '../parse/node.ts';

/** More values than any configuration has; YAML aliases can multiply a few lines to more than fits in memory. */
const MAX_VALUES = 100_000;

/**
 * A parsed tree as plain values for the schema: objects without a prototype, so that no key is special.
 * Numbers that would lose characters stay text: `012345678901` is an account id, not a number.
 * `undefined` when there are too many values.
 */
export function plainValue(node: Node): { readonly value: unknown } | undefined {
  const budget = { left: MAX_VALUES };
  const value = plain(node, budget);
  return budget.left < 0 ? undefined : { value };
}

function plain(node: Node, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0) return null;
  if (node.kind === 'scalar') return plainScalar(node);
  if (node.kind === 'sequence') return node.items.map((item) => plain(item, budget));
  const object: Record<string, unknown> = Object.create(null);
  for (const entry of node.entries) object[entry.key.text] = plain(entry.value, budget);
  return object;
}

const ACCOUNT_ID_DIGITS = 12;

function plainScalar(node: ScalarNode): unknown {
  const { text } = node;
  if (node.style !== 'plain' || node.tag === '!!str') return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === '' || text === 'null' || text === '~') return null;
  const number = Number(text);
  const exact = String(number) === text && Number.isFinite(number);
  return exact && !(text.length === ACCOUNT_ID_DIGITS && Number.isInteger(number)) ? number : text;
}
