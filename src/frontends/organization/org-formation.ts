import type { Origin, Source } from '../../core/source.ts';
import { itemsOf, knownText, type MappingEntry, property, type Value } from '../../core/value.ts';
import { parseIgnoreComments } from '../comments.ts';
import type { FrontendContext, Resource, Template } from '../frontend.ts';
import { folderOf, joinPath } from './paths.ts';
import { type Dialect, readValue } from './read.ts';
import { entriesOf, listOf, referenceTo, type ResourcePlace, resourceOf, templateOf, textOf, unknownOf } from './values.ts';

/** The organization and its root have no resource of their own in a file; no logical id can hold a dot. */
const ORGANIZATION = 'Organization.Root';

/** Files that contain each other end somewhere. */
const MAX_INCLUDES = 20;

/**
 * Opens the `Organization` section of an org-formation file, or of the file that it includes.
 * Source: org-formation documentation, "Managing your AWS Organization as code".
 */
export function openOrgFormation(source: Source, sources: ReadonlyMap<string, Source>, context: FrontendContext, opened: Set<string>): readonly Template[] {
  const included = /^Organization:[ \t]*!Include[ \t]+(\S+)/m.exec(source.text)?.[1];
  const path = included === undefined ? source.path : joinPath(folderOf(source.path), included);
  if (opened.has(path)) return [];
  opened.add(path);
  const file = included === undefined ? source : (sources.get(path) ?? context.files.read(path));
  if (typeof file === 'string') {
    const start = source.text.indexOf(included ?? '');
    const code = file === 'outside-root' ? 'path-outside-root' : file === 'too-large' ? 'input-too-large' : 'missing-file';
    context.report({ code, message: `the organization file \`${path}\` cannot be read (${file})`, origin: { source, start, end: start + (included ?? '').length } });
    return [];
  }
  const root = readValue(file, dialectOf(file, sources, context, 0), context.report);
  const section = property(root, 'Organization');
  return section?.kind === 'map' ? [organizationTemplate(file, section)] : [];
}

function dialectOf(file: Source, sources: ReadonlyMap<string, Source>, context: FrontendContext, depth: number): Dialect {
  return {
    lookup: (name, at) => unknownOf('variable-without-value', `${file.path}#${name}`, at, 'any'),
    tagged: (tag, node, at) => {
      if (node.kind !== 'scalar') return undefined;
      if (tag === '!Ref') return referenceTo(file.path, node.text, at);
      if (tag === '!GetAtt') return referenceTo(file.path, node.text.slice(0, node.text.indexOf('.')), at, node.text.slice(node.text.indexOf('.') + 1));
      if (tag !== '!Include') return undefined;
      const path = joinPath(folderOf(file.path), node.text);
      const found = depth > MAX_INCLUDES ? 'missing' : (sources.get(path) ?? context.files.read(path));
      if (typeof found !== 'string') return readValue(found, dialectOf(found, sources, context, depth + 1), context.report);
      context.report({ code: 'missing-file', message: `\`${path}\` is included here but cannot be read (${found})`, origin: at });
      return unknownOf('missing-file', `${file.path}#${path}`, at, 'any');
    },
  };
}

/** What the section holds, by kind. */
interface Section {
  readonly scope: string;
  readonly accounts: readonly Entry[];
  readonly units: readonly Entry[];
  readonly policies: readonly Entry[];
  readonly master: Entry | undefined;
  readonly root: Entry | undefined;
  /** The unit above an account or unit, by logical id. */
  readonly above: ReadonlyMap<string, string>;
  /** What each policy hangs on: references with their places. */
  readonly targets: ReadonlyMap<string, readonly Value[]>;
}

interface Entry {
  readonly id: string;
  readonly properties: Value | undefined;
  readonly place: ResourcePlace;
}

function organizationTemplate(file: Source, section: Value): Template {
  const read = readSection(file.path, section);
  const masterId = property(read.master?.properties, 'AccountId');
  const account = knownText(masterId);
  const scope = { id: file.path, name: file.path, account: account !== undefined && /^\d{12}$/.test(account) ? account : undefined, region: undefined, partition: 'aws' };
  const at = { ...section.origin, end: section.origin.start + 1 };
  const organization =
    read.master === undefined && read.root === undefined
      ? []
      : [resourceOf('AWS::Organizations::Organization', ORGANIZATION, { name: 'organization', at, extent: section.origin }, () => ({ FeatureSet: textOf('ALL', at), ManagementAccountId: masterId }))];
  return templateOf(scope, [...organization, ...read.units.map((unit) => unitResource(unit, read)), ...read.accounts.map((one) => accountResource(one, read)), ...read.policies.map((policy) => policyResource(policy, read))], parseIgnoreComments(file));
}

