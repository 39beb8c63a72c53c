import type { Origin } from '../../../core/source.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource, Template } from '../../frontend.ts';
import { labelOf, listOf, mapOf, referenceTo, resourceOf, templateOf, textOf, unknownOf } from '../values.ts';
import { accountIdValue } from './replacements.ts';
import { identityCenterScope } from './scopes.ts';
import type { LandingZone } from './set.ts';
import { awsManagedArn } from './stack.ts';
import { deploymentAccounts } from './targets.ts';

/** Permission sets and assignments of `iam-config.yaml`; Identity Center lives in its delegated administrator's account. */
export function identityCenterTemplates(set: LandingZone): readonly Template[] {
  const settings = property(set.root('iam-config.yaml'), 'identityCenter');
  if (settings === undefined || settings.kind !== 'map') return [];
  const id = identityCenterScope(set.folder);
  const home = knownText(property(settings, 'delegatedAdminAccount')) ?? 'Management';
  const account = set.accounts?.find((candidate) => candidate.name === home);
  const scope = { id, name: id, account: account?.id, region: undefined, partition: set.partition };
  const principals = new Map<string, Resource>();
  const sets = itemsOf(property(settings, 'identityCenterPermissionSets')).flatMap((item) => permissionSet(set, item));
  const assignments = itemsOf(property(settings, 'identityCenterAssignments')).flatMap((item) => assignmentsOf(set, item, principals));
  return [templateOf(scope, [...sets, ...principals.values(), ...assignments])];
}

function permissionSet(set: LandingZone, item: Value): readonly Resource[] {
  const name = property(item, 'name');
  const text = labelOf(name);
  if (name === undefined || text === undefined) return [];
  const policies = property(item, 'policies');
  const inline = property(policies, 'inlinePolicy');
  const customer = [...itemsOf(property(policies, 'customerManaged')), ...itemsOf(property(policies, 'acceleratorManaged'))];
  return [
    resourceOf('AWS::SSO::PermissionSet', `PermissionSet/${text}`, { name: text, at: name.origin, extent: item.origin }, () => ({
      Name: name,
      InstanceArn: instanceArn(set, name.origin),
      ManagedPolicies: listOf(name.origin, itemsOf(property(policies, 'awsManaged')).map((policy) => awsManagedArn(set, policy))),
      CustomerManagedPolicyReferences: listOf(name.origin, customer.map((policy) => mapOf(policy.origin, { Name: policy }))),
      InlinePolicy: inline === undefined || inline.kind === 'absent' ? undefined : set.document(inline, undefined),
      PermissionsBoundary: boundaryOf(set, property(policies, 'permissionsBoundary')),
    })),
  ];
}

/** With both kinds of boundary written, the AWS-managed one is taken. Source: Landing Zone Accelerator, IdentityCenterStack. */
function boundaryOf(set: LandingZone, boundary: Value | undefined): Value | undefined {
  const aws = property(boundary, 'awsManagedPolicyName');
  const customer = property(boundary, 'customerManagedPolicy');
  if (boundary === undefined) return undefined;
  if (aws !== undefined && aws.kind !== 'absent') return mapOf(boundary.origin, { ManagedPolicyArn: awsManagedArn(set, aws) });
  if (customer?.kind !== 'map') return undefined;
  return mapOf(boundary.origin, { CustomerManagedPolicyReference: mapOf(customer.origin, { Name: property(customer, 'name'), Path: property(customer, 'path') }) });
}

interface AssignedPrincipal {
  readonly type: 'USER' | 'GROUP';
  readonly id: Value;
  readonly label: string;
  readonly at: Origin;
}

/** One assignment for each principal and account: AWS has no assignments to several at once. */
function assignmentsOf(set: LandingZone, item: Value, principals: Map<string, Resource>): readonly Resource[] {
  const name = labelOf(property(item, 'name')) ?? 'assignment';
  const permission = property(item, 'permissionSetName');
  if (permission === undefined) return [];
  const accounts = deploymentAccounts(set, property(item, 'deploymentTargets'));
  return assignedPrincipals(set, item, principals).flatMap((principal) =>
    accounts.map((account) =>
      resourceOf('AWS::SSO::Assignment', `Assignment/${name}/${principal.label}/${account.name}`, { name: `${name}: ${principal.label} in ${account.name}`, at: principal.at, extent: item.origin }, () => ({
        InstanceArn: instanceArn(set, permission.origin),
        PermissionSetArn: referenceTo(identityCenterScope(set.folder), `PermissionSet/${labelOf(permission) ?? ''}`, permission.origin, 'PermissionSetArn'),
        PrincipalId: principal.id,
        PrincipalType: textOf(principal.type, principal.at),
        TargetId: accountIdValue(set.folder, account, account.nameValue.origin),
        TargetType: textOf('AWS_ACCOUNT', item.origin),
      })),
    ),
  );
}

/** Principals are written by id, or by their names in the identity source, which makes them known by that name. */
function assignedPrincipals(set: LandingZone, item: Value, known: Map<string, Resource>): readonly AssignedPrincipal[] {
  const found: AssignedPrincipal[] = [];
  const id = property(item, 'principalId');
  if (id !== undefined && id.kind !== 'absent') found.push({ type: typeOf(property(item, 'principalType')), id, label: labelOf(id) ?? 'principal', at: id.origin });
  for (const principal of itemsOf(property(item, 'principals'))) {
    const name = property(principal, 'name');
    const text = labelOf(name);
    if (name === undefined || text === undefined) continue;
    const type = typeOf(property(principal, 'type'));
    const address = `${type === 'USER' ? 'User' : 'Group'}/${text}`;
    if (!known.has(address)) known.set(address, identity(type, address, name, text));
    found.push({ type, id: referenceTo(identityCenterScope(set.folder), address, name.origin, type === 'USER' ? 'UserId' : 'GroupId'), label: text, at: name.origin });
  }
  return found;
}

function identity(type: 'USER' | 'GROUP', address: string, name: Value, text: string): Resource {
  const place = { name: text, at: name.origin, extent: name.origin };
  return type === 'USER' ? resourceOf('AWS::IdentityStore::User', address, place, () => ({ UserName: name })) : resourceOf('AWS::IdentityStore::Group', address, place, () => ({ DisplayName: name }));
}

function typeOf(value: Value | undefined): 'USER' | 'GROUP' {
  return knownText(value)?.toUpperCase() === 'USER' ? 'USER' : 'GROUP';
}

function instanceArn(set: LandingZone, at: Origin): Value {
  return unknownOf('runtime-attribute', `${identityCenterScope(set.folder)}#instance`, at);
}
