import type { EntityType, AttachmentTarget, BoundaryDeclaration, Declaration, DeclaringResource, EntityDeclaration, PolicyDeclaration } from '../extract/declaration.ts';
import type { Extraction } from '../extract/extract.ts';
import { accountText } from '../iam/deployment.ts';
import type { Text } from '../iam/policy-document.ts';
import { identifyAccounts } from './account-identity.ts';
import { adminRoles } from './admin-roles.ts';
import { awsManagedPolicy } from './aws-managed.ts';
import { type Binder, createBinder } from './bind.ts';
import { createDirectory, type Directory } from './directory.ts';
import { linkFederation } from './federation.ts';
import { linkIdentityCenter } from './identity-center.ts';
import { withoutSuperseded } from './live.ts';
import type { AttachedPolicy, BoundaryLink, Coverage, Entity, Organization, PermissionModel, Policy, Principal } from './model.ts';
import { linkOrganization, organizationUnknowns } from './organization.ts';
import { linkBindings } from './role-finder.ts';
import { linkShares } from './shares.ts';

/**
 * Links the declarations of all templates into one model: references become entities, attachments find their policies and
 * principals, whatever dialect each was written in. The order of extractions does not matter.
 */
export function link(extractions: readonly Extraction[], configured: Organization): PermissionModel {
  const declarations = withoutSuperseded(extractions.flatMap((extraction) => extraction.declarations));
  const entities = new Map<string, EntityDeclaration>();
  for (const declaration of declarations) if (declaration.kind === 'entity') entities.set(keyOf(declaration), declaration);
  const identities = identifyAccounts(declarations, entities, configured);
  const binder = createBinder(entities, extractions.flatMap((extraction) => extraction.exports), identities.aliases);
  const directory = createDirectory(entities.values(), binder);
  const linker: Linker = { binder, directory, policies: [], managed: new Map(), attached: new Map(), unbound: new Map(), boundaries: new Map(), trust: new Map(), groups: new Map() };

  for (const declaration of declarations) if (declaration.kind === 'policy') linkPolicy(declaration, linker);
  for (const declaration of declarations) linkRelation(declaration, linker);
  const declared = createPrincipals(directory, linker);
  const { policies, managed } = linker;
  const organization = linkOrganization({ declarations, entities, binder, identities, policies, managed }, configured);
  const sso = linkIdentityCenter({ declarations, entities, binder, directory, attached: linker.attached, unbound: linker.unbound, policyNamed: (text, account, from) => policyNamed(text, account, from, linker), declared });
  const made = [...sso.roles, ...adminRoles(declarations, entities, binder, directory, organization)];
  const principals = withMadeRoles(declared, made);
  const known = withEntities(directory, made);
  return {
    organization,
    entities: known.entities,
    principals,
    policies,
    bindings: linkBindings(declarations, binder, directory),
    credentials: declarations.flatMap((declaration) => (declaration.kind === 'credential' ? [{ declaration, user: declaration.user === undefined ? undefined : find('user', declaration.user, declaration, linker) }] : [])),
    providers: declarations.flatMap((declaration) => (declaration.kind === 'provider' ? [{ declaration, entity: directory.entities.get(keyOf(declaration)) }] : [])),
    settings: declarations.flatMap((declaration) => (declaration.kind === 'setting' ? [{ declaration, resource: declaration.target === undefined ? directory.entities.get(keyOf(declaration)) : find('resource', declaration.target, declaration, linker) }] : [])),
    shares: linkShares({ declarations, entities, binder, directory, organization }),
    assignments: sso.assignments,
    identityCenter: sso.identityCenter,
    federation: linkFederation({ declarations, binder, directory, principals }),
    gaps: declarations.filter((declaration) => declaration.kind === 'gap'),
    coverage: coverageOf(declarations, binder, organization),
    entityByArn: known.byArn,
  };
}

