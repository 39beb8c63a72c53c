import type { Declaration, EntityDeclaration } from '../extract/declaration.ts';
import { hasHole, hole } from '../iam/token.ts';
import { ownId } from './account-identity.ts';
import { awsManagedPolicy } from './aws-managed.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Organization, Policy, Principal } from './model.ts';
import { syntheticRole, syntheticTrust } from './synthetic.ts';

/**
 * The administrator role that AWS makes in every account an organization creates: it trusts the management account. Roles that an
 * input declares itself are left to it. Source: Organizations User Guide, "Accessing a member account that has
 * OrganizationAccountAccessRole".
 */
export function adminRoles(declarations: readonly Declaration[], entities: ReadonlyMap<string, EntityDeclaration>, binder: Binder, directory: Directory, organization: Organization): readonly Principal[] {
  const roles = new Map<string, Principal>();
  let administrator: Policy | undefined;
  for (const declaration of declarations) {
    if (declaration.kind !== 'organization' || declaration.node !== 'account' || declaration.adminRole === undefined) continue;
    const account = binder.bind(ownId(declaration, entities));
    const name = binder.bind(declaration.adminRole.text);
    const key = `${account}|${name}`;
    if (account === '' || name === '' || hasHole(name) || account === organization.managementAccount || roles.has(key)) continue;
    if (directory.find('role', name, account)?.account === account) continue;
    const { from } = declaration;
    const entity = syntheticRole(`${from.scope.id}#${from.address}/role`, name, '/', account, from);
    const management = organization.managementAccount ?? hole('@', 'deployment-account|management-account');
    administrator ??= awsManagedPolicy('AdministratorAccess', from);
    roles.set(key, {
      entity,
      kind: 'role',
      policies: administrator === undefined ? [] : [{ policy: administrator, at: declaration.adminRole, when: from.when }],
      boundary: undefined,
      trust: syntheticTrust(entity, { type: 'AWS', principal: `arn:${from.scope.partition}:iam::${management}:root`, actions: ['sts:AssumeRole'], conditions: [] }, from),
      groups: [],
      unknownAttachments: [],
      madeBy: 'organizations',
    });
  }
  return [...roles.values()];
}