function readSection(scope: string, section: Value): Section {
  const byType = new Map<string, Entry[]>();
  for (const entry of entriesOf(section)) {
    const type = knownText(property(entry.value, 'Type'));
    if (type !== undefined) byType.set(type, [...(byType.get(type) ?? []), entryOfSection(entry)]);
  }
  const of = (type: string): readonly Entry[] => byType.get(`OC::ORG::${type}`) ?? [];
  const units = of('OrganizationalUnit');
  const [master] = of('MasterAccount');
  const [root] = of('OrganizationRoot');
  const accounts = [...of('MasterAccount'), ...of('Account')];
  const above = new Map<string, string>();
  for (const unit of units) {
    for (const child of [...refsOf(unit, 'Accounts'), ...refsOf(unit, 'OrganizationalUnits')]) if (!above.has(child.id)) above.set(child.id, unit.id);
  }
  const targets = new Map<string, Value[]>();
  for (const holder of [...of('OrganizationRoot'), ...units, ...accounts]) {
    for (const policy of refsOf(holder, 'ServiceControlPolicies')) {
      const target = holder === root ? rootReference(scope, policy.at) : referenceTo(scope, holder.id, policy.at);
      targets.set(policy.id, [...(targets.get(policy.id) ?? []), target]);
    }
  }
  return { scope, accounts, units, policies: of('ServiceControlPolicy'), master, root, above, targets };
}

function entryOfSection(entry: MappingEntry): Entry {
  const { key, keyOrigin, value } = entry;
  return { id: key, properties: property(value, 'Properties'), place: { name: key, at: keyOrigin, extent: { source: keyOrigin.source, start: keyOrigin.start, end: Math.max(keyOrigin.end, value.origin.source === keyOrigin.source ? value.origin.end : 0) } } };
}

/** The logical ids a property refers to, written `!Ref X` or `{Ref: X}`, one or several. */
function refsOf(entry: Entry, key: string): readonly { readonly id: string; readonly at: Origin }[] {
  return itemsOf(property(entry.properties, key)).flatMap((value) => {
    const id = value.kind === 'reference' ? value.address : knownText(property(value, 'Ref'));
    return id === undefined ? [] : [{ id, at: value.origin }];
  });
}

function rootReference(scope: string, at: Origin): Value {
  return referenceTo(scope, ORGANIZATION, at, 'RootId');
}

function parentOf(entry: Entry, section: Section): Value {
  const above = section.above.get(entry.id);
  return above === undefined ? rootReference(section.scope, entry.place.at) : referenceTo(section.scope, above, entry.place.at);
}

function unitResource(unit: Entry, section: Section): Resource {
  return resourceOf('AWS::Organizations::OrganizationalUnit', unit.id, unit.place, () => ({ Name: property(unit.properties, 'OrganizationalUnitName'), ParentId: parentOf(unit, section) }));
}

function accountResource(account: Entry, section: Section): Resource {
  return resourceOf('AWS::Organizations::Account', account.id, account.place, () => ({
    AccountName: property(account.properties, 'AccountName'),
    Email: property(account.properties, 'RootEmail'),
    AccountId: property(account.properties, 'AccountId'),
    ParentIds: listOf(account.place.at, [parentOf(account, section)]),
    RoleName: property(account.properties, 'OrganizationAccessRoleName') ?? property(section.root?.properties, 'DefaultOrganizationAccessRoleName'),
    Tags: property(account.properties, 'Tags'),
  }));
}

function policyResource(policy: Entry, section: Section): Resource {
  return resourceOf('AWS::Organizations::Policy', policy.id, policy.place, () => ({
    Name: property(policy.properties, 'PolicyName') ?? textOf(policy.id, policy.place.at),
    Type: textOf('SERVICE_CONTROL_POLICY', policy.place.at),
    Content: property(policy.properties, 'PolicyDocument'),
    TargetIds: listOf(policy.place.at, section.targets.get(policy.id) ?? []),
  }));
}