function coverageOf(declarations: readonly Declaration[], binder: Binder, organization: Organization): Coverage {
  const complete = declarations.flatMap((declaration) => (declaration.kind === 'organization' && declaration.node === 'live-account' ? [binder.bind(declaration.account.text)] : []));
  return {
    organization: organization.id !== undefined || organization.accounts.size > 0,
    controlPolicies: organization.controlPolicies === 'complete',
    completeAccounts: new Set(complete),
    unknowns: organizationUnknowns(organization),
  };
}

/** Principals with the roles that AWS makes; such a role takes the place of a declared one that is the same. */
function withMadeRoles(declared: readonly Principal[], made: readonly Principal[]): readonly Principal[] {
  if (made.length === 0) return declared;
  const replaced = new Set(made.map((role) => role.entity.id));
  return [...declared.filter((principal) => !replaced.has(principal.entity.id)), ...made];
}

function withEntities(directory: Directory, made: readonly Principal[]): Pick<Directory, 'entities' | 'byArn'> {
  if (made.length === 0) return directory;
  const arns = new Map(made.map((role) => [role.entity.arn, role.entity]));
  return { entities: new Map([...directory.entities, ...made.map((role) => [role.entity.id, role.entity] as const)]), byArn: (arn) => directory.byArn(arn) ?? arns.get(arn) };
}

interface Linker {
  readonly binder: Binder;
  readonly directory: Directory;
  readonly policies: Policy[];
  /** Managed policies by the entity that is the policy. */
  readonly managed: Map<string, Policy>;
  readonly attached: Map<string, AttachedPolicy[]>;
  readonly unbound: Map<string, Text[]>;
  readonly boundaries: Map<string, BoundaryLink>;
  readonly trust: Map<string, Policy>;
  /** User id to group ids. */
  readonly groups: Map<string, Set<string>>;
}

function keyOf(declaration: Pick<Declaration, 'from'>): string {
  return `${declaration.from.scope.id}#${declaration.from.address}`;
}

function find(type: EntityType, text: Text, declaration: Pick<Declaration, 'from'>, linker: Linker): Entity | undefined {
  return linker.directory.find(type, linker.binder.bind(text.text), homeOf(declaration, linker));
}

/** The account a declaration is deployed to: its digits, or the hole that stands for it. */
function homeOf(declaration: Pick<Declaration, 'from'>, linker: Linker): string {
  return linker.binder.bind(accountText(declaration.from.scope.id, declaration.from.account));
}

function linkPolicy(declaration: PolicyDeclaration, linker: Linker): void {
  const self = linker.directory.entities.get(keyOf(declaration));
  const owners: Entity[] = [];
  const unboundOwners: Text[] = [];
  if (declaration.owner === 'self' && self !== undefined) owners.push(self);
  for (const target of declaration.targets) {
    const entity = find(target.entity, target.name, declaration, linker);
    if (entity === undefined) unboundOwners.push(linker.binder.bindText(target.name));
    else owners.push(entity);
  }
  const policy: Policy = {
    id: `${keyOf(declaration)}#${linker.policies.length}`,
    kind: declaration.policyKind,
    name: linker.binder.bind(declaration.name?.text ?? self?.name ?? declaration.from.displayName),
    document: linker.binder.bindDocument(declaration.document),
    managed: declaration.owner === 'managed' ? 'customer' : 'inline',
    owners,
    unboundOwners,
    synthetic: declaration.synthetic,
    account: owners[0]?.account ?? homeOf(declaration, linker),
    from: declaration.from,
  };
  linker.policies.push(policy);
  if (declaration.owner === 'managed') linker.managed.set(keyOf(declaration), policy);
  if (policy.kind === 'trust') for (const owner of owners) linker.trust.set(owner.id, policy);
  if (policy.kind !== 'identity' || declaration.owner === 'managed') return;
  for (const owner of owners) attach(linker, owner, { policy, at: { text: policy.name, origin: declaration.document.origin }, when: declaration.from.when });
}

