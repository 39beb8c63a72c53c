import { once, readBytes } from './load.ts';

/** What kind of value `Fn::GetAtt` gives: the resource's own ARN, the same followed by `:*`, another resource's ARN, … */
export type AttributeKind = 'arn' | 'arn:*' | 'other-arn' | 'name' | 'id' | 'url' | 'secret';

/** One part of what `Ref` gives when it is neither the ARN nor the name. */
export type RefPart = { readonly property: string } | { readonly attribute: string };

/** What `Ref` gives: the ARN, the physical name, one member, or several members joined by `|`; undefined when not known. */
export type RefYield = 'arn' | 'name' | RefPart | { readonly parts: readonly RefPart[] } | undefined;

/**
 * Identity of a CloudFormation type.
 *
 * `arn` holds `${Partition}`, `${Region}`, `${Account}`, properties (`${QueueName}`), attributes (`${@KeyId}`) and values that no template
 * determines (`${?Suffix}`). A property may carry a reading: `|path` (IAM path, `/` when absent), `|slash` (with one leading slash),
 * `|host` (URL without its scheme), `|last` (last part of an ARN or name, split at `/` and `:`), `|organizationPolicyType`
 * (the type in lower case, as Organizations ARNs write it).
 */
export interface CfnIdentity {
  readonly type: string;
  readonly ref: RefYield;
  readonly nameProperty: string | undefined;
  readonly arn: string | undefined;
  /** `service:resource type` in the words of the service authorization reference, e.g. `lambda:function`. */
  readonly resource: string | undefined;
  /** Kinds of the attributes that identify something; an attribute not listed is an ordinary value. */
  readonly attributes: Readonly<Record<string, AttributeKind>>;
}

/** Identity of a CloudFormation resource type, or undefined for types AWS's specification does not know (custom resources, modules). */
export function cfnIdentity(type: string): CfnIdentity | undefined {
  if (!/^[A-Za-z0-9:]+$/.test(type)) return undefined;
  const start = identityText().indexOf(`\n${type}\t`);
  if (start < 0) return undefined;
  const [, ref = '', name = '', arn = '', resource = '', attributes = ''] = identityText()
    .slice(start + 1, identityText().indexOf('\n', start + 1))
    .split('\t');
  return {
    type,
    ref: readRef(ref),
    nameProperty: name === '' ? undefined : name,
    arn: arn === '' ? undefined : arn,
    resource: resource === '' ? undefined : resource,
    attributes: readAttributes(attributes),
  };
}

const identityText = once(() => readBytes('cfn-identity.txt').toString('latin1'));

function readRef(text: string): RefYield {
  if (text === '') return undefined;
  if (text === 'arn' || text === 'name') return text;
  const [first, ...others] = text.split('|').map(readPart);
  return others.length === 0 || first === undefined ? first : { parts: [first, ...others] };
}

function readPart(text: string): RefPart {
  return text.startsWith('p:') ? { property: text.slice(2) } : { attribute: text.slice(2) };
}

function readAttributes(text: string): Readonly<Record<string, AttributeKind>> {
  const attributes: Record<string, AttributeKind> = Object.create(null);
  for (const entry of text === '' ? [] : text.split(' ')) {
    const equals = entry.indexOf('=');
    const kind = readKind(entry.slice(equals + 1));
    if (kind) attributes[entry.slice(0, equals)] = kind;
  }
  return attributes;
}

function readKind(text: string): AttributeKind | undefined {
  switch (text) {
    case 'arn':
    case 'arn:*':
    case 'other-arn':
    case 'name':
    case 'id':
    case 'url':
    case 'secret':
      return text;
    default:
      return undefined;
  }
}
