import type { CfnIdentity, RefPart } from '../data/cfn-identity.ts';
import { once } from '../data/load.ts';
import type { Value } from '../core/value.ts';
import { accountText, regionText } from '../iam/deployment.ts';
import type { Text } from '../iam/policy-document.ts';
import { readText } from '../iam/texts.ts';
import { hasHole, hasOpenHole, hole } from '../iam/token.ts';
import type { DeclaringResource, EntityDeclaration, EntityType } from './declaration.ts';
import { select, selectOne } from './select.ts';

/**
 * What identifies a resource: name, path and ARN with holes for what the deployment decides, and what references to it yield.
 */
export function declareEntity(from: DeclaringResource, properties: Value, entity: EntityType, service: string, identity: CfnIdentity): EntityDeclaration {
  const name = readText(selectOne(properties, identity.nameProperty));
  const nameText = name?.text ?? generated(from);
  const filling: Filling = { from, properties, name: nameText, nameProperty: identity.nameProperty };
  // Plans, states and data sources often know the ARN itself.
  const written = readText(selectOne(properties, 'arn'));
  const arn = written !== undefined && !hasHole(written.text) && written.text.startsWith('arn:') ? written.text : identity.arn === undefined ? undefined : fillArn(identity.arn, filling);
  const path = readText(selectOne(properties, 'Path') ?? selectOne(properties, 'path'));
  return {
    kind: 'entity',
    entity,
    service,
    name,
    path,
    attributes: attributesOf(identity, arn, filling),
    arn,
    external: from.address.startsWith('data.') || from.address.includes('.data.'),
    tags: readTags(properties),
    from,
    ...maxSession(properties),
  };
}

interface Filling {
  readonly from: DeclaringResource;
  readonly properties: Value;
  readonly name: string;
  readonly nameProperty: string | undefined;
}

/** A fixed word that only the deployment knows, different from every other. */
function generated(from: DeclaringResource, part = ''): string {
  return hole('~', `${from.scope.id}#${from.address}${part}`);
}

/** An ARN whose form is not known. A name in its place would read as a fault, so it is open text. */
function unknownArn(from: DeclaringResource, attribute: string): string {
  return hole('?', `runtime-attribute|${from.scope.id}#${from.address}.${attribute}`);
}

function attributesOf(identity: CfnIdentity, arn: string | undefined, filling: Filling): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const { from, name } = filling;
  const { ref } = identity;
  if (ref === 'arn') attributes.set('', arn ?? unknownArn(from, 'Arn'));
  else if (ref === 'name') attributes.set('', name);
  else if (ref !== undefined) attributes.set('', 'parts' in ref ? ref.parts.map((part) => refPart(part, filling)).join('|') : refPart(ref, filling));
  for (const [attribute, kind] of Object.entries(identity.attributes)) {
    switch (kind) {
      case 'arn':
        attributes.set(attribute, arn ?? unknownArn(from, attribute));
        break;
      case 'arn:*':
        attributes.set(attribute, `${arn ?? unknownArn(from, attribute)}:*`);
        break;
      case 'name':
        attributes.set(attribute, name);
        break;
      case 'secret':
        break;
      case 'other-arn':
        attributes.set(attribute, unknownArn(from, attribute));
        break;
      default:
        attributes.set(attribute, attributeText(attribute, filling));
    }
  }
  return attributes;
}

function refPart(part: RefPart, filling: Filling): string {
  if ('attribute' in part) return attributeText(part.attribute, filling);
  return propertyText(part.property, filling);
}

/** An attribute that AWS gives the resource: known where the input comes from AWS (a state, an export), else a word that only the deployment knows. */
function attributeText(attribute: string, filling: Filling): string {
  const known = readText(selectOne(filling.properties, attribute))?.text;
  return known === undefined || hasOpenHole(known) ? generated(filling.from, `.${attribute}`) : known;
}

function propertyText(property: string, filling: Filling): string {
  if (property === filling.nameProperty) return filling.name;
  return readText(selectOne(filling.properties, property))?.text ?? generated(filling.from, `.${property}`);
}

function fillArn(template: string, filling: Filling): string {
  let arn = '';
  for (const part of arnParts(template)) arn += typeof part === 'string' ? part : arnHole(part, filling);
  return arn;
}

function arnHole({ word, property, reading }: ArnHole, filling: Filling): string {
  const { from } = filling;
  if (word === 'Partition') return from.scope.partition;
  if (word === 'Region') return regionText(from.scope.id, from.region);
  if (word === 'Account') return accountText(from.scope.id, from.account);
  if (word.startsWith('@')) return attributeText(word.slice(1), filling);
  if (word.startsWith('?')) return generated(from, `.${word.slice(1)}`);
  if (reading === 'path') return readText(selectOne(filling.properties, property))?.text ?? '/';
  return read(propertyText(property, filling), reading);
}

interface ArnHole {
  readonly word: string;
  readonly property: string;
  readonly reading: string | undefined;
}

const templates = once(() => new Map<string, readonly (string | ArnHole)[]>());

/** An ARN template taken apart, once per type. */
function arnParts(template: string): readonly (string | ArnHole)[] {
  const known = templates().get(template);
  if (known !== undefined) return known;
  const parts = template.split(/(\$\{[^}]+\})/).flatMap((piece): readonly (string | ArnHole)[] => {
    if (piece === '') return [];
    if (!piece.startsWith('${')) return [piece];
    const word = piece.slice(2, -1);
    const [property = word, reading] = word.split('|');
    return [{ word, property, reading }];
  });
  templates().set(template, parts);
  return parts;
}

/** The part of a property's text that its ARN holds. */
function read(text: string, reading: string | undefined): string {
  switch (reading) {
    case 'slash':
      return text.startsWith('/') ? text : `/${text}`;
    case 'host':
      return text.replace(/^https?:\/\//, '');
    case 'last':
      return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
    case 'organizationPolicyType':
      return text.toLowerCase();
    default:
      return text;
  }
}

function readTags(properties: Value): EntityDeclaration['tags'] {
  const tags: { key: Text; value: Text }[] = [];
  for (const { value } of [...select(properties, 'Tags[]'), ...select(properties, 'tags')]) {
    if (value.kind !== 'map') continue;
    const key = readText(selectOne(value, 'Key'));
    const held = readText(selectOne(value, 'Value'));
    if (key !== undefined && held !== undefined) tags.push({ key, value: held });
    else {
      for (const entry of value.entries) {
        const text = readText(entry.value);
        if (text !== undefined) tags.push({ key: { text: entry.key, origin: entry.keyOrigin }, value: text });
      }
    }
  }
  return tags;
}

function maxSession(properties: Value): { readonly maxSessionSeconds?: Text } {
  const text = readText(selectOne(properties, 'MaxSessionDuration') ?? selectOne(properties, 'max_session_duration'));
  return text === undefined ? {} : { maxSessionSeconds: text };
}
