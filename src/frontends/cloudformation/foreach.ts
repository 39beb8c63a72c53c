import type { Origin } from '../../core/source.ts';
import { itemsOf, knownText, type Value } from '../../core/value.ts';
import type { Node, ScalarNode } from '../../parse/node.ts';
import { type TemplateContext, unknown, withBound } from './context.ts';
import { resolve } from './resolve.ts';

/** More turns than this are not taken; the first ones stand for the rest. */
const MAX_TURNS = 1_000;

export interface LoopTurn {
  readonly key: string;
  readonly keyOrigin: Origin;
  readonly body: Node;
  readonly context: TemplateContext;
}

export function isLoopKey(key: string): boolean {
  return key.startsWith('Fn::ForEach::');
}

/**
 * Expands `Fn::ForEach::Name: [Identifier, [items], {OutputKey: body}]`, nested loops included.
 * A list that is not known gives one turn with the identifier unknown. Source: CloudFormation User Guide, Fn::ForEach.
 */
export function expandLoop(key: ScalarNode, value: Node, context: TemplateContext): readonly LoopTurn[] {
  const [identifier, collection, output] = value.kind === 'sequence' ? value.items : [];
  if (identifier?.kind !== 'scalar' || collection === undefined || output?.kind !== 'mapping') {
    context.report({ code: 'unsupported-construct', message: `\`${key.text}\` takes [identifier, items, {key: body}]`, origin: key });
    return [];
  }
  const turns: LoopTurn[] = [];
  for (const item of loopItems(resolve(collection, context), key, context)) {
    const inner = withBound(context, [[identifier.text, item]]);
    for (const entry of output.entries) {
      if (isLoopKey(entry.key.text)) turns.push(...expandLoop(entry.key, entry.value, inner));
      else turns.push({ key: substitute(entry.key.text, inner), keyOrigin: entry.key, body: entry.value, context: inner });
      if (turns.length > MAX_TURNS) {
        context.report({ code: 'bound-reached', message: `\`${key.text}\` has more than ${MAX_TURNS} turns; the rest is not read`, origin: key });
        return turns.slice(0, MAX_TURNS);
      }
    }
  }
  return turns;
}

function loopItems(collection: Value, key: ScalarNode, context: TemplateContext): readonly Value[] {
  if (collection.kind === 'list') return collection.items;
  const text = knownText(collection);
  if (text !== undefined) return text.split(',').map((item) => ({ kind: 'scalar', text: item.trim(), type: 'string', origin: collection.origin }));
  if (collection.kind === 'choice') return collection.options.flatMap((option) => itemsOf(option.value));
  context.report({ code: 'unresolved-value', message: `the items of \`${key.text}\` are not known; one turn stands for all`, origin: key });
  return [unknown('parameter-without-default', `${context.scope.id}#${key.text}`, collection.origin, 'atom')];
}

/** Replaces `${Identifier}` and `&{Identifier}` (which also drops what is no letter or digit) in an output key. */
function substitute(text: string, context: TemplateContext): string {
  return text.replace(/([$&])\{([^{}]+)\}/g, (whole, mark: string, name: string) => {
    const bound = context.bound.get(name);
    if (bound === undefined) return whole;
    const known = knownText(bound) ?? 'Item';
    return mark === '&' ? known.replace(/[^A-Za-z0-9]/g, '') : known;
  });
}
