import { managedPolicy } from '../../../data/managed-policies.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Problem } from '../../../core/problem.ts';
import type { Resource, Template } from '../../frontend.ts';
import { listOf, mapOf, resourceOf, templateOf, textOf, unknownOf } from '../values.ts';
import { type Export, isTruncated, type Item } from './export.ts';

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

/** Is this the output of `iam get-account-authorization-details`? */
export function isAuthorizationDetails(file: Export): boolean {
  return file.has('RoleDetailList') || file.has('UserDetailList') || file.has('GroupDetailList');
}

/**
 * Users, groups, roles and policies as they are in an account. The account is known in full when no list is missing and the
 * last page is there. Source: IAM API Reference, GetAccountAuthorizationDetails.
 */
export function authorizationDetails(file: Export, report: (problem: Problem) => void): Template {
  const account = accountOf(file);
  const { path } = file.source;
  const scope = { id: path, name: path, account, region: undefined, partition: partitionOf(file), live: true };
  const whole = LISTS.every((list) => file.has(list)) && !isTruncated(file);
  const at = { source: file.source, start: 0, end: 0 };
  if (isTruncated(file)) report({ code: 'unresolved-value', message: 'the output was cut off (`IsTruncated`): the account is not known in full', origin: at });
  const complete =
    whole && account !== undefined ? [resourceOf('organization:live-account', 'LiveAccount', { name: account, at, extent: at }, () => ({ AccountId: textOf(account, at) }))] : [];
  return templateOf(scope, [
    ...complete,
    ...file.items('UserDetailList').flatMap(userResource),
    ...file.items('GroupDetailList').flatMap(groupResource),
    ...file.items('RoleDetailList').flatMap(roleResource),
    ...instanceProfiles(file),
    ...file.items('Policies').flatMap(policyResource),
  ]);
}

function arnsOf(file: Export): Iterable<string> {
  return LISTS.flatMap((list) => file.items(list).flatMap((item) => item.text('Arn') ?? []));
}

function accountOf(file: Export): string | undefined {
  for (const arn of arnsOf(file)) {
    const account = /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
    if (account !== undefined) return account;
  }
  return undefined;
}

function partitionOf(file: Export): string {
  for (const arn of arnsOf(file)) return /^arn:([^:]+):/.exec(arn)?.[1] ?? 'aws';
  return 'aws';
}

type Properties = Readonly<Record<string, Value | undefined>>;

function detail(type: string, kind: string, item: Item, nameKey: string, properties: (value: Value) => Properties): readonly Resource[] {
  const name = item.text(nameKey);
  if (name === undefined) return [];
  const at = item.field(nameKey)?.origin ?? item.origin;
  return [resourceOf(type, `${kind}${item.text('Path') ?? '/'}${name}`, { name, at, extent: item.origin }, () => properties(item.value()))];
}

function userResource(item: Item): readonly Resource[] {
  return detail('AWS::IAM::User', 'User', item, 'UserName', (user) => ({ ...principal(user, 'UserName', 'UserPolicyList'), Groups: property(user, 'GroupList') }));
}

function groupResource(item: Item): readonly Resource[] {
  return detail('AWS::IAM::Group', 'Group', item, 'GroupName', (group) => principal(group, 'GroupName', 'GroupPolicyList'));
}

function roleResource(item: Item): readonly Resource[] {
  return detail('AWS::IAM::Role', 'Role', item, 'RoleName', (role) => ({
    ...principal(role, 'RoleName', 'RolePolicyList'),
    AssumeRolePolicyDocument: documentOf(property(role, 'AssumeRolePolicyDocument')),
    MaxSessionDuration: property(role, 'MaxSessionDuration'),
  }));
}

/** What users, groups and roles have in common. */
function principal(value: Value, nameKey: string, policiesKey: string): Properties {
  const inline = itemsOf(property(value, policiesKey)).map((policy) => mapOf(policy.origin, { PolicyName: property(policy, 'PolicyName'), PolicyDocument: documentOf(property(policy, 'PolicyDocument')) }));
  return {
    [nameKey]: property(value, nameKey),
    Path: property(value, 'Path'),
    Policies: listOf(value.origin, inline),
    ManagedPolicyArns: listOf(value.origin, itemsOf(property(value, 'AttachedManagedPolicies')).flatMap((attached) => property(attached, 'PolicyArn') ?? [])),
    PermissionsBoundary: property(property(value, 'PermissionsBoundary'), 'PermissionsBoundaryArn'),
    Tags: property(value, 'Tags'),
  };
}

/** Instance profiles are listed with the roles in them. */
function instanceProfiles(file: Export): readonly Resource[] {
  const found = new Map<string, Resource>();
  for (const item of file.items('RoleDetailList')) {
    const role = item.field('RoleName');
    for (const profile of itemsOf(item.field('InstanceProfileList'))) {
      const name = property(profile, 'InstanceProfileName');
      const text = knownText(name);
      if (name === undefined || text === undefined || role === undefined) continue;
      const address = `InstanceProfile${knownText(property(profile, 'Path')) ?? '/'}${text}`;
      found.set(address, resourceOf('AWS::IAM::InstanceProfile', address, { name: text, at: name.origin, extent: profile.origin }, () => ({ InstanceProfileName: name, Path: property(profile, 'Path'), Roles: listOf(role.origin, [role]) })));
    }
  }
  return [...found.values()];
}

/** A managed policy with its default version. AWS's own are left to the table of managed policies, where it knows them. */
function policyResource(item: Item): readonly Resource[] {
  const arn = item.text('Arn');
  const isAws = arn !== undefined && /^arn:[^:]*:iam::aws:/.test(arn);
  if (isAws && managedPolicy(arn) !== undefined) return [];
  return detail('AWS::IAM::ManagedPolicy', 'ManagedPolicy', item, 'PolicyName', (policy) => ({
    ManagedPolicyName: property(policy, 'PolicyName'),
    Path: property(policy, 'Path'),
    arn: isAws ? property(policy, 'Arn') : undefined,
    PolicyDocument: defaultVersion(policy),
  }));
}

function defaultVersion(policy: Value): Value {
  const versions = itemsOf(property(policy, 'PolicyVersionList'));
  const wanted = knownText(property(policy, 'DefaultVersionId'));
  const chosen = versions.find((version) => knownText(property(version, 'IsDefaultVersion')) === 'true') ?? versions.find((version) => knownText(property(version, 'VersionId')) === wanted);
  return documentOf(property(chosen, 'Document')) ?? unknownOf('missing-file', `${policy.origin.source.path}#default version of ${knownText(property(policy, 'PolicyName')) ?? ''}`, policy.origin, 'any');
}

/** The API gives documents URL-encoded, the CLI as structure. */
function documentOf(value: Value | undefined): Value | undefined {
  const text = knownText(value);
  if (value === undefined || text === undefined || !/^%7B/i.test(text)) return value;
  try {
    return textOf(decodeURIComponent(text), value.origin);
  } catch {
    return value;
  }
}
