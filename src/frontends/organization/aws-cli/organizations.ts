import type { Problem } from '../../../core/problem.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import type { Resource, Template } from '../../frontend.ts';
import { listOf, resourceOf, templateOf, textOf, unknownOf } from '../values.ts';
import { type Export, isTruncated, organizationOf, subjectOf } from './export.ts';

/**
 * What one output of `aws organizations` says: the tree, the accounts, the policies and what they hang on.
 * Source: Organizations API Reference, the responses of the list and describe operations.
 */
export function organizationExport(file: Export, report: (problem: Problem) => void): Template | undefined {
  const found = READERS.flatMap(([key, read]) => (file.has(key) ? read(file, report) : []));
  if (found.length === 0) return undefined;
  const { path } = file.source;
  const account = found.map((one) => one.owner).find((owner) => owner !== undefined);
  return templateOf({ id: path, name: path, account, region: undefined, partition: 'aws', live: true }, found.map((one) => one.resource));
}

interface Found {
  readonly resource: Resource;
  /** The management account, when an ARN names it. */
  readonly owner: string | undefined;
}

type Reader = (file: Export, report: (problem: Problem) => void) => readonly Found[];

const READERS: readonly (readonly [key: string, read: Reader])[] = [
  ['Organization', (file) => [file.field('Organization')].flatMap((value) => (value === undefined ? [] : organization(value)))],
  ['Roots', (file) => values(file, 'Roots').map(root)],
  ['OrganizationalUnits', (file) => values(file, 'OrganizationalUnits').map((unit) => organizationalUnit(unit, parentOf(file)))],
  ['OrganizationalUnit', (file) => one(file, 'OrganizationalUnit').map((unit) => organizationalUnit(unit, undefined))],
  ['Accounts', (file) => values(file, 'Accounts').filter((account) => idOf(account) !== undefined).map((account) => member(account, parentOf(file)))],
  ['Account', (file) => one(file, 'Account').map((account) => member(account, undefined))],
  ['Policies', policies],
  ['Policy', (file) => one(file, 'Policy').flatMap((policy) => described(policy))],
  ['Targets', targets],
  ['Parents', (file) => values(file, 'Parents').flatMap((parent) => childOf(file, parent))],
  ['Children', (file) => values(file, 'Children').flatMap((child) => listedChild(child, parentOf(file)))],
  ['DelegatedAdministrators', (file) => values(file, 'DelegatedAdministrators').flatMap((account) => [member(account, undefined), ...delegated(account, property(account, 'Id'), undefined)])],
  // Items alone, as `--query Accounts` leaves them.
  ['Arn', bareItem],
  ['DelegatedServices', (file) => values(file, 'DelegatedServices').flatMap((service) => delegated(service, subjectValue(file, service), property(service, 'ServicePrincipal')))],
];

function bareItem(file: Export): readonly Found[] {
  const kind = /:organizations::\d{12}:(\w+)\//.exec(knownText(file.field('Arn')) ?? '')?.[1];
  const value = file.whole();
  if (kind === 'account') return [member(value, parentOf(file))];
  if (kind === 'ou') return [organizationalUnit(value, parentOf(file))];
  return kind === 'root' ? [root(value)] : [];
}

function values(file: Export, key: string): readonly Value[] {
  return file.items(key).map((item) => item.value());
}

function one(file: Export, key: string): readonly Value[] {
  const value = file.field(key);
  return value === undefined ? [] : [value];
}

function idOf(value: Value): string | undefined {
  return knownText(property(value, 'Id'));
}

function parentOf(file: Export): string | undefined {
  return subjectOf(file, 'parent', 'ParentId');
}

function found(type: string, address: string, name: string, value: Value, properties: () => Readonly<Record<string, Value | undefined>>): Found {
  return { resource: resourceOf(type, address, { name, at: property(value, 'Id')?.origin ?? value.origin, extent: value.origin }, properties), owner: organizationOf(knownText(property(value, 'Arn'))).account };
}

