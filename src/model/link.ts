import type { EntityType, AttachmentTarget, BoundaryDeclaration, Declaration, EntityDeclaration, PolicyDeclaration } from '../extract/declaration.ts';
import type { Extraction } from '../extract/extract.ts';
import { accountText } from '../iam/deployment.ts';
import type { Text } from '../iam/policy-document.ts';
import { awsManagedPolicy } from './aws-managed.ts';
import { type Binder, createBinder } from './bind.ts';
import { createDirectory, type Directory } from './directory.ts';
import type { AttachedPolicy, BoundaryLink, Entity, Organization, PermissionModel, Policy, Principal } from './model.ts';
import { linkOrganization } from './organization.ts';

/**
 * Links the declarations of all templates into one model: references become entities, attachments find their policies and
 * principals, whatever dialect each was written in. The order of extractions does not matter.
 */
export function link(extractions: readonly Extraction[], configured: Organization): PermissionModel {
  const declarations = extractions.flatMap((extraction) => extraction.declarations);
  const entityDeclarations = declarations.filter((declaration) => declaration.kind === 'entity');
  const byKey = new Map<string, EntityDeclaration>();
  for (const declaration of entityDeclarations) byKey.set(keyOf(declaration), declaration);
  const binder = createBinder(byKey, extractions.flatMap((extraction) => extraction.exports));
  const directory = createDirectory(entityDeclarations, binder);
  const linker: Linker = { binder, directory, policies: [], managed: new Map(), attached: new Map(), unbound: new Map(), boundaries: new Map(), trust: new Map(), groups: new Map() };

  for (const declaration of declarations) if (declaration.kind === 'policy') linkPolicy(declaration, linker);
  for (const declaration of declarations) linkRelation(declaration, linker);
  const principals = createPrincipals(directory, linker);
  return {
    organization: linkOrganization(declarations, configured, directory, binder, linker.policies),
    entities: directory.entities,
    principals,
    policies: linker.policies,
    bindings: declarations.flatMap((declaration) => (declaration.kind === 'binding' ? [linkBinding(declaration, linker)] : [])),
    credentials: declarations.flatMap((declaration) => (declaration.kind === 'credential' ? [{ declaration, user: declaration.user === undefined ? undefined : find('user', declaration.user, declaration, linker) }] : [])),
    providers: declarations.flatMap((declaration) => (declaration.kind === 'provider' ? [{ declaration, entity: directory.entities.get(keyOf(declaration)) }] : [])),
    settings: declarations.flatMap((declaration) => (declaration.kind === 'setting' ? [{ declaration, resource: declaration.target === undefined ? directory.entities.get(keyOf(declaration)) : find('resource', declaration.target, declaration, linker) }] : [])),
    shares: declarations.flatMap((declaration) => (declaration.kind === 'share' ? [{ declaration }] : [])),
    assignments: declarations.flatMap((declaration) => (declaration.kind === 'assignment' ? [{ declaration, permissionSet: find('permission-set', declaration.permissionSet, declaration, linker) }] : [])),
    gaps: declarations.filter((declaration) => declaration.kind === 'gap'),
    coverage: { organization: configured.id !== undefined || configured.accounts.size > 0, controlPolicies: configured.controlPolicies === 'complete', completeAccounts: new Set() },
    entityByArn: directory.byArn,
  };
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
  return linker.directory.find(type, linker.binder.bind(text.text), accountText(declaration.from.scope.id, declaration.from.account));
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
    account: owners[0]?.account ?? accountText(declaration.from.scope.id, declaration.from.account),
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
      const policy = own ?? policyNamed(declaration.policy, declaration, linker);
      for (const owner of owners) {
        if (owner === undefined) continue;
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
  linker.boundaries.set(owner.id, { at: linker.binder.bindText(declaration.policy), policy: policyNamed(declaration.policy, declaration, linker) });
}

/** The managed policy a text names: one of the run, or one of AWS's. */
function policyNamed(text: Text, declaration: Pick<Declaration, 'from'>, linker: Linker): Policy | undefined {
  const bound = linker.binder.bind(text.text);
  const entity = linker.directory.find('managed-policy', bound, accountText(declaration.from.scope.id, declaration.from.account));
  return (entity === undefined ? undefined : linker.managed.get(entity.id)) ?? awsManagedPolicy(bound, declaration.from);
}

function linkBinding(declaration: Extract<Declaration, { kind: 'binding' }>, linker: Linker): PermissionModel['bindings'][number] {
  const direct = find('role', declaration.role, declaration, linker);
  return { declaration, role: direct, roleText: linker.binder.bind(declaration.role.text), resource: linker.directory.entities.get(keyOf(declaration)) };
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
