import type { Origin } from '../../core/source.ts';
import { textValue, type Value } from '../../core/value.ts';
import type { Node, ScalarNode } from '../../parse/node.ts';
import { concatenate } from './concatenate.ts';
import { resolve, type TemplateContext, unknownHere } from './context.ts';
import { isGenerated } from './generated.ts';
import { loopName } from './loop-names.ts';
import { attributeOf, named } from './references.ts';
import { lazyPlace, literalScalar } from './scalars.ts';

/** What the second item of `Fn::Sub` calls by name. */
type Names = ReadonlyMap<string, Value>;

const NO_NAMES: Names = new Map();

/**
 * `Fn::Sub`: the text with its `${…}` replaced. `${!Literal}` stays as `${Literal}`; a bare IAM variable such as
 * `${aws:username}` is no template name and is kept for IAM. Literal stretches keep the places of their characters.
 */
export function substitute(argument: Node, context: TemplateContext, at: Node): Value {
  const [template, names] = argument.kind === 'sequence' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unknownHere('invalid-template', `Fn::Sub at ${at.start}`, at, context, 'text');
  return substituteText(template, names === undefined ? NO_NAMES : namesOf(names, context), context);
}

function namesOf(node: Node, context: TemplateContext): Names {
  const value = resolve(node, context);
  return value.kind === 'map' ? new Map(value.entries.map((entry) => [entry.key, entry.value])) : NO_NAMES;
}

const VARIABLE = /([$&])\{([^{}]*)\}/g;

function substituteText(node: ScalarNode, names: Names, context: TemplateContext): Value {
  const { text } = node;
  if (!text.includes('{')) return literalScalar(node);
  const place = lazyPlace(node);
  const parts: Value[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const name = (match[2] ?? '').trim();
    const loopOnly = match[1] === '&';
    const literal = !loopOnly && name.startsWith('!');
    if (!literal && !(loopOnly ? context.loops.has(name) : isTemplateName(name, names))) continue;
    if (match.index > from) parts.push(stretch(node, place, from, match.index));
    from = match.index + match[0].length;
    const origin = spanOf(node, place, match.index, from);
    if (literal) parts.push({ kind: 'scalar', text: `\${${name.slice(1)}}`, type: 'string', origin });
    else if (loopOnly) parts.push(textValue(loopName(match[0], context.loops), origin));
    else parts.push(names.get(name) ?? templateName(name, context, origin));
  }
  if (from < text.length || parts.length === 0) parts.push(stretch(node, place, from, text.length));
  return concatenate(parts, node);
}

function templateName(name: string, context: TemplateContext, origin: Origin): Value {
  if (!name.includes('.') || context.loops.has(name) || context.stack.sections.aliases.has(name)) return named(name, context, origin);
  return attributeOf(name, context, origin);
}

/** Names a template can hold. `aws:username` and the like have a colon-separated lower-case prefix, which no pseudo parameter has. */
function isTemplateName(name: string, names: Names): boolean {
  return names.has(name) || (/^[A-Za-z0-9:.\-_&]+$/.test(name) && !/^[a-z0-9-]+:[^:]/.test(name));
}

function stretch(node: ScalarNode, place: (offset: number) => number, from: number, to: number): Value {
  const text = from === 0 && to === node.text.length ? node.text : node.text.slice(from, to);
  const origin = spanOf(node, place, from, to);
  return text.includes('{') && !isGenerated(node) ? { kind: 'scalar', text, type: 'string', origin, place: (offset) => place(from + offset) } : { kind: 'scalar', text, type: 'string', origin };
}

function spanOf(node: ScalarNode, place: (offset: number) => number, from: number, to: number): Origin {
  return isGenerated(node) || (from === 0 && to === node.text.length) ? node : { source: node.source, start: place(from), end: place(to) };
}
