import type { Origin } from '../../core/source.ts';
import { knownText, type Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import { hasResource, type TemplateContext, unknown } from './context.ts';
import { parameterValue } from './parameters.ts';
import { pseudoParameter } from './pseudo.ts';
import { resolve } from './resolve.ts';

/** `Ref`: a pseudo parameter, a loop variable, a parameter's value, or the identity of a resource. */
export function dereference(argument: Node, context: TemplateContext, at: Node): Value {
  const name = argument.kind === 'scalar' ? argument.text : knownText(resolve(argument, context));
  if (name === undefined) return unknown('invalid-template', 'Ref', at);
  return named(name, context, at);
}

/** What a bare name stands for in `Ref` and in `${Name}`. */
export function named(name: string, context: TemplateContext, at: Origin): Value {
  const bound = context.bound.get(name);
  if (bound !== undefined) return bound;
  if (name.startsWith('AWS::')) return pseudoParameter(name, context, at);
  if (child(context.parameters, name) !== undefined) return parameterValue(name, context, at);
  if (hasResource(context, name)) return { kind: 'reference', scope: context.scope.id, address: name, attribute: '', origin: at };
  return unknown('invalid-template', `${context.scope.id}#${name}`, at);
}

/** `Fn::GetAtt` in its list and dotted forms. */
export function getAttribute(argument: Node, context: TemplateContext, at: Node): Value {
  if (argument.kind === 'scalar') return attributeOf(argument.text, context, at);
  const parts = argument.kind === 'sequence' ? argument.items.map((item) => knownText(resolve(item, context))) : [];
  if (parts.length < 2 || parts.includes(undefined)) return unknown('invalid-template', 'Fn::GetAtt', at);
  return attributeOf(parts.join('.'), context, at);
}

/** `LogicalId.Attribute`, the attribute possibly dotted itself. */
export function attributeOf(text: string, context: TemplateContext, at: Origin): Value {
  const dot = text.indexOf('.');
  const logicalId = dot === -1 ? text : text.slice(0, dot);
  const attribute = dot === -1 ? '' : text.slice(dot + 1);
  if (!hasResource(context, logicalId)) return unknown('invalid-template', `${context.scope.id}#${text}`, at);
  if (attribute.startsWith('Outputs.')) {
    const output = context.stackOutput(logicalId, attribute.slice('Outputs.'.length), at);
    if (output !== undefined) return output;
  }
  return { kind: 'reference', scope: context.scope.id, address: logicalId, attribute, origin: at };
}

/** `Fn::ImportValue`: bound by the model to the export of that name in whatever template of the run declares it. */
export function importValue(argument: Node, context: TemplateContext, at: Node): Value {
  const name = flatText(resolve(argument, context));
  if (name === undefined) return unknown('import-outside-run', `${context.scope.id}#import at ${at.start}`, at, 'text');
  return { kind: 'reference', scope: EXPORTS, address: name, attribute: context.scope.region ?? '', origin: at };
}

/** `Fn::GetStackOutput`: bound by the model by stack and output name. */
export function stackOutput(argument: Node, context: TemplateContext, at: Node): Value {
  const stack = flatText(resolve(child(argument, 'StackName') ?? argument, context));
  const output = flatText(resolve(child(argument, 'OutputName') ?? argument, context));
  if (stack === undefined || output === undefined) return unknown('import-outside-run', `${context.scope.id}#stack output at ${at.start}`, at, 'text');
  return { kind: 'reference', scope: STACK_OUTPUTS, address: stack, attribute: output, origin: at };
}

/** Scopes of references that name no template: the model looks them up over all templates of the run. */
export const EXPORTS = 'export';
export const STACK_OUTPUTS = 'stack-output';

/** The text of a name, unresolved parts written as `${name}` so that equal expressions meet. */
export function flatText(value: Value): string | undefined {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'concat': {
      const parts = value.parts.map(flatText);
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    case 'unknown':
      return `\${${value.name.slice(value.name.lastIndexOf('#') + 1)}}`;
    case 'reference':
      return `\${${value.address}.${value.attribute}}`;
    default:
      return undefined;
  }
}