function linkRelation(declaration: Declaration, linker: Linker): void {
  switch (declaration.kind) {
    case 'attachment': {
      const self: AttachmentTarget[] | undefined = declaration.targets === undefined ? undefined : [...declaration.targets];
      const owners = self === undefined ? [linker.directory.entities.get(keyOf(declaration))] : self.map((target) => find(target.entity, target.name, declaration, linker));
      const own = declaration.policy.text === '' ? linker.managed.get(keyOf(declaration)) : undefined;
      const policy = own ?? policyOf(declaration.policy, declaration, linker);
      for (const owner of owners) {
        // A permission set names policies that each account has its own of: they are found account by account.
        if (owner === undefined || (owner.entity === 'permission-set' && declaration.policyIs === 'name')) continue;
        if (policy === undefined) push(linker.unbound, owner.id, linker.binder.bindText(declaration.policy));
        else attach(linker, owner, { policy, at: linker.binder.bindText(declaration.policy), when: declaration.policy.when ?? declaration.from.when });
      }
      return;
    }
    case 'boundary':
      linkBoundary(declaration, linker);
      return;
    case 'membership': {
      const users = declaration.users?.map((user) => find('user', user, declaration, linker)) ?? [linker.directory.entities.get(keyOf(declaration))];
      const groups = declaration.groups?.map((group) => find('group', group, declaration, linker)) ?? [linker.directory.entities.get(keyOf(declaration))];
      for (const user of users) {
        if (user === undefined) continue;
        const known = linker.groups.get(user.id) ?? new Set<string>();
        for (const group of groups) if (group !== undefined) known.add(group.id);
        linker.groups.set(user.id, known);
      }
      return;
    }
    default:
  }
}

function linkBoundary(declaration: BoundaryDeclaration, linker: Linker): void {
  const owner = declaration.target === undefined ? linker.directory.entities.get(keyOf(declaration)) : find(declaration.target.entity, declaration.target.name, declaration, linker);
  if (owner === undefined) return;
  linker.boundaries.set(owner.id, { at: linker.binder.bindText(declaration.policy), policy: policyOf(declaration.policy, declaration, linker) });
}

/** The managed policy a text names: one of the run, or one of AWS's. */
function policyNamed(text: string, account: string, from: DeclaringResource, linker: Linker): Policy | undefined {
  const entity = linker.directory.find('managed-policy', text, account);
  return (entity === undefined ? undefined : linker.managed.get(entity.id)) ?? awsManagedPolicy(text, from);
}

function policyOf(text: Text, declaration: Pick<Declaration, 'from'>, linker: Linker): Policy | undefined {
  return policyNamed(linker.binder.bind(text.text), homeOf(declaration, linker), declaration.from, linker);
}

function attach(linker: Linker, owner: Entity, attached: AttachedPolicy): void {
  push(linker.attached, owner.id, attached);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function createPrincipals(directory: Directory, linker: Linker): readonly Principal[] {
  const principals = new Map<string, Principal & { groups: Principal[] }>();
  for (const entity of directory.entities.values()) {
    if (entity.entity !== 'role' && entity.entity !== 'user' && entity.entity !== 'group') continue;
    principals.set(entity.id, {
      entity,
      kind: entity.entity,
      policies: linker.attached.get(entity.id) ?? [],
      boundary: linker.boundaries.get(entity.id),
      trust: linker.trust.get(entity.id),
      groups: [],
      unknownAttachments: linker.unbound.get(entity.id) ?? [],
    });
  }
  for (const [userId, groupIds] of linker.groups) {
    const user = principals.get(userId);
    for (const groupId of groupIds) {
      const group = principals.get(groupId);
      if (user !== undefined && group !== undefined && !user.groups.includes(group)) user.groups.push(group);
    }
  }
  return [...principals.values()];
}