function organization(value: Value): readonly Found[] {
  const { origin } = value;
  const master = property(value, 'MasterAccountId');
  const account = knownText(master);
  const itself = found('AWS::Organizations::Organization', 'Organization', 'organization', value, () => ({
    Id: property(value, 'Id'),
    FeatureSet: property(value, 'FeatureSet'),
    ManagementAccountId: master,
    DeclaredInFull: textOf('false', origin),
  }));
  if (master === undefined || account === undefined) return [itself];
  return [
    itself,
    found('AWS::Organizations::Account', `Account/${account}`, account, value, () => ({
      AccountId: master,
      Email: property(value, 'MasterAccountEmail'),
      ParentIds: listOf(origin, [unknownOf('runtime-attribute', `${origin.source.path}#parent of ${account}`, origin)]),
      RoleName: noAdminRole(value),
    })),
  ];
}

function root(value: Value): Found {
  const { origin } = value;
  const id = organizationOf(knownText(property(value, 'Arn')));
  const enabled = itemsOf(property(value, 'PolicyTypes')).filter((type) => knownText(property(type, 'Status')) !== 'PENDING_DISABLE');
  return found('AWS::Organizations::Organization', `Root/${idOf(value) ?? ''}`, 'root', value, () => ({
    RootId: property(value, 'Id'),
    Id: id.id === undefined ? undefined : textOf(id.id, origin),
    ManagementAccountId: id.account === undefined ? undefined : textOf(id.account, origin),
    EnabledPolicyTypes: property(value, 'PolicyTypes') === undefined ? undefined : listOf(origin, enabled.flatMap((type) => property(type, 'Type') ?? [])),
    DeclaredInFull: textOf('false', origin),
  }));
}

function organizationalUnit(value: Value, parent: string | undefined): Found {
  const id = idOf(value) ?? '';
  return found('AWS::Organizations::OrganizationalUnit', `OrganizationalUnit/${id}`, knownText(property(value, 'Name')) ?? id, value, () => ({
    Id: property(value, 'Id'),
    Name: property(value, 'Name'),
    ParentId: above(value, id, knownText(property(value, 'Path')), parent),
  }));
}

function member(value: Value, parent: string | undefined): Found {
  const id = idOf(value) ?? '';
  return found('AWS::Organizations::Account', `Account/${id}`, knownText(property(value, 'Name')) ?? id, value, () => ({
    AccountId: property(value, 'Id'),
    AccountName: property(value, 'Name'),
    Email: property(value, 'Email'),
    ParentIds: listOf(value.origin, [above(value, id, knownText(itemsOf(property(value, 'Paths'))[0]), parent)]),
    RoleName: noAdminRole(value),
  }));
}

/** Which roles an existing account has is told by its own export, not by its being listed. */
function noAdminRole(at: Value): Value {
  return unknownOf('runtime-attribute', `${at.origin.source.path}#administrator role`, at.origin, 'atom');
}

/** The node above, by the path AWS gives (`o-…/r-…/ou-…/`), else by what the output was asked for. */
function above(value: Value, id: string, path: string | undefined, parent: string | undefined): Value {
  const steps = (path ?? '').split('/').filter((step) => step !== '' && step !== id);
  const last = steps.length > 1 ? steps.at(-1) : parent;
  return last === undefined ? unknownOf('runtime-attribute', `${value.origin.source.path}#parent of ${id}`, value.origin) : textOf(last, value.origin);
}

/** All policies of a type, or those of one target; IAM's own policies stand under the same key. */
function policies(file: Export, report: (problem: Problem) => void): readonly Found[] {
  const listed = values(file, 'Policies').filter((policy) => /:organizations:/.test(knownText(property(policy, 'Arn')) ?? ''));
  const target = subjectOf(file, 'target', 'TargetId');
  const asked = /for-target/.test(file.source.path) || target !== undefined;
  const all = !asked && /list-policies/.test(file.source.path);
  const at = { source: file.source, start: 0, end: 0 };
  if (asked && target === undefined) report({ code: 'unresolved-value', message: 'the target of this output is not known: put its id in the file name, e.g. `list-policies-for-target-r-ab12.json`', origin: at });
  const resources = listed.map((summary) => policyOf(summary, summary, undefined));
  const types = listed.length > 0 ? listed.map((policy) => knownText(property(policy, 'Type'))) : [typeInName(file.source.path)];
  const lists = [...new Set(types)].flatMap((type) => {
    if (type === undefined || (target === undefined && !all) || isTruncated(file)) return [];
    const ids = listed.filter((policy) => knownText(property(policy, 'Type')) === type).flatMap((policy) => property(policy, 'Id') ?? []);
    const of = listed[0] ?? { kind: 'absent', origin: at };
    return [
      found('organization:policy-lists', `PolicyList/${type}`, `policies of type ${type}`, of, () => ({
        Type: textOf(type, of.origin),
        PolicyIds: listOf(of.origin, ids),
        TargetId: target === undefined ? undefined : textOf(target, of.origin),
        All: textOf(String(all), of.origin),
      })),
    ];
  });
  return [...resources, ...lists];
}

