import type { Value } from '../../core/value.ts';
import type { Node, ScalarNode } from '../../parse/node.ts';
import { type TemplateContext, unknown, withBound } from './context.ts';
import { attributeOf, named } from './references.ts';
import { lazyPlace, resolve } from './resolve.ts';

/**
 * `Fn::Sub`: the text with its `${…}` replaced. `${!Literal}` stays as `${Literal}`; a bare IAM variable such as
 * `${aws:username}` is no template name and is kept for IAM. Literal stretches keep the places of their characters.
 */
export function substitute(argument: Node, context: TemplateContext, at: Node): Value {
  const [template, names] = argument.kind === 'sequence' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return unknown('invalid-template', `${context.scope.id}#Fn::Sub`, at, 'text');
  const scope = names?.kind === 'mapping' ? withBound(context, names.entries.map(({ key, value }) => [key.text, resolve(value, context)] as const)) : context;
  return substituteText(template, scope);
}

function substituteText(node: ScalarNode, context: TemplateContext): Value {
  const { text } = node;
  if (!text.includes('${')) return { kind: 'scalar', text, type: 'string', origin: node, place: lazyPlace(node) };
  const place = lazyPlace(node);
  const parts: Value[] = [];
  let from = 0;
  const pattern = /\$\{([^{}]*)\}/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const name = (match[1] ?? '').trim();
    const kept = name.startsWith('!') || !/^[A-Za-z0-9:.\-_&]+$/.test(name) || isPolicyVariable(name);
    if (kept && !name.startsWith('!')) continue;
    if (match.index > from) parts.push(stretch(node, place, from, match.index));
    from = match.index + match[0].length;
    if (name.startsWith('!')) {
      parts.push({ kind: 'scalar', text: `\${${name.slice(1)}}`, type: 'string', origin: spanOf(node, place, match.index, from) });
      continue;
    }
    const origin = spanOf(node, place, match.index, from);
    parts.push(name.includes('.') && !context.bound.has(name) ? attributeOf(name, context, origin) : named(name, context, origin));
  }
  if (from < text.length) parts.push(stretch(node, place, from, text.length));
  return concatenate(parts, node);
}

/** `aws:username` and the like: one colon-separated lower-case prefix, which no pseudo parameter has. */
function isPolicyVariable(name: string): boolean {
  return /^[a-z0-9-]+:[^:]/.test(name);
}

function stretch(node: ScalarNode, place: (offset: number) => number, from: number, to: number): Value {
  return { kind: 'scalar', text: node.text.slice(from, to), type: 'string', origin: spanOf(node, place, from, to), place: (offset) => place(from + offset) };
}

function spanOf(node: ScalarNode, place: (offset: number) => number, from: number, to: number): { source: ScalarNode['source']; start: number; end: number } {
  return { source: node.source, start: place(from), end: place(to) };
}

/** Joins parts to one value: a plain scalar when all are known, else a concat of merged stretches. */
export function concatenate(parts: readonly Value[], at: Node | Value['origin']): Value {
  const present = parts.filter((part) => part.kind !== 'absent');
  if (present.every((part) => part.kind === 'scalar')) {
    return { kind: 'scalar', text: present.map((part) => (part.kind === 'scalar' ? part.text : '')).join(''), type: 'string', origin: at };
  }
  const only = present[0];
  if (present.length === 1 && only !== undefined) return only;
  return { kind: 'concat', parts: present.flatMap((part) => (part.kind === 'concat' ? part.parts : [part])), origin: at };
}
