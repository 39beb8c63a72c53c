import type { Mapping, MappingEntry, Scalar, Value } from '../../core/value.ts';
import { alignText } from '../../parse/align.ts';
import type { MappingNode, Node, ScalarNode } from '../../parse/node.ts';
import { spend, type TemplateContext, unknown } from './context.ts';
import { expandLoop, isLoopKey } from './foreach.ts';
import { intrinsicOf } from './intrinsics.ts';

/**
 * Resolves a node of a template: intrinsic functions are applied as far as the template allows, everything else is taken
 * as it is written. Never throws; what cannot be resolved is an `unknown` with its reason.
 */
export function resolve(node: Node, context: TemplateContext): Value {
  if (!spend(context, node)) return unknown('bound-reached', 'template too large', node);
  const intrinsic = intrinsicOf(node);
  if (intrinsic !== undefined) return intrinsic.apply(intrinsic.argument, context, node);
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node);
    case 'sequence':
      return { kind: 'list', items: node.items.map((item) => resolve(item, context)), origin: node };
    case 'mapping':
      return resolveMapping(node, context);
  }
}

function resolveMapping(node: MappingNode, context: TemplateContext): Mapping {
  const entries: MappingEntry[] = [];
  for (const { key, value } of node.entries) {
    if (isLoopKey(key.text)) {
      for (const turn of expandLoop(key, value, context)) {
        entries.push({ key: turn.key, keyOrigin: turn.keyOrigin, value: resolve(turn.body, turn.context) });
      }
      continue;
    }
    entries.push({ key: key.text, keyOrigin: key, value: resolve(value, context) });
  }
  return { kind: 'map', entries, origin: node };
}

/** A literal scalar; an explicit null or an empty plain scalar is an absent value. */
export function scalarValue(node: ScalarNode): Value {
  if (node.style === 'plain') {
    if (node.text === '' || node.text === 'null' || node.text === '~') return { kind: 'absent', origin: node };
    return { kind: 'scalar', text: node.text, type: plainType(node.text), origin: node };
  }
  const dynamic = dynamicReference(node);
  if (dynamic !== undefined) return dynamic;
  return quotedScalar(node);
}

function quotedScalar(node: ScalarNode): Scalar {
  const scalar: Scalar = { kind: 'scalar', text: node.text, type: 'string', origin: node };
  // Only a policy inside a string needs its characters' places.
  return node.text.includes('{') ? { ...scalar, place: lazyPlace(node) } : scalar;
}

export function lazyPlace(node: ScalarNode): (offset: number) => number {
  let place: ((offset: number) => number) | undefined;
  return (offset) => {
    place ??= alignText(node);
    return place(offset);
  };
}

/** `{{resolve:…}}` is fetched at deployment: a secret kept well, and no text we could judge. */
function dynamicReference(node: ScalarNode): Value | undefined {
  if (!node.text.includes('{{resolve:')) return undefined;
  const whole = /^\{\{resolve:([a-z-]+):[^}]*\}\}$/.exec(node.text);
  const reason = whole?.[1] === 'ssm' ? 'dynamic-reference' : 'secret';
  return unknown(reason, node.text, node, 'text');
}

function plainType(text: string): Scalar['type'] {
  if (text === 'true' || text === 'false') return 'boolean';
  return /^-?\d{1,17}(\.\d+)?$/.test(text) ? 'number' : 'string';
}
