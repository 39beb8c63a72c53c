import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource, Template } from '../../frontend.ts';
import { labelOf, listOf, resourceOf, templateOf } from '../values.ts';
import type { LandingZoneAccount } from './accounts.ts';
import type { LandingZone } from './set.ts';
import { type AccountStack, awsManagedArn, createStacks, policyArn } from './stack.ts';
import { deploymentAccounts } from './targets.ts';
import { trustDocument } from './trust.ts';

/** What `iam-config.yaml` deploys, one template for each account it reaches. */
export function iamTemplates(set: LandingZone): readonly Template[] {
  const root = set.root('iam-config.yaml');
  if (root === undefined) return [];
  const policyNames = new Set(setItems(set, root, 'policySets', 'policies').flatMap(({ item }) => knownText(property(item, 'name')) ?? []));
  const stacks = createStacks(set, policyNames);
  for (const [list, items, make] of KINDS) {
    for (const { item, accounts, holder } of setItems(set, root, list, items)) {
      for (const account of accounts) stacks.of(account).resources.push(...make(item, holder, stacks.of(account)));
    }
  }
  for (const item of itemsOf(property(root, 'providers'))) {
    for (const account of set.accounts ?? []) stacks.of(account).resources.push(...samlProvider(item));
  }
  return stacks.all().map((stack) => templateOf(stack.scope, stack.resources));
}

type Maker = (item: Value, holder: Value, stack: AccountStack) => readonly Resource[];

const KINDS: readonly (readonly [list: string, items: string, make: Maker])[] = [
  ['policySets', 'policies', managedPolicy],
  ['roleSets', 'roles', role],
  ['groupSets', 'groups', group],
  ['userSets', 'users', user],
];

interface SetItem {
  readonly item: Value;
  readonly holder: Value;
  readonly accounts: readonly LandingZoneAccount[];
}

function setItems(set: LandingZone, root: Value, list: string, items: string): readonly SetItem[] {
  return itemsOf(property(root, list)).flatMap((holder) => {
    const accounts = deploymentAccounts(set, property(holder, 'deploymentTargets'));
    return itemsOf(property(holder, items)).map((item) => ({ item, holder, accounts }));
  });
}

function named(type: string, kind: string, item: Value, key: string, properties: (name: Value) => Readonly<Record<string, Value | undefined>>): readonly Resource[] {
  const name = property(item, key);
  const text = labelOf(name);
  if (name === undefined || text === undefined) return [];
  return [resourceOf(type, `${kind}/${text}`, { name: text, at: name.origin, extent: item.origin }, () => properties(name))];
}

function managedPolicy(item: Value, _holder: Value, stack: AccountStack): readonly Resource[] {
  return named('AWS::IAM::ManagedPolicy', 'ManagedPolicy', item, 'name', (name) => {
    const path = property(item, 'policy');
    return { ManagedPolicyName: name, PolicyDocument: path === undefined ? undefined : stack.set.document(path, stack.account) };
  });
}

function role(item: Value, holder: Value, stack: AccountStack): readonly Resource[] {
  const roles = named('AWS::IAM::Role', 'Role', item, 'name', (name) => ({
    RoleName: name,
    Path: property(holder, 'path'),
    AssumeRolePolicyDocument: trustDocument(item, name.origin, stack),
    ManagedPolicyArns: managedPolicies(property(item, 'policies'), stack, name),
    PermissionsBoundary: boundaryOf(item, stack),
    MaxSessionDuration: property(item, 'maxSessionDuration'),
  }));
  if (knownText(property(item, 'instanceProfile')) !== 'true') return roles;
  const profiles = named('AWS::IAM::InstanceProfile', 'InstanceProfile', item, 'name', (name) => ({ InstanceProfileName: name, Roles: listOf(name.origin, [name]) }));
  return [...roles, ...profiles];
}

function group(item: Value, _holder: Value, stack: AccountStack): readonly Resource[] {
  return named('AWS::IAM::Group', 'Group', item, 'name', (name) => ({ GroupName: name, ManagedPolicyArns: managedPolicies(property(item, 'policies'), stack, name) }));
}

function user(item: Value, _holder: Value, stack: AccountStack): readonly Resource[] {
  return named('AWS::IAM::User', 'User', item, 'username', (name) => {
    const inGroup = property(item, 'group');
    return { UserName: name, Groups: inGroup === undefined ? undefined : listOf(inGroup.origin, [inGroup]), PermissionsBoundary: boundaryOf(item, stack) };
  });
}

function samlProvider(item: Value): readonly Resource[] {
  return named('AWS::IAM::SAMLProvider', 'SAMLProvider', item, 'name', (name) => ({ Name: name, SamlMetadataDocument: property(item, 'metadataDocument') }));
}

function managedPolicies(policies: Value | undefined, stack: AccountStack, at: Value): Value {
  const aws = itemsOf(property(policies, 'awsManaged')).map((name) => awsManagedArn(stack.set, name));
  const own = itemsOf(property(policies, 'customerManaged')).map((name) => policyArn(name, stack));
  return listOf(at.origin, [...aws, ...own]);
}

function boundaryOf(item: Value, stack: AccountStack): Value | undefined {
  const name = property(item, 'boundaryPolicy');
  return name === undefined || name.kind === 'absent' ? undefined : policyArn(name, stack);
}
