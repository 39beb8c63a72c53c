import type { EntityDeclaration, EntityType } from '../extract/declaration.ts';
import { parseArn } from '../iam/arn.ts';
import { hasHole } from '../iam/token.ts';
import type { Binder } from './bind.ts';
import type { Entity } from './model.ts';
import { accountText } from '../iam/deployment.ts';

/** All entities of the run, found by reference, ARN, or name. */
export interface Directory {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly byArn: (arn: string) => Entity | undefined;
  /** What a text names: an ARN, or a name (or path and name) of the given type in an account. */
  readonly find: (type: EntityType, text: string, account: string) => Entity | undefined;
}

export function createDirectory(declarations: Iterable<EntityDeclaration>, binder: Binder): Directory {
  const entities = new Map<string, Entity>();
  const arns = new Map<string, Entity>();
  const names = new Map<string, Entity>();
  /** Names that stand for one entity only, for templates whose account is not known. */
  const anywhere = new Map<string, Entity | null>();
  for (const declaration of declarations) {
    const entity = toEntity(declaration, binder);
    if (entities.has(entity.id)) continue;
    entities.set(entity.id, entity);
    if (entity.arn !== '' && !arns.has(entity.arn)) arns.set(entity.arn, entity);
    const key = `${entity.entity}|${entity.name.toLowerCase()}`;
    if (!names.has(`${key}|${entity.account}`)) names.set(`${key}|${entity.account}`, entity);
    anywhere.set(key, anywhere.has(key) ? null : entity);
  }
  const byArn = (arn: string): Entity | undefined => arns.get(arn);
  const find = (type: EntityType, text: string, account: string): Entity | undefined => {
    const named = arns.get(text);
    if (named !== undefined && (type === 'resource' || named.entity === type)) return named;
    const arn = parseArn(text);
    if (arn !== undefined && !arn.resource.startsWith(ARN_TYPES.get(type) ?? '')) return undefined;
    const name = arn === undefined ? text : text.slice(text.lastIndexOf('/') + 1);
    const key = `${type}|${name.toLowerCase()}`;
    // An ARN names the account itself: a role of the same name in the caller's own account is another one, unless that is not known.
    const own = names.get(`${key}|${arn === undefined || arn.account === '' ? account : arn.account}`) ?? (hasHole(account) ? names.get(`${key}|${account}`) : undefined);
    if (own !== undefined || arn !== undefined) return own;
    const only = anywhere.get(key);
    if (only === undefined || only === null) return undefined;
    // An unknown account may be any account, so a name that is given once in the whole run is taken to be that one.
    return hasHole(account) || hasHole(only.account) ? only : undefined;
  };
  return { entities, byArn, find };
}

/** How the resource part of an ARN begins. Source: IAM User Guide, "IAM identifiers". */
const ARN_TYPES: ReadonlyMap<EntityType, string> = new Map([
  ['role', 'role/'],
  ['user', 'user/'],
  ['group', 'group/'],
  ['managed-policy', 'policy/'],
  ['instance-profile', 'instance-profile/'],
]);

function toEntity(declaration: EntityDeclaration, binder: Binder): Entity {
  const { from } = declaration;
  const tags = new Map(declaration.tags.map((tag) => [tag.key.text, binder.bind(tag.value.text)]));
  const name = declaration.name === undefined ? (declaration.attributes.get('name') ?? generatedName(declaration)) : declaration.name.text;
  return {
    id: `${from.scope.id}#${from.address}`,
    entity: declaration.entity,
    service: declaration.service,
    name: binder.bind(name),
    path: binder.bind(declaration.path?.text ?? '/'),
    arn: binder.bind(declaration.arn ?? ''),
    account: binder.bind(accountText(from.scope.id, from.account)),
    external: declaration.external,
    tags,
    from,
    ...(declaration.maxSessionSeconds === undefined ? {} : { maxSessionSeconds: declaration.maxSessionSeconds }),
  };
}

function generatedName(declaration: EntityDeclaration): string {
  return `\uE000~${declaration.from.scope.id}#${declaration.from.address}\uE001`;
}
