import type { PermissionModel, Principal } from '../model/model.ts';
import { type AccountControls, accountControls } from './controls.ts';
import { DocumentStore } from './documents.ts';
import { createHoldings, type Holding } from './holdings.ts';
import { createJudge, type Judge } from './judge.ts';
import { indexResources, type ResourceIndex } from './resources.ts';

/** What all questions share: compiled documents, holdings, the judge. */
export interface Foundation {
  readonly model: PermissionModel;
  readonly store: DocumentStore;
  readonly controlsOf: (account: string) => AccountControls;
  readonly holdingOf: (principal: Principal) => Holding;
  readonly judge: Judge;
  readonly resources: ResourceIndex;
  readonly principalById: (id: string) => Principal | undefined;
  /** A principal by ARN, id, logical id, address or name; undefined when none or several are called so. */
  readonly principalNamed: (text: string) => Principal | undefined;
}

/** Lays the foundation; what it compiles it compiles when first asked. */
export function foundationOf(model: PermissionModel): Foundation {
  const store = new DocumentStore();
  const controlsOf = accountControls(model, store);
  const byId = new Map(model.principals.map((principal) => [principal.entity.id, principal]));
  const named = lazily(() => principalsNamed(model));
  const names = lazily(() => namesOf(model));
  const resources = lazily(() => indexResources(model));
  return {
    model,
    store,
    controlsOf,
    holdingOf: createHoldings(store, controlsOf, (arn) => named().has(arn)),
    judge: createJudge(model, store, controlsOf),
    get resources() {
      return resources();
    },
    principalById: (id) => byId.get(id),
    principalNamed: (text) => {
      const entity = text.startsWith('arn:') ? model.entityByArn(roleOfSession(text)) : undefined;
      return (entity === undefined ? undefined : byId.get(entity.id)) ?? byId.get(text) ?? names().get(text);
    },
  };
}

/** ARNs that policies name as principals: such a principal differs from others that hold the same. */
function principalsNamed(model: PermissionModel): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { kind, document } of model.policies) {
    if (kind !== 'trust' && kind !== 'resource') continue;
    for (const statement of document.statements) for (const entry of statement.principal?.entries ?? []) if (entry.type === 'AWS') named.add(roleOfSession(entry.text));
  }
  return named;
}

/** A session acts as its role. */
function roleOfSession(arn: string): string {
  const session = /^arn:([^:]*):sts::([^:]*):assumed-role\/([^/]+)\//.exec(arn);
  return session === null ? arn : `arn:${session[1] ?? ''}:iam::${session[2] ?? ''}:role/${session[3] ?? ''}`;
}

function namesOf(model: PermissionModel): ReadonlyMap<string, Principal> {
  const names = new Map<string, Principal>();
  const doubled = new Set<string>();
  for (const principal of model.principals) {
    const { entity } = principal;
    for (const name of new Set([entity.arn, entity.name, entity.from.address, entity.from.displayName])) {
      const other = names.get(name);
      if (other !== undefined && other !== principal) doubled.add(name);
      names.set(name, principal);
    }
  }
  for (const name of doubled) names.delete(name);
  return names;
}

/** Computes when first asked, once. */
export function lazily<T>(compute: () => T): () => T {
  let cell: { readonly value: T } | undefined;
  return () => {
    cell ??= { value: compute() };
    return cell.value;
  };
}
