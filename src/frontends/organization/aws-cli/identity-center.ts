import type { Origin } from '../../../core/source.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource, Template } from '../../frontend.ts';
import { listOf, mapOf, resourceOf, templateOf } from '../values.ts';
import { type Export, subjectOf } from './export.ts';

/** What several outputs of `aws sso-admin` say of one permission set. */
interface PermissionSetParts {
  summary?: Value;
  inline?: Value;
  boundary?: Value;
  readonly managed: Value[];
  readonly customer: Value[];
  at: Origin;
}

/**
 * Identity Center as `aws sso-admin` and `aws identitystore` list it: permission sets (put together from the calls that each tell a
 * part, found by the `ps-…` id in the file's name), assignments, groups, users and memberships.
 */
export function identityCenterExports(files: readonly Export[]): readonly Template[] {
  const sets = new Map<string, PermissionSetParts>();
  const others: Resource[] = [];
  let first: Export | undefined;
  for (const file of files) {
    const before = sets.size + others.length;
    readPermissionSet(file, sets);
    others.push(...assignments(file, others.length), ...identities(file));
    if (sets.size + others.length > before) first ??= file;
  }
  if (first === undefined) return [];
  const { path } = first.source;
  const scope = { id: `${path}@identity-center`, name: path, account: undefined, region: undefined, partition: 'aws', live: true };
  return [templateOf(scope, [...[...sets].map(([id, parts]) => permissionSet(id, parts)), ...others])];
}

const PARTS = ['PermissionSet', 'InlinePolicy', 'AttachedManagedPolicies', 'CustomerManagedPolicyReferences', 'PermissionsBoundary'] as const;

function readPermissionSet(file: Export, sets: Map<string, PermissionSetParts>): void {
  const present = PARTS.filter((key) => file.has(key));
  const [key] = present;
  if (key === undefined) return;
  const summary = file.field('PermissionSet');
  const arn = knownText(property(summary, 'PermissionSetArn'));
  const id = arn === undefined ? subjectOf(file, 'permissionSet', 'PermissionSetArn') : arn.slice(arn.lastIndexOf('/') + 1);
  const place = file.field(key)?.origin;
  if (id === undefined || place === undefined) return;
  const parts = sets.get(id) ?? { managed: [], customer: [], at: place };
  sets.set(id, parts);
  if (summary !== undefined) {
    parts.summary = summary;
    parts.at = summary.origin;
  }
  const inline = file.field('InlinePolicy');
  if (inline !== undefined) parts.inline = inline;
  const boundary = file.field('PermissionsBoundary');
  if (boundary !== undefined) parts.boundary = boundary;
  parts.managed.push(...itemsOf(file.field('AttachedManagedPolicies')).flatMap((policy) => property(policy, 'Arn') ?? []));
  parts.customer.push(...itemsOf(file.field('CustomerManagedPolicyReferences')));
}

function permissionSet(id: string, parts: PermissionSetParts): Resource {
  const name = knownText(property(parts.summary, 'Name')) ?? id;
  const { at } = parts;
  return resourceOf('AWS::SSO::PermissionSet', `PermissionSet/${id}`, { name, at: property(parts.summary, 'Name')?.origin ?? at, extent: at }, () => ({
    Name: property(parts.summary, 'Name'),
    arn: property(parts.summary, 'PermissionSetArn'),
    InlinePolicy: knownText(parts.inline) === '' ? undefined : parts.inline,
    ManagedPolicies: listOf(at, parts.managed),
    CustomerManagedPolicyReferences: listOf(at, parts.customer.map((reference) => mapOf(reference.origin, { Name: property(reference, 'Name'), Path: property(reference, 'Path') }))),
    PermissionsBoundary: parts.boundary,
  }));
}

function assignments(file: Export, before: number): readonly Resource[] {
  return file.items('AccountAssignments').map((item, index) => {
    const value = item.value();
    const label = `${item.text('PrincipalId') ?? ''} in ${item.text('AccountId') ?? ''}`;
    return resourceOf('AWS::SSO::Assignment', `Assignment/${before + index}`, { name: label, at: value.origin, extent: value.origin }, () => ({
      PermissionSetArn: property(value, 'PermissionSetArn'),
      PrincipalId: property(value, 'PrincipalId'),
      PrincipalType: property(value, 'PrincipalType'),
      TargetId: property(value, 'AccountId'),
    }));
  });
}

function identities(file: Export): readonly Resource[] {
  const made = (kind: string, type: string, item: Value, idKey: string, properties: () => Readonly<Record<string, Value | undefined>>): readonly Resource[] => {
    const id = property(item, idKey);
    if (id === undefined || property(item, 'IdentityStoreId') === undefined) return [];
    const name = knownText(property(item, 'DisplayName')) ?? knownText(property(item, 'UserName')) ?? knownText(id) ?? kind;
    return [resourceOf(type, `${kind}/${knownText(id) ?? ''}`, { name, at: id.origin, extent: item.origin }, properties)];
  };
  const each = (key: string): readonly Value[] => file.items(key).map((item) => item.value());
  return [
    ...each('Groups').flatMap((group) => made('Group', 'AWS::IdentityStore::Group', group, 'GroupId', () => ({ DisplayName: property(group, 'DisplayName'), GroupId: property(group, 'GroupId') }))),
    ...each('Users').flatMap((user) => made('User', 'AWS::IdentityStore::User', user, 'UserId', () => ({ UserName: property(user, 'UserName'), UserId: property(user, 'UserId') }))),
    ...each('GroupMemberships').flatMap((membership) => made('Membership', 'AWS::IdentityStore::GroupMembership', membership, 'MembershipId', () => ({ GroupId: property(membership, 'GroupId'), MemberId: property(membership, 'MemberId') }))),
  ];
}
