import { cfnIdentity } from '../data/cfn-identity.ts';
import { resourceTypeRow, terraformIdentity } from '../data/resource-types.ts';
import { hasOpenHole } from '../iam/token.ts';
import type { Binding, Entity, Policy, Principal } from '../model/model.ts';
import { isServiceLinked } from '../model/control-policies.ts';
import type { Verdict } from '../core/verdict.ts';
import { type Foundation, lazily } from './foundation.ts';
import type { Holding } from './holdings.ts';
import type { Question } from './judge.ts';

/** A resource that runs as a role. */
export interface BoundResource {
  readonly kind: string;
  readonly arn: string;
  readonly entity: Entity | undefined;
  readonly role: Principal;
  readonly binding: Binding;
}

/** Principals that hold the same. */
export interface HoldingClass {
  readonly key: string;
  readonly holding: Holding;
  readonly members: Principal[];
}

/** What an account holds, as targets of techniques. */
export interface AccountInventory {
  readonly account: string;
  readonly roles: Principal[];
  readonly users: Principal[];
  readonly groups: Principal[];
  readonly classes: Map<string, HoldingClass>;
  readonly bound: Map<string, BoundResource[]>;
  /** Resources of a kind, whether or not they run as a role. */
  readonly resources: Map<string, Entity[]>;
}

export interface Inventory {
  readonly accounts: ReadonlyMap<string, AccountInventory>;
  /** Roles of the account whose trust policy admits the service. */
  readonly trusting: (account: string, service: string) => readonly TrustingRole[];
  readonly customerPolicies: (principal: Principal) => readonly { readonly policy: Policy; readonly arn: string }[];
  /** Roles that an instance profile holds. */
  readonly inProfile: (role: Principal) => boolean;
  readonly hasLogin: (user: Principal) => boolean;
  readonly membersOf: (group: Principal) => readonly Principal[];
}

export interface TrustingRole {
  readonly role: Principal;
  readonly verdict: Verdict;
  readonly question: Question;
}

/** Sorts a model by account, so that techniques meet only targets they can reach. */
export function takeInventory(foundation: Foundation): Inventory {
  const { model } = foundation;
  const accounts = new Map<string, AccountInventory>();
  const of = (account: string): AccountInventory => {
    const known = accounts.get(account);
    if (known !== undefined) return known;
    const made: AccountInventory = { account, roles: [], users: [], groups: [], classes: new Map(), bound: new Map(), resources: new Map() };
    accounts.set(account, made);
    return made;
  };
  const members = new Map<string, Principal[]>();
  const kindOf = kindReader();
  for (const principal of model.principals) {
    const inventory = of(principal.entity.account);
    (principal.kind === 'role' ? inventory.roles : principal.kind === 'user' ? inventory.users : inventory.groups).push(principal);
    for (const group of principal.groups) append(members, group.entity.id, principal);
    const holding = foundation.holdingOf(principal);
    const known = inventory.classes.get(holding.key);
    if (known === undefined) inventory.classes.set(holding.key, { key: holding.key, holding, members: [principal] });
    else known.members.push(principal);
  }
  for (const binding of model.bindings) {
    const role = binding.role === undefined ? undefined : foundation.principalById(binding.role.id);
    if (role === undefined || !binding.declaration.runsCode) continue;
    const kind = kindOf(binding.declaration.from.type);
    const arn = binding.resource?.arn;
    if (kind === undefined || arn === undefined) continue;
    append(of(role.entity.account).bound, kind, { kind, arn, entity: binding.resource, role, binding });
  }
  for (const entity of model.entities.values()) {
    const kind = entity.entity === 'resource' ? kindOf(entity.from.type) : undefined;
    if (kind !== undefined) append(of(entity.account).resources, kind, entity);
  }
  return { accounts, trusting: trustFinder(foundation, accounts), customerPolicies: (principal) => customerPolicies(principal, foundation), ...profiles(foundation), membersOf: (group) => members.get(group.entity.id) ?? [] };
}

function profiles(foundation: Foundation): Pick<Inventory, 'inProfile' | 'hasLogin'> {
  const { model } = foundation;
  const held = lazily(() => new Set(model.bindings.flatMap((binding) => (binding.resource?.entity === 'instance-profile' && binding.role !== undefined ? [binding.role.id] : []))));
  const logins = lazily(() => new Set(model.credentials.flatMap(({ declaration, user }) => (declaration.credential === 'login-profile' && user !== undefined ? [user.id] : []))));
  return { inProfile: (role) => held().has(role.entity.id), hasLogin: (user) => logins().has(user.entity.id) };
}

/** Roles of identity pools trust the service as an identity provider. Source: Cognito Developer Guide, "IAM roles". */
const IDENTITY_POOLS = 'cognito-identity.amazonaws.com';

/** Trust policies are few though roles are many: equal ones are asked once for each service and account. */
function trustFinder(foundation: Foundation, accounts: ReadonlyMap<string, AccountInventory>): Inventory['trusting'] {
  const found = new Map<string, readonly TrustingRole[]>();
  const verdicts = new Map<string, Verdict>();
  return (account, service) => {
    const key = `${account}|${service}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const roles = (accounts.get(account)?.roles ?? []).flatMap((role): TrustingRole[] => {
      if (role.trust === undefined || isServiceLinked(role.entity)) return [];
      const question: Question = { principal: service, action: service === IDENTITY_POOLS ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole', resource: role.entity.arn, resourceAccount: account, resourcePolicies: [role.trust], context: { 'aws:SourceAccount': account } };
      const document = foundation.store.intern(role.trust.document);
      const memo = `${document.id}|${key}`;
      const verdict = verdicts.get(memo) ?? foundation.judge.ask(question).verdict;
      verdicts.set(memo, verdict);
      return verdict === 'no' ? [] : [{ role, verdict, question }];
    });
    found.set(key, roles);
    return roles;
  };
}

/** Customer managed policies that a principal holds itself or through its groups, with their ARNs. */
function customerPolicies(principal: Principal, { model }: Foundation): readonly { readonly policy: Policy; readonly arn: string }[] {
  return [principal, ...principal.groups].flatMap((holder) =>
    holder.policies.flatMap(({ policy }) => {
      const arn = policy.managed === 'customer' ? model.entities.get(`${policy.from.scope.id}#${policy.from.address}`)?.arn : undefined;
      return arn === undefined || hasOpenHole(arn) ? [] : [{ policy, arn }];
    }),
  );
}

/** `service:type` of a resource type of either dialect, as its row says. */
function kindReader(): (type: string) => string | undefined {
  const kinds = new Map<string, string | undefined>();
  return (type) => {
    if (!kinds.has(type)) kinds.set(type, type.includes('::') ? (resourceTypeRow('cloudformation', type)?.identity?.resource ?? cfnIdentity(type)?.resource) : terraformIdentity(type)?.resource);
    return kinds.get(type);
  };
}

/** Principals that nobody but AWS can change. Source: IAM User Guide, "Service-linked roles"; Identity Center User Guide, "Referencing permission sets". */
export function isImmutable(entity: Entity): boolean {
  return entity.path.startsWith('/aws-service-role/') || entity.path.startsWith('/aws-reserved/');
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
