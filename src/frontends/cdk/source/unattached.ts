import { itemsOf, knownText, type Mapping, property } from '../../../core/value.ts';
import type { Resource } from '../../frontend.ts';
import type { TypeScriptFile } from '../typescript/file-facts.ts';
import { documentOf } from './special.ts';
import { entry, mapping } from './values.ts';

/**
 * A statement whose use the sources do not show (a parameter, a property of another construct) as a raw policy: with principals
 * it is a resource's or a role's trust, without them an identity's.
 */
export function statementResource(statement: Mapping, file: TypeScriptFile): Resource {
  const { origin } = statement;
  const kind = property(statement, 'Principal') === undefined && property(statement, 'NotPrincipal') === undefined ? 'identity' : isTrust(statement) ? 'trust' : 'resource';
  const properties = mapping([entry('Document', documentOf({ kind: 'list', items: [statement], origin }, origin))], origin);
  const name = knownText(property(statement, 'Sid')) ?? `statement of ${file.source.path.slice(file.source.path.lastIndexOf('/') + 1)}`;
  return { type: `policy:${kind}`, address: name, displayName: name, properties: () => properties, origin: { source: origin.source, start: origin.start, end: Math.min(origin.end, origin.start + 'new PolicyStatement'.length) }, extent: origin };
}

function isTrust(statement: Mapping): boolean {
  const actions = itemsOf(property(statement, 'Action')).map(knownText);
  return actions.length > 0 && actions.every((action) => action?.toLowerCase().startsWith('sts:') === true);
}