/** An empty list does not tell what was listed. */
function typeInName(path: string): string | undefined {
  if (/rcp|resource.?control/i.test(path)) return 'RESOURCE_CONTROL_POLICY';
  return /scp|service.?control/i.test(path) ? 'SERVICE_CONTROL_POLICY' : undefined;
}

function described(policy: Value): readonly Found[] {
  const summary = property(policy, 'PolicySummary');
  return summary === undefined ? [] : [policyOf(policy, summary, property(policy, 'Content'))];
}

function policyOf(value: Value, summary: Value, content: Value | undefined): Found {
  const id = idOf(summary) ?? '';
  const name = knownText(property(summary, 'Name')) ?? id;
  const made = found('AWS::Organizations::Policy', `Policy/${id}`, name, value, () => ({ Id: property(summary, 'Id'), Name: property(summary, 'Name'), Type: property(summary, 'Type'), Content: content }));
  return { ...made, owner: organizationOf(knownText(property(summary, 'Arn'))).account };
}

function targets(file: Export, report: (problem: Problem) => void): readonly Found[] {
  const listed = values(file, 'Targets').filter((target) => property(target, 'TargetId') !== undefined);
  const policy = subjectOf(file, 'policy', 'PolicyId');
  const at = { source: file.source, start: 0, end: 0 };
  if (policy === undefined) {
    report({ code: 'unresolved-value', message: 'the policy of this output is not known: put its id in the file name, e.g. `list-targets-for-policy-p-examplepolicyid.json`', origin: at });
    return [];
  }
  if (isTruncated(file)) return [];
  const of: Value = listed[0] ?? { kind: 'absent', origin: at };
  return [
    found('organization:policy-lists', `Targets/${policy}`, `targets of ${policy}`, of, () => ({
      PolicyId: textOf(policy, of.origin),
      TargetIds: listOf(of.origin, listed.flatMap((target) => property(target, 'TargetId') ?? [])),
    })),
  ];
}

/** `list-parents` gives the parent of the child it was asked for. */
function childOf(file: Export, parent: Value): readonly Found[] {
  const child = subjectOf(file, 'target', 'ChildId');
  const id = idOf(parent);
  return child === undefined || id === undefined ? [] : node(child, parent, id);
}

function listedChild(child: Value, parent: string | undefined): readonly Found[] {
  const id = idOf(child);
  return id === undefined || parent === undefined ? [] : node(id, child, parent);
}

function node(id: string, at: Value, parent: string): readonly Found[] {
  const { origin } = at;
  if (/^\d{12}$/.test(id)) return [found('AWS::Organizations::Account', `Account/${id}`, id, at, () => ({ AccountId: textOf(id, origin), ParentIds: listOf(origin, [textOf(parent, origin)]), RoleName: noAdminRole(at) }))];
  return [found('AWS::Organizations::OrganizationalUnit', `OrganizationalUnit/${id}`, id, at, () => ({ Id: textOf(id, origin), ParentId: textOf(parent, origin) }))];
}

function subjectValue(file: Export, at: Value): Value | undefined {
  const account = subjectOf(file, 'account', 'AccountId');
  return account === undefined ? undefined : textOf(account, at.origin);
}

function delegated(at: Value, account: Value | undefined, service: Value | undefined): readonly Found[] {
  if (account === undefined) return [];
  const label = knownText(service) ?? 'any service';
  return [found('organization:delegated-administrator', `DelegatedAdministrator/${knownText(account) ?? ''}/${label}`, label, at, () => ({ AccountId: account, ServicePrincipal: service }))];
}
