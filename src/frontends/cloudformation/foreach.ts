import type { Origin } from '../../core/source.ts';
import { itemsOf, knownText, textValue, type Value } from '../../core/value.ts';
import type { Node, NodeEntry, ScalarNode } from '../../parse/node.ts';
import { resolve, type TemplateContext, unknownHere } from './context.ts';
import { loopName } from './loop-names.ts';

/** More turns than this are not taken; the first ones stand for the rest. */
const MAX_TURNS = 1_000;

/** An entry of a mapping once its loops are unrolled. */
export interface LoopTurn {
  readonly key: string;
  readonly keyOrigin: Origin;
  readonly body: Node;
  readonly context: TemplateContext;
}

/** Is a mapping key a loop, `Fn::ForEach::Name`? */
export function isLoopKey(key: string): boolean {
  return key.startsWith('Fn::ForEach::');
}

/** The entries of a mapping with its loops unrolled; keys around which a loop stands have its names replaced. */
export function unroll(entries: readonly NodeEntry[], context: TemplateContext): readonly LoopTurn[] {
  return entries.flatMap(({ key, value }) => (isLoopKey(key.text) ? expandLoop(key, value, context) : [{ key: loopName(key.text, context.loops), keyOrigin: key, body: value, context }]));
}

/**
 * Expands `Fn::ForEach::Name: [Identifier, [items], {OutputKey: body}]`, nested loops included.
 * A list that is not known gives one turn with the identifier unknown. Source: CloudFormation User Guide, Fn::ForEach.
 */
export function expandLoop(key: ScalarNode, value: Node, context: TemplateContext): readonly LoopTurn[] {
  const [identifier, collection, output] = value.kind === 'sequence' ? value.items : [];
  if (identifier?.kind !== 'scalar' || collection === undefined || output?.kind !== 'mapping') {
    context.stack.report({ code: 'unsupported-construct', message: `\`${key.text}\` takes [identifier, items, {key: body}]`, origin: key });
    return [];
  }
  const turns: LoopTurn[] = [];
  for (const item of loopItems(resolve(collection, context), key, context)) {
    const inner = { ...context, loops: new Map([...context.loops, [identifier.text, item]]) };
    for (const turn of unroll(output.entries, inner)) {
      if (turns.length >= MAX_TURNS || context.stack.memo.budget <= 0) {
        context.stack.report({ code: 'bound-reached', message: `\`${key.text}\` has more than ${MAX_TURNS} turns; the rest is not read`, origin: key });
        return turns;
      }
      context.stack.memo.budget -= 1;
      turns.push(turn);
    }
  }
  return turns;
}

function loopItems(collection: Value, key: ScalarNode, context: TemplateContext): readonly Value[] {
  if (collection.kind === 'list') return collection.items.flatMap((item) => (item.kind === 'choice' ? item.options.flatMap((option) => itemsOf(option.value)) : itemsOf(item)));
  const text = knownText(collection);
  if (text !== undefined) return text.split(',').map((item) => textValue(item.trim(), collection.origin));
  if (collection.kind === 'choice') return collection.options.flatMap((option) => itemsOf(option.value));
  context.stack.report({ code: 'unresolved-value', message: `the items of \`${key.text}\` are not known; one turn stands for all`, origin: key });
  return [unknownHere(collection.kind === 'unknown' ? collection.reason : 'unsupported-function', key.text, collection.origin, context, 'atom')];
}
