import type { Origin } from '../../core/source.ts';
import { type Reference, textValue, type Value } from '../../core/value.ts';
import { type CfnIdentity, cfnIdentity } from '../../data/cfn-identity.ts';
import { child } from '../../parse/node.ts';
import { type RawResource, resolve, type TemplateContext, unknownHere } from './context.ts';
import { pseudoParameter } from './pseudo.ts';

/**
 * The ARN that a reference yields, in parts, for functions that take it apart: `arn:aws:lambda:`, the region, and so on.
 * A name that the deployment generates stays a reference; it is a single word. `undefined` when the reference yields no ARN,
 * or none whose form is known.
 */
export function arnOf(reference: Reference, context: TemplateContext): readonly Value[] | undefined {
  const resource = reference.scope === context.stack.scope.id ? context.stack.sections.resources.get(reference.address) : undefined;
  const identity = resource === undefined ? undefined : cfnIdentity(resource.type);
  if (resource === undefined || identity?.arn === undefined) return undefined;
  const kind = reference.attribute === '' ? identity.ref : identity.attributes[reference.attribute];
  if (kind !== 'arn') return undefined;
  const parts: Value[] = [];
  for (const piece of identity.arn.split(/(\$\{[^}]*\})/)) {
    if (piece === '') continue;
    const name = piece.startsWith('${') ? piece.slice(2, -1) : undefined;
    parts.push(name === undefined ? textValue(piece, reference.origin) : filling(name, resource, identity, context, reference.origin));
  }
  return parts;
}

function filling(name: string, resource: RawResource, identity: CfnIdentity, context: TemplateContext, at: Origin): Value {
  switch (name) {
    case 'Partition':
    case 'Region':
      return pseudoParameter(`AWS::${name}`, context, at);
    case 'Account':
      return pseudoParameter('AWS::AccountId', context, at);
    default:
  }
  const { scope } = context.stack;
  const attribute = (wanted: string): Value => ({ kind: 'reference', scope: scope.id, address: resource.logicalId, attribute: wanted, origin: at });
  if (name.startsWith('@')) return attribute(name.slice(1));
  const [property = '', reading] = name.split('|');
  const node = child(child(resource.body, 'Properties'), property);
  if (node !== undefined && (reading === undefined || reading === 'path')) return resolve(node, resource.context);
  if (reading === 'path') return textValue('/', at);
  if (property === identity.nameProperty) {
    if (identity.ref === 'name') return attribute('');
    const named = Object.entries(identity.attributes).find(([, kind]) => kind === 'name');
    if (named !== undefined) return attribute(named[0]);
  }
  return unknownHere('runtime-attribute', `${resource.logicalId}.${name.replace(/^\?/, '')}`, at, context, 'atom');
}
