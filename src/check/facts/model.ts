import { accountRelation } from '../../model/organization.ts';
import type { AccountRelation, Credential, Entity, PermissionModel, Policy, Principal } from '../../model/model.ts';
import { type ActionPattern, readActionPattern } from './action.ts';
import { type ResourcePattern, readResourcePattern, typeWordsOf } from './resource.ts';

/** Questions about the model that many rules ask, worked out once per run. */
export interface ModelFacts {
  readonly model: PermissionModel;
  /** How an account relates to the account a policy lives in (both 12 digits or holes). */
  readonly relation: (account: string, home: string) => AccountRelation;
  /** Known actions beyond the catalogue, from configuration, in lower case. */
  readonly knownActions: ReadonlySet<string>;
  /** An action string, read once per run. */
  readonly actionPattern: (text: string) => ActionPattern;
  /** A resource string, read once per run. */
  readonly resourcePattern: (text: string) => ResourcePattern;
  /** The service whose policy it is: that of the resource it hangs on, else the one its actions all belong to. */
  readonly serviceOf: (policy: Policy) => string | undefined;
  /** Principals by the id of their entity. */
  readonly principalOf: (entity: Entity) => Principal | undefined;
  /** Credentials made for a user. */
  readonly credentialsOf: (user: Entity) => readonly Credential[];
  /** Principals that hold a policy, directly. */
  readonly holdersOf: (policy: Policy) => readonly Principal[];
  /** Members of a group. */
  readonly membersOf: (group: Principal) => readonly Principal[];
}

/** Builds the facts of a run; indexes are made when first asked for. */
export function modelFacts(model: PermissionModel, settings: { readonly knownActions: ReadonlySet<string> }): ModelFacts {
  const actions = new Map<string, ActionPattern>();
  const resources = new Map<string, ResourcePattern>();
  const typeWords = new Map<string, ReadonlySet<string>>();
  const services = new Map<Policy, string | undefined>();
  const wordsOf = (service: string): ReadonlySet<string> => remembered(typeWords, service, typeWordsOf);
  const actionPattern = (text: string): ActionPattern => remembered(actions, text, readActionPattern);
  const index = lazily(() => indexModel(model));
  return {
    model,
    relation: (account, home) => relationIn(model, account, home),
    knownActions: new Set([...settings.knownActions].map((action) => action.toLowerCase())),
    actionPattern,
    resourcePattern: (text) => remembered(resources, text, () => readResourcePattern(text, wordsOf)),
    serviceOf: (policy) => remembered(services, policy, () => serviceOf(policy, model, actionPattern)),
    principalOf: (entity) => index().principals.get(entity.id),
    credentialsOf: (user) => index().credentials.get(user.id) ?? [],
    holdersOf: (policy) => index().holders.get(policy.id) ?? [],
    membersOf: (group) => index().members.get(group.entity.id) ?? [],
  };
}

/** An account whose own description is among the inputs is one of ours, whether or not an organization is declared. */
function relationIn(model: PermissionModel, account: string, home: string): AccountRelation {
  const relation = accountRelation(model.organization, account, home);
  return relation === 'unknown-account' && model.coverage.completeAccounts.has(account) ? 'organization' : relation;
}

function serviceOf(policy: Policy, model: PermissionModel, actionPattern: (text: string) => ActionPattern): string | undefined {
  const owner = policy.owners[0] ?? model.entities.get(`${policy.from.scope.id}#${policy.from.address}`);
  if (owner !== undefined && owner.service !== '' && policy.kind !== 'trust') return owner.service;
  const named = new Set<string>();
  for (const statement of policy.document.statements) {
    for (const text of statement.action?.patterns ?? []) {
      const { service } = actionPattern(text.text);
      if (service !== undefined) named.add(service);
    }
  }
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

interface ModelIndex {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly credentials: ReadonlyMap<string, readonly Credential[]>;
  readonly holders: ReadonlyMap<string, readonly Principal[]>;
  readonly members: ReadonlyMap<string, readonly Principal[]>;
}

function indexModel(model: PermissionModel): ModelIndex {
  const holders = new Map<string, Principal[]>();
  const members = new Map<string, Principal[]>();
  const credentials = new Map<string, Credential[]>();
  for (const principal of model.principals) {
    for (const attached of principal.policies) append(holders, attached.policy.id, principal);
    for (const group of principal.groups) append(members, group.entity.id, principal);
  }
  for (const credential of model.credentials) {
    if (credential.user !== undefined) append(credentials, credential.user.id, credential);
  }
  return { principals: new Map(model.principals.map((principal) => [principal.entity.id, principal])), credentials, holders, members };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function remembered<K, V>(memo: Map<K, V>, key: K, compute: (key: K) => V): V {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const value = compute(key);
  memo.set(key, value);
  return value;
}

function lazily<T>(compute: () => T): () => T {
  let cell: { readonly value: T } | undefined;
  return () => {
    cell ??= { value: compute() };
    return cell.value;
  };
}
