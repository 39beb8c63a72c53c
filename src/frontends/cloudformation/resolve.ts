import type { MappingEntry, Value } from '../../core/value.ts';
import type { MappingNode, Node } from '../../parse/node.ts';
import { refuse, resolve, type TemplateContext, unknownHere } from './context.ts';
import { isLoopKey, unroll } from './foreach.ts';
import { includedEntries } from './include.ts';
import { keyedIntrinsic, taggedIntrinsic } from './intrinsics.ts';
import { loopName } from './loop-names.ts';
import { scalarValue } from './scalars.ts';

/** Deeper nesting than any real template has, alias in alias included; what reads values may then recurse safely. */
const MAX_DEPTH = 200;

/**
 * Resolves a node of a template: intrinsic functions are applied as far as the template allows, everything else is taken
 * as it is written. Never throws; what cannot be resolved is an `unknown` with its reason.
 */
export function resolveNode(node: Node, context: TemplateContext): Value {
  const { memo } = context.stack;
  if (memo.budget <= 0 || memo.depth >= MAX_DEPTH) return refuse(node, context);
  memo.budget -= 1;
  memo.depth += 1;
  const value = node.tag === '' || node.tag.startsWith('!!') ? resolvePlain(node, context) : resolveTagged(node, context);
  memo.depth -= 1;
  return value;
}

function resolveTagged(node: Node, context: TemplateContext): Value {
  const apply = taggedIntrinsic(node.tag);
  if (apply !== undefined) return apply(node, context, node);
  context.stack.report({ code: 'unsupported-construct', message: `tag \`${node.tag.slice(0, 60)}\` names no CloudFormation function`, origin: node });
  return unknownHere('unsupported-function', `${node.tag} at ${node.start}`, node, context);
}

function resolvePlain(node: Node, context: TemplateContext): Value {
  switch (node.kind) {
    case 'scalar':
      return scalarValue(node, context);
    case 'sequence':
      return { kind: 'list', items: node.items.map((item) => resolve(item, context)), origin: node };
    case 'mapping': {
      const only = node.entries.length === 1 ? node.entries[0] : undefined;
      if (only === undefined) return resolveMapping(node, context);
      const apply = keyedIntrinsic(only.key.text);
      if (apply !== undefined) return apply(only.value, context, node);
      if (!only.key.text.startsWith('Fn::') || isLoopKey(only.key.text)) return resolveMapping(node, context);
      return unknownHere('unsupported-function', `${only.key.text} at ${node.start}`, node, context);
    }
  }
}

function resolveMapping(node: MappingNode, context: TemplateContext): Value {
  const entries: MappingEntry[] = [];
  for (const { key, value } of node.entries) {
    if (isDirective(key.text)) return resolveDirectives(node, context);
    const text = context.loops.size === 0 ? key.text : loopName(key.text, context.loops);
    entries.push({ key: text, keyOrigin: key, value: resolve(value, context) });
  }
  return { kind: 'map', entries, origin: node };
}

const LETTER_F = 0x46;

function isDirective(key: string): boolean {
  return key.charCodeAt(0) === LETTER_F && (isLoopKey(key) || key === 'Fn::Transform');
}

/** A mapping with loops or with `Fn::Transform` beside other keys; an unknown macro may make anything of all of it. */
function resolveDirectives(node: MappingNode, context: TemplateContext): Value {
  const included = includedEntries(node, context);
  if (included.kind === 'unknown') return included.value;
  const entries = unroll(included.entries, context).map((turn) => ({ key: turn.key, keyOrigin: turn.keyOrigin, value: resolve(turn.body, turn.context) }));
  return { kind: 'map', entries, origin: node };
}
