import type { Guard } from '../../core/guard.ts';
import { type Origin, wholeSource } from '../../core/source.ts';
import { knownText, type Scalar, type Value } from '../../core/value.ts';
import { child, childText, type Node } from '../../parse/node.ts';
import { assumptionOn } from './conditions.ts';
import { type TemplateContext, unknown } from './context.ts';
import { literalScalar } from './scalars.ts';

/** More allowed values than this are not told apart. */
const MAX_ALLOWED = 16;

/**
 * The value of a template parameter: what the conditions around the place of use say it is, else as given from outside, else
 * its default, else a choice between its allowed values, else unknown. A default that the conditions exclude does not count.
 * Its origin is the default itself, reached through the place of use.
 */
export function parameterValue(name: string, context: TemplateContext, at: Origin): Value {
  const { stack } = context;
  const given = stack.given.get(name);
  const openly = stack.givenOpenly.get(name);
  if (context.symbolic && openly !== undefined) return openly;
  const variable = given === undefined ? `${stack.scope.id}#${name}` : openly?.kind === 'unknown' ? openly.name : undefined;
  if (variable !== undefined && context.assumed.length > 0) {
    const assumption = assumptionOn(variable, context.assumed);
    if (assumption.is !== undefined) return typed({ kind: 'scalar', text: assumption.is, type: 'string', origin: at }, typeOf(name, context));
    const fallback = given === undefined ? childText(stack.sections.parameters.get(name), 'Default') : knownText(given);
    if (fallback !== undefined && assumption.isNot.includes(fallback)) return withoutDefault(name, variable, context, at, assumption.isNot);
  }
  if (context.symbolic && given === undefined) return withoutDefault(name, `${stack.scope.id}#${name}`, context, at, []);
  const known = stack.memo.parameters.get(name);
  const value = known ?? readParameter(name, `${stack.scope.id}#${name}`, given, context);
  if (known === undefined) stack.memo.parameters.set(name, value);
  return value.kind === 'unknown' && given === undefined ? { ...value, origin: at } : through(value, at);
}

function readParameter(name: string, variable: string, given: Value | undefined, context: TemplateContext): Value {
  const node = context.stack.sections.parameters.get(name);
  const type = typeOf(name, context);
  const place = node ?? wholeSource(context.stack.source);
  // What is given for such a parameter is the name of the stored value, not the value.
  if (isStored(type)) return unknown('dynamic-reference', variable, place, 'text');
  if (given !== undefined && given.kind !== 'absent') return given.kind === 'scalar' ? typed(given, type) : given;
  if (childText(node, 'NoEcho') === 'true') return unknown('secret', variable, place, 'text');
  const fallback = child(node, 'Default');
  if (fallback?.kind === 'scalar') return typed(literalScalar(fallback), type);
  return withoutDefault(name, variable, context, place, []);
}

/** The value while the default is left out of account. */
function withoutDefault(name: string, variable: string, context: TemplateContext, at: Origin, isNot: readonly string[]): Value {
  const node = context.stack.sections.parameters.get(name);
  const type = typeOf(name, context);
  if (childText(node, 'NoEcho') === 'true') return unknown('secret', variable, at, 'text');
  if (isStored(type)) return unknown('dynamic-reference', variable, at, 'text');
  return allowedChoice(child(node, 'AllowedValues'), variable, at, isNot) ?? unknown('parameter-without-default', variable, at, shapeOf(type));
}

function typeOf(name: string, context: TemplateContext): string {
  return childText(context.stack.sections.parameters.get(name), 'Type') ?? 'String';
}

/** Types whose value is fetched at deployment; `AWS::SSM::Parameter::Name` is the plain name. */
function isStored(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value');
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** Values of these types are single words: no wildcard, no separator. */
function shapeOf(type: string): 'atom' | 'text' | 'any' {
  if (type === 'Number' || type.startsWith('AWS::EC2::')) return 'atom';
  return isList(type) ? 'any' : 'text';
}

function allowedChoice(allowed: Node | undefined, variable: string, origin: Origin, isNot: readonly string[]): Value | undefined {
  if (allowed?.kind !== 'sequence' || allowed.items.length === 0 || allowed.items.length > MAX_ALLOWED) return undefined;
  const options: { when: Guard; value: Value }[] = [];
  const name = variable.slice(variable.lastIndexOf('#') + 1);
  for (const item of allowed.items) {
    if (item.kind !== 'scalar') return undefined;
    if (isNot.includes(item.text)) continue;
    options.push({ when: [{ variable, value: item.text, is: true, label: `${name} is ${item.text}` }], value: { kind: 'scalar', text: item.text, type: 'string', origin: item } });
  }
  const only = options[0];
  return options.length === 1 && only !== undefined ? only.value : { kind: 'choice', options, origin };
}

/** List types split their text; everything else is text, whatever it looks like. */
function typed(value: Scalar, type: string): Value {
  if (!isList(type)) return value.type === 'string' ? value : { ...value, type: 'string' };
  const texts = value.text.trim() === '' ? [] : value.text.split(',');
  return { kind: 'list', items: texts.map((text) => ({ kind: 'scalar', text: text.trim(), type: 'string', origin: value.origin })), origin: value.origin };
}

/** The same value, remembering the place that used it. */
function through(value: Value, at: Origin): Value {
  if (value.kind !== 'scalar') return value;
  const { source, start, end, pointer } = value.origin;
  const origin: Origin = pointer === undefined ? { source, start, end, via: [at] } : { source, start, end, pointer, via: [at] };
  return { ...value, origin };
}
