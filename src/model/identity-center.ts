import type { AssignmentDeclaration, AttachmentDeclaration, BoundaryDeclaration, Declaration, DeclaringResource, EntityDeclaration } from '../extract/declaration.ts';
import { accountText } from '../iam/deployment.ts';
import type { Text } from '../iam/policy-document.ts';
import { hole } from '../iam/token.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Assignment, AttachedPolicy, BoundaryLink, Entity, IdentityCenter, PermissionSet, Policy, Principal } from './model.ts';
import { syntheticRole, syntheticTrust } from './synthetic.ts';

export interface IdentityCenterInput {
  readonly declarations: readonly Declaration[];
  readonly entities: ReadonlyMap<string, EntityDeclaration>;
  readonly binder: Binder;
  readonly directory: Directory;
  /** What is attached to an entity, by its id. */
  readonly attached: ReadonlyMap<string, readonly AttachedPolicy[]>;
  readonly unbound: ReadonlyMap<string, readonly Text[]>;
  /** The managed policy a text names in an account. */
  readonly policyNamed: (text: string, account: string, from: DeclaringResource) => Policy | undefined;
  /** Roles and their trust policies that inputs declare. */
  readonly declared: readonly Principal[];
}

export interface LinkedIdentityCenter {
  readonly identityCenter: IdentityCenter;
  readonly assignments: readonly Assignment[];
  /** One role for each permission set and account; those that take the place of a declared role have its entity. */
  readonly roles: readonly Principal[];
}

/**
 * Permission sets, who is in which group, and the roles that assignments bring about: one for each set and account, however many
 * are assigned to it. Source: IAM Identity Center User Guide, "Permission sets", "Referencing permission sets in resource policies".
 */
export function linkIdentityCenter(input: IdentityCenterInput): LinkedIdentityCenter {
  const sets = permissionSets(input);
  const identities = identityIndex(input);
  const live = reservedRoles(input.declared);
  const roles = new Map<string, Principal>();
  const assignments = input.declarations.flatMap((declaration): Assignment[] => {
    if (declaration.kind !== 'assignment') return [];
    const set = setNamed(declaration, input, sets);
    const account = declaration.target === undefined ? undefined : input.binder.bind(declaration.target.text);
    const role = set === undefined || account === undefined || account === '' ? undefined : roleFor(set, account, declaration, input, live, roles);
    const principal = identities.get(input.binder.bind(declaration.principal?.text ?? ''));
    return [{ declaration, permissionSet: set?.entity, principal, account, role }];
  });
  return { identityCenter: { permissionSets: [...sets.values()], members: membersOf(input, identities) }, assignments, roles: [...roles.values()] };
}

interface SetParts extends PermissionSet {
  readonly boundary: BoundaryDeclaration | undefined;
}

function permissionSets(input: IdentityCenterInput): ReadonlyMap<string, SetParts> {
  const named = new Map<string, Text[]>();
  const boundaries = new Map<string, BoundaryDeclaration>();
  for (const declaration of input.declarations) {
    if (declaration.kind === 'attachment' && declaration.policyIs === 'name') for (const owner of ownersOf(declaration, input)) named.set(owner.id, [...(named.get(owner.id) ?? []), input.binder.bindText(declaration.policy)]);
    if (declaration.kind === 'boundary') for (const owner of ownersOf(declaration, input)) boundaries.set(owner.id, declaration);
  }
  const sets = new Map<string, SetParts>();
  for (const entity of input.directory.entities.values()) {
    if (entity.entity !== 'permission-set') continue;
    sets.set(entity.id, { entity, policies: input.attached.get(entity.id) ?? [], customerManaged: named.get(entity.id) ?? [], boundary: boundaries.get(entity.id) });
  }
  return sets;
}

/** The permission sets an attachment or boundary is for. */
function ownersOf(declaration: AttachmentDeclaration | BoundaryDeclaration, { binder, directory }: IdentityCenterInput): readonly Entity[] {
  const targets = declaration.kind === 'attachment' ? declaration.targets : declaration.target === undefined ? undefined : [declaration.target];
  const own = targets === undefined ? [directory.entities.get(keyOf(declaration))] : targets.filter((target) => target.entity === 'permission-set').map((target) => directory.find('permission-set', binder.bind(target.name.text), homeOf(declaration, binder)));
  return own.flatMap((entity) => (entity?.entity === 'permission-set' ? [entity] : []));
}

function setNamed(declaration: AssignmentDeclaration, { binder, directory }: IdentityCenterInput, sets: ReadonlyMap<string, SetParts>): SetParts | undefined {
  const entity = directory.find('permission-set', binder.bind(declaration.permissionSet.text), homeOf(declaration, binder));
  return entity === undefined ? undefined : sets.get(entity.id);
}

