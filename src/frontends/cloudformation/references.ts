import type { Origin } from '../../core/source.ts';
import { knownText, type Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import { type RawResource, resolve, resolveArgument, type TemplateContext, unknownHere } from './context.ts';
import { loopName } from './loop-names.ts';
import { parameterValue } from './parameters.ts';
import { pseudoParameter } from './pseudo.ts';

/** `Ref`: a pseudo parameter, a loop variable, a parameter's value, or the identity of a resource. */
export function dereference(argument: Node, context: TemplateContext, at: Node): Value {
  const name = argument.kind === 'scalar' ? loopName(argument.text, context.loops) : knownText(resolveArgument(argument, at, context));
  return name === undefined ? unknownHere('invalid-template', `Ref at ${at.start}`, at, context) : named(name, context, at);
}

/** What a bare name stands for in `Ref` and in `${Name}`. */
export function named(name: string, context: TemplateContext, at: Origin): Value {
  const bound = context.loops.get(name);
  if (bound !== undefined) return bound;
  const { sections } = context.stack;
  if (sections.parameters.has(name)) return parameterValue(name, context, at);
  const resource = resourceNamed(name, context);
  if (resource !== undefined) return referenceTo(resource, '', context, at);
  return name.startsWith('AWS::') ? pseudoParameter(name, context, at) : unknownHere(isOfModule(name, context) ? 'remote-module' : 'invalid-template', name, at, context);
}

/** `Fn::GetAtt` in its list and dotted forms; an attribute may be dotted itself. */
export function getAttribute(argument: Node, context: TemplateContext, at: Node): Value {
  if (argument.kind === 'scalar') return attributeOf(loopName(argument.text, context.loops), context, at);
  const parts = argument.kind === 'sequence' ? argument.items.map((item) => knownText(resolve(item, context))) : [];
  if (parts.length < 2 || parts.includes(undefined)) return unknownHere('invalid-template', `Fn::GetAtt at ${at.start}`, at, context);
  return attributeOf(parts.join('.'), context, at);
}

/** `LogicalId.Attribute`; names that a transform gives (`Function.Alias`) may be the logical id. */
export function attributeOf(text: string, context: TemplateContext, at: Origin): Value {
  for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', dot + 1)) {
    const resource = resourceNamed(text.slice(0, dot), context);
    if (resource !== undefined) return referenceTo(resource, text.slice(dot + 1), context, at);
  }
  return unknownHere(isOfModule(text, context) ? 'remote-module' : 'invalid-template', text, at, context);
}

/** Resources of a module go by the module's logical id followed by their own. Source: CloudFormation User Guide, "Reference module resources". */
function isOfModule(name: string, context: TemplateContext): boolean {
  for (const [logicalId, resource] of context.stack.sections.resources) if (resource.type.endsWith('::MODULE') && name.startsWith(logicalId)) return true;
  return false;
}

function resourceNamed(name: string, context: TemplateContext): RawResource | undefined {
  const { resources, aliases } = context.stack.sections;
  return resources.get(name) ?? resources.get(aliases.get(name) ?? '');
}

/** What is yielded by resources that AWS does not define depends on code outside the template. */
function referenceTo(resource: RawResource, attribute: string, context: TemplateContext, at: Origin): Value {
  const { logicalId, type } = resource;
  if (attribute.startsWith('Outputs.')) {
    const output = context.stack.nestedOutput(logicalId, attribute.slice('Outputs.'.length));
    if (output !== undefined) return output;
  }
  const name = attribute === '' ? logicalId : `${logicalId}.${attribute}`;
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return unknownHere('custom-resource', name, at, context, 'text');
  if (type.endsWith('::MODULE')) return unknownHere('remote-module', name, at, context, 'text');
  return { kind: 'reference', scope: context.stack.scope.id, address: logicalId, attribute, origin: at };
}

/** `Fn::ImportValue`: bound by the model to the export of that name in whatever template of the run declares it. */
export function importValue(argument: Node, context: TemplateContext, at: Node): Value {
  const value = argument === at && argument.kind === 'scalar' ? loopName(argument.text, context.loops) : flatText(resolveArgument(argument, at, context));
  if (value === undefined) return unknownHere('import-outside-run', `import at ${at.start}`, at, context, 'text');
  return { kind: 'reference', scope: EXPORTS, address: value, attribute: context.stack.scope.region ?? '', origin: at };
}

/** `Fn::GetStackOutput`: bound by the model by stack and output name. */
export function stackOutput(argument: Node, context: TemplateContext, at: Node): Value {
  const stack = textUnder(argument, 'StackName', context);
  const output = textUnder(argument, 'OutputName', context);
  if (stack === undefined || output === undefined) return unknownHere('import-outside-run', `stack output at ${at.start}`, at, context, 'text');
  return { kind: 'reference', scope: STACK_OUTPUTS, address: stack, attribute: output, origin: at };
}

function textUnder(argument: Node, key: string, context: TemplateContext): string | undefined {
  const node = child(argument, key);
  return node === undefined ? undefined : flatText(resolve(node, context));
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
      return `\${${value.address}${value.attribute === '' ? '' : `.${value.attribute}`}}`;
    default:
      return undefined;
  }
}
