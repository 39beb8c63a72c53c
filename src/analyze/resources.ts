import { type Arn, isAccountId, parseArn } from '../iam/arn.ts';
import { hasHole } from '../iam/token.ts';
import type { Entity, PermissionModel, Policy } from '../model/model.ts';

/** What the model knows of a resource that a request names. */
export interface KnownResource {
  /** ARN as the model writes it; the text itself when the model does not know it. */
  readonly arn: string;
  readonly entity: Entity | undefined;
  readonly account: string | undefined;
  /** Policies on it; `unknown` when it is not in the inputs, so that some may exist unseen. */
  readonly policies: readonly Policy[] | 'unknown';
}

/** Finds resources by ARN, id or name, with the policies on them. */
export interface ResourceIndex {
  readonly find: (text: string) => KnownResource;
  readonly policiesOf: (entity: Entity) => readonly Policy[];
}

/** Indexes the resource and trust policies of a model by what they hang on. */
export function indexResources(model: PermissionModel): ResourceIndex {
  const byOwner = new Map<string, Policy[]>();
  const byText = new Map<string, Policy[]>();
  for (const policy of model.policies) {
    if (policy.kind !== 'resource' && policy.kind !== 'trust') continue;
    for (const owner of policy.owners) push(byOwner, owner.id, policy);
    for (const text of policy.unboundOwners) push(byText, text.text, policy);
  }
  for (const { entity, trust } of model.principals) if (trust !== undefined && !byOwner.has(entity.id)) byOwner.set(entity.id, [trust]);
  const policiesOf = (entity: Entity): readonly Policy[] => byOwner.get(entity.id) ?? [];
  const names = lazyNames(model);
  const known = (entity: Entity, arn: string): KnownResource => ({ arn, entity, account: entity.account, policies: entity.external && policiesOf(entity).length === 0 ? 'unknown' : policiesOf(entity) });
  const find = (text: string): KnownResource => {
    if (!text.startsWith('arn:')) {
      const named = names().get(text);
      if (named !== undefined) return known(named, named.arn);
    }
    for (const arn of shorter(text)) {
      const entity = model.entityByArn(arn);
      if (entity !== undefined) return known(entity, text);
    }
    const unbound = shorter(text).map((arn) => byText.get(arn) ?? byText.get(lastPart(arn))).find((policies) => policies !== undefined);
    return { arn: text, entity: undefined, account: accountIn(parseArn(text)), policies: unbound ?? 'unknown' };
  };
  return { find, policiesOf };
}

function accountIn(arn: Arn | undefined): string | undefined {
  return arn !== undefined && (isAccountId(arn.account) || hasHole(arn.account)) ? arn.account : undefined;
}

/** Logical ids, names and addresses; those that name several things name none. */
function lazyNames(model: PermissionModel): () => ReadonlyMap<string, Entity> {
  let names: Map<string, Entity> | undefined;
  return () => {
    if (names !== undefined) return names;
    names = new Map();
    const doubled = new Set<string>();
    for (const entity of model.entities.values()) {
      for (const name of new Set([entity.id, entity.name, entity.from.address, entity.from.displayName])) {
        const other = names.get(name);
        if (other !== undefined && other !== entity) doubled.add(name);
        names.set(name, entity);
      }
    }
    for (const name of doubled) names.delete(name);
    return names;
  };
}

/** The ARN, and what it is part of: an object's bucket, a version's function. At most as many as the ARN has parts. */
function shorter(arn: string): readonly string[] {
  const found = [arn];
  const start = nthColon(arn, 5);
  if (start === -1) return found;
  for (let at = arn.length - 1; at > start && found.length < 16; at -= 1) if (arn[at] === '/' || arn[at] === ':') found.push(arn.slice(0, at));
  return found;
}

function nthColon(text: string, count: number): number {
  let at = -1;
  for (let n = 0; n < count; n += 1) {
    at = text.indexOf(':', at + 1);
    if (at === -1) return -1;
  }
  return at;
}

function lastPart(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