function roleFor(set: SetParts, account: string, declaration: AssignmentDeclaration, input: IdentityCenterInput, live: ReadonlyMap<string, Principal>, roles: Map<string, Principal>): Principal {
  const key = `${set.entity.id}@${account}`;
  const known = roles.get(key);
  if (known !== undefined) return known;
  const deployed = live.get(`${account}|${set.entity.name}`);
  const entity = deployed?.entity ?? reservedRole(set, account, key, declaration);
  const customer = customerManaged(set, account, input);
  const role: Principal = {
    entity,
    kind: 'role',
    policies: customer.found.length === 0 ? set.policies : [...set.policies, ...customer.found],
    boundary: boundaryFor(set, account, input),
    trust: deployed?.trust ?? reservedTrust(entity, account, declaration.from),
    groups: [],
    unknownAttachments: [...(input.unbound.get(set.entity.id) ?? []), ...customer.missing],
    madeBy: 'identity-center',
  };
  roles.set(key, role);
  return role;
}

/**
 * The hash in the name is AWS's. The path holds the home region of Identity Center, unless that is us-east-1.
 * Source: IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS, and AWS KMS".
 */
function reservedRole(set: SetParts, account: string, key: string, declaration: AssignmentDeclaration): Entity {
  const region = set.entity.from.region ?? declaration.from.region;
  const home = region === undefined ? hole('?', `deployment-region|${set.entity.from.scope.id}#identity-center-region`) : region === 'us-east-1' ? '' : `${region}/`;
  const name = `AWSReservedSSO_${set.entity.name}_${hole('~', `${key}#hash`)}`;
  return syntheticRole(key, name, `/aws-reserved/sso.amazonaws.com/${home}`, account, declaration.from);
}

function reservedTrust(role: Entity, account: string, from: DeclaringResource): Policy {
  const provider = `arn:${from.scope.partition}:iam::${account}:saml-provider/AWSSSO_${hole('~', `identity-center@${account}#provider`)}_DO_NOT_DELETE`;
  const audience = { operator: 'StringEquals', key: 'SAML:aud', value: 'https://signin.aws.amazon.com/saml' };
  return syntheticTrust(role, { type: 'Federated', principal: provider, actions: ['sts:AssumeRoleWithSAML', 'sts:TagSession'], conditions: [audience] }, from);
}

/** Customer-managed policies are named only: each account has its own of that name, or assigning the set to it fails. */
function customerManaged(set: SetParts, account: string, input: IdentityCenterInput): { readonly found: readonly AttachedPolicy[]; readonly missing: readonly Text[] } {
  const found: AttachedPolicy[] = [];
  const missing: Text[] = [];
  for (const name of set.customerManaged) {
    const entity = input.directory.find('managed-policy', name.text, account);
    const policy = entity === undefined ? undefined : input.policyNamed(entity.arn, account, set.entity.from);
    if (policy === undefined) missing.push(name);
    else found.push({ policy, at: name, when: name.when ?? [] });
  }
  return { found, missing };
}

function boundaryFor(set: SetParts, account: string, { binder, policyNamed }: IdentityCenterInput): BoundaryLink | undefined {
  if (set.boundary === undefined) return undefined;
  const at = binder.bindText(set.boundary.policy);
  return { at, policy: policyNamed(at.text, account, set.entity.from) };
}

/** Roles of permission sets that the inputs declare as they are in AWS, by account and name of the set. */
function reservedRoles(declared: readonly Principal[]): ReadonlyMap<string, Principal> {
  const found = new Map<string, Principal>();
  for (const principal of declared) {
    const set = principal.kind === 'role' ? /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(principal.entity.name)?.[1] : undefined;
    if (set !== undefined) found.set(`${principal.entity.account}|${set}`, principal);
  }
  return found;
}

/** Groups and users of Identity Center by everything that references to them yield. */
function identityIndex({ entities, directory, binder }: IdentityCenterInput): ReadonlyMap<string, Entity> {
  const index = new Map<string, Entity>();
  for (const [key, declaration] of entities) {
    if (declaration.entity !== 'identity-center-group' && declaration.entity !== 'identity-center-user') continue;
    const entity = directory.entities.get(key);
    if (entity === undefined) continue;
    for (const text of declaration.attributes.values()) index.set(binder.bind(text), entity);
  }
  return index;
}

function membersOf({ declarations, binder }: IdentityCenterInput, identities: ReadonlyMap<string, Entity>): ReadonlyMap<string, readonly Entity[]> {
  const members = new Map<string, Set<Entity>>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'membership') continue;
    for (const groupText of declaration.groups ?? []) {
      const group = identities.get(binder.bind(groupText.text));
      if (group?.entity !== 'identity-center-group') continue;
      const known = members.get(group.id) ?? new Set();
      for (const user of declaration.users ?? []) {
        const entity = identities.get(binder.bind(user.text));
        if (entity !== undefined) known.add(entity);
      }
      members.set(group.id, known);
    }
  }
  return new Map([...members].map(([group, users]) => [group, [...users]]));
}

function homeOf(declaration: Pick<Declaration, 'from'>, binder: Binder): string {
  return binder.bind(accountText(declaration.from.scope.id, declaration.from.account));
}

function keyOf(declaration: Pick<Declaration, 'from'>): string {
  return `${declaration.from.scope.id}#${declaration.from.address}`;
}
