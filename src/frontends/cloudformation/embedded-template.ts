import { Source } from '../../core/source.ts';
import { itemsOf, type Scalar, type Value } from '../../core/value.ts';
import type { MappingNode, Node, NodeEntry, ScalarNode } from '../../parse/node.ts';
import { parseText } from '../../parse/yaml.ts';
import { placeOf } from './concatenate.ts';
import type { TemplateContext } from './context.ts';

/** Deeper nesting and larger trees are cut off: shared anchors make texts small and trees huge. */
const MAX_DEPTH = 500;
const MAX_NODES = 200_000;

/**
 * The tree of a template that stands in a string of another one (`TemplateBody` of a stack set), each node placed in the
 * file that is written. Texts with unresolved parts are not read. Yields the problems of the text.
 */
export function embeddedTemplate(body: Value | undefined, context: TemplateContext): MappingNode | undefined {
  const scalar = itemsOf(body)[0];
  if (scalar?.kind !== 'scalar') {
    if (scalar !== undefined) context.stack.report({ code: 'unresolved-value', message: 'the template in `TemplateBody` has parts that are not known; it is not judged', origin: scalar.origin });
    return undefined;
  }
  const inner = new Source(scalar.origin.source.path, scalar.text);
  const parsed = parseText(inner);
  for (const problem of parsed.problems) {
    const { start, end } = problem.origin;
    context.stack.report({ ...problem, origin: { source: scalar.origin.source, start: placeOf(scalar, start), end: placeOf(scalar, end) } });
  }
  const placed = parsed.root === undefined ? undefined : place(parsed.root, scalar, 0, { left: MAX_NODES });
  return placed?.kind === 'mapping' ? placed : undefined;
}

function place(node: Node, outer: Scalar, depth: number, budget: { left: number }): Node {
  budget.left -= 1;
  const { source } = outer.origin;
  const start = placeOf(outer, node.start);
  const end = Math.max(start, placeOf(outer, node.end));
  if (node.kind === 'scalar') return placedScalar(node, source, start, end);
  if (depth > MAX_DEPTH || budget.left < 0) return { kind: 'mapping', entries: [], tag: '', source, start, end };
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => place(item, outer, depth + 1, budget)), source, start, end };
  const entries = node.entries.map((entry): NodeEntry => {
    const from = placeOf(outer, entry.key.start);
    return { key: placedScalar(entry.key, source, from, Math.max(from, placeOf(outer, entry.key.end))), value: place(entry.value, outer, depth + 1, budget) };
  });
  return { ...node, entries, source, start, end };
}

/** Escapes of both texts stand between the characters and the file, so only the ends are placed. */
function placedScalar(node: ScalarNode, source: Source, start: number, end: number): ScalarNode & { readonly generated?: true } {
  return { ...node, source, start, end, generated: true };
}
