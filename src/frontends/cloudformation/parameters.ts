import type { Guard } from '../../core/guard.ts';
import type { Origin } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';
import { child, childText, type Node } from '../../parse/node.ts';
import { type TemplateContext, unknown } from './context.ts';
import { scalarValue } from './resolve.ts';

/** More allowed values than this are not told apart. */
const MAX_ALLOWED = 16;

/**
 * The value of a template parameter: as given from outside, else its default, else a choice between its allowed values,
 * else unknown. Its origin is the default itself, reached through the place of use.
 */
export function parameterValue(name: string, context: TemplateContext, at: Origin): Value {
  const known = context.memo.parameters.get(name);
  const value = known ?? readParameter(name, context);
  if (known === undefined) context.memo.parameters.set(name, value);
  if (value.kind === 'unknown') return { ...value, origin: at };
  return through(value, at);
}

function readParameter(name: string, context: TemplateContext): Value {
  const given = context.given.get(name);
  const node = child(context.parameters, name);
  const type = childText(node, 'Type') ?? 'String';
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (given !== undefined) return given.kind === 'scalar' && isList ? splitList(given) : given;
  const variable = `${context.scope.id}#${name}`;
  const origin = node ?? context.root;
  if (childText(node, 'NoEcho') === 'true') return unknown('secret', variable, origin, 'text');
  if (type.startsWith('AWS::SSM::Parameter::')) return unknown('dynamic-reference', variable, origin, 'text');
  const fallback = child(node, 'Default');
  if (fallback?.kind === 'scalar') {
    const value = scalarValue({ ...fallback, style: 'single' });
    return isList && value.kind === 'scalar' ? splitList(value) : value;
  }
  return allowedChoice(child(node, 'AllowedValues'), variable, origin) ?? unknown('parameter-without-default', variable, origin, shapeOf(type));
}

/** Values of these types are single words: no wildcard, no separator. */
function shapeOf(type: string): 'atom' | 'text' | 'any' {
  if (type === 'Number' || type.startsWith('AWS::EC2::')) return 'atom';
  return type === 'CommaDelimitedList' || type.startsWith('List<') ? 'any' : 'text';
}

function allowedChoice(allowed: Node | undefined, variable: string, origin: Origin): Value | undefined {
  if (allowed?.kind !== 'sequence' || allowed.items.length === 0 || allowed.items.length > MAX_ALLOWED) return undefined;
  const options: { when: Guard; value: Value }[] = [];
  for (const item of allowed.items) {
    if (item.kind !== 'scalar') return undefined;
    const label = `${variable.slice(variable.lastIndexOf('#') + 1)} is ${item.text}`;
    options.push({ when: [{ variable, value: item.text, is: true, label }], value: { kind: 'scalar', text: item.text, type: 'string', origin: item } });
  }
  const only = options[0];
  return options.length === 1 && only !== undefined ? only.value : { kind: 'choice', options, origin };
}

function splitList(value: Extract<Value, { kind: 'scalar' }>): Value {
  const items: Value[] = value.text.split(',').map((text) => ({ kind: 'scalar', text: text.trim(), type: 'string', origin: value.origin }));
  return { kind: 'list', items, origin: value.origin };
}

/** The same value, remembering the place that used it. */
function through(value: Value, at: Origin): Value {
  if (value.kind !== 'scalar') return value;
  const { source, start, end, pointer } = value.origin;
  const origin: Origin = pointer === undefined ? { source, start, end, via: [at] } : { source, start, end, pointer, via: [at] };
  return { ...value, origin };
}
