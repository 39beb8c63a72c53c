import { type Scalar, textValue, type Value } from '../../core/value.ts';
import { alignText } from '../../parse/align.ts';
import type { ScalarNode } from '../../parse/node.ts';
import { concatenate } from './concatenate.ts';
import type { TemplateContext } from './context.ts';
import { isGenerated } from './generated.ts';
import { substituteLoopNames } from './loop-names.ts';

/** A scalar of a template: an explicit null or an empty plain scalar is absent; `{{resolve:…}}` in it is an unknown part. */
export function scalarValue(node: ScalarNode, context: TemplateContext): Value {
  if (context.loops.size > 0 && node.text.includes('{')) return substituteLoopNames(literalScalar(node), context.loops, concatenate);
  if (node.style === 'plain') {
    const { text } = node;
    if (text === '' || text === 'null' || text === '~') return { kind: 'absent', origin: node };
    return text.includes('{{resolve:') ? concatenate([literalScalar(node)], node) : { kind: 'scalar', text, type: plainType(text), origin: node };
  }
  const literal = literalScalar(node);
  return literal.text.includes('{{resolve:') ? concatenate([literal], node) : literal;
}

/** The characters of a scalar as a string, with their places. */
export function literalScalar(node: ScalarNode): Scalar {
  // Only a policy inside a string needs its characters' places, and a generated text has none in the file.
  if (node.style === 'plain' || isGenerated(node) || !node.text.includes('{')) return textValue(node.text, node);
  return { kind: 'scalar', text: node.text, type: 'string', origin: node, place: lazyPlace(node) };
}

/** Maps offsets in a scalar's text to the file; worked out when first asked. */
export function lazyPlace(node: ScalarNode): (offset: number) => number {
  if (isGenerated(node)) return (offset) => (offset >= node.text.length ? node.end : node.start);
  let place: ((offset: number) => number) | undefined;
  return (offset) => {
    place ??= alignText(node);
    return place(offset);
  };
}

const NUMBER = /^-?\d{1,17}(\.\d+)?$/;

function plainType(text: string): Scalar['type'] {
  if (text === 'true' || text === 'false') return 'boolean';
  const first = text.charCodeAt(0);
  return (first === 0x2d || (first >= 0x30 && first <= 0x39)) && NUMBER.test(text) ? 'number' : 'string';
}
