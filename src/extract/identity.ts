import type { Value } from '../core/value.ts';
import type { Text } from '../iam/policy-document.ts';
import { readText } from '../iam/texts.ts';
import { accountText, regionText } from '../iam/deployment.ts';
import { hole } from '../iam/token.ts';
import type { DeclaringResource, EntityDeclaration, EntityType } from './declaration.ts';
import { select, selectOne } from './select.ts';
import type { Identity } from './table.ts';

/** What identifies a resource: name, path and ARN with holes for what the deployment decides, and what references to it yield. */
export function declareEntity(from: DeclaringResource, properties: Value, entity: EntityType, service: string, identity: Identity): EntityDeclaration {
  const name = identity.name === undefined ? undefined : readText(selectOne(properties, identity.name));
  const path = identity.path === undefined ? undefined : readText(selectOne(properties, identity.path));
  const nameText = name?.text ?? hole('~', `${from.scope.id}#${from.address}`);
  const arn = identity.arn === undefined ? undefined : fillArn(identity.arn, from, properties, nameText, path?.text);
  const attributes = new Map<string, string>();
  for (const [attribute, yields] of Object.entries(identity.attributes)) {
    const text = yields === 'arn' ? arn : yields === 'name' ? nameText : yields === 'account' ? accountText(from.scope.id, from.account) : undefined;
    if (text !== undefined) attributes.set(attribute, text);
    else if (yields === 'id') attributes.set(attribute, hole('~', `${from.scope.id}#${from.address}.${attribute}`));
  }
  return {
    kind: 'entity',
    entity,
    service,
    name,
    path,
    attributes,
    arn,
    external: from.address.startsWith('data.'),
    tags: readTags(properties),
    from,
    ...maxSession(properties),
  };
}

function fillArn(template: string, from: DeclaringResource, properties: Value, name: string, path: string | undefined): string {
  return template.replace(/\$\{([A-Za-z0-9_.]+)\}/g, (_whole, word: string) => {
    switch (word) {
      case 'Partition':
        return from.scope.partition;
      case 'Region':
        return regionText(from.scope.id, from.region);
      case 'Account':
        return accountText(from.scope.id, from.account);
      case 'Name':
        return name;
      case 'Path':
        return path ?? '/';
      default:
        return readText(selectOne(properties, word))?.text ?? hole('~', `${from.scope.id}#${from.address}.${word}`);
    }
  });
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
