import type { Origin, Source } from '../../core/source.ts';
import { itemsOf, knownText, type MappingEntry, property, type Value } from '../../core/value.ts';
import type { FrontendContext, Resource, Template } from '../frontend.ts';
import { folderOf, joinPath } from './paths.ts';
import { type Dialect, readValue } from './read.ts';
import { entriesOf, listOf, referenceTo, resourceOf, templateOf, textOf, unknownOf } from './values.ts';

/** Folders in which the tool looks for control policies. Source: Secure Environment Accelerator, installation guide. */
const POLICY_FOLDERS = ['scp/', 'SCPs/', 'reference-artifacts/SCPs/', '../SCPs/'] as const;

interface Config {
  readonly path: string;
  readonly root: Value;
  readonly global: Value | undefined;
  readonly accounts: readonly MappingEntry[];
  readonly units: readonly MappingEntry[];
}

/**
 * Opens the `config.json` of a Secure Environment Accelerator: its units, accounts and service control policies.
 * Account ids are not in it, nor the users and roles of its `iam` sections, which are not read.
 */
export function openSecureEnvironment(source: Source, sources: ReadonlyMap<string, Source>, context: FrontendContext): readonly Template[] {
  const dialect: Dialect = { lookup: (name, at) => unknownOf('variable-without-value', `${source.path}#${name}`, at, 'any'), tagged: () => undefined };
  const root = readValue(source, dialect, context.report);
  if (root === undefined) return [];
  const global = property(root, 'global-options');
  const accounts = ['mandatory-account-configs', 'workload-account-configs'].flatMap((key) => entriesOf(property(root, key)));
  const config: Config = { path: source.path, root, global, accounts, units: entriesOf(property(root, 'organizational-units')) };
  const read = (path: Value): Value => {
    const text = knownText(path);
    for (const folder of text === undefined ? [] : POLICY_FOLDERS) {
      const full = joinPath(`${folderOf(source.path)}${folder}`, text ?? '');
      const found = sources.get(full) ?? context.files.read(full);
      if (typeof found !== 'string') return readValue(found, dialect, context.report) ?? unknownOf('missing-file', full, path.origin, 'any');
    }
    context.report({ code: 'missing-file', message: `the policy file \`${text ?? ''}\` is named here but not found in ${POLICY_FOLDERS.map((folder) => `\`${folder}\``).join(', ')}`, origin: path.origin });
    return unknownOf('missing-file', `${source.path}#${text ?? 'policy file'}`, path.origin, 'any');
  };
  const scope = { id: source.path, name: source.path, account: undefined, region: undefined, partition: 'aws' };
  return [templateOf(scope, [organization(config), ...unitResources(config), ...config.accounts.map((entry) => accountResource(config, entry)), ...policyResources(config, read), ...delegated(config)])];
}

function managementKey(config: Config): string | undefined {
  return knownText(property(property(config.global, 'aws-org-management'), 'account')) ?? knownText(property(property(config.global, 'aws-org-master'), 'account'));
}

function organization(config: Config): Resource {
  const at = { ...config.root.origin, end: config.root.origin.start + 1 };
  const management = managementKey(config);
  const controlTower = knownText(property(config.global, 'ct-baseline')) === 'true';
  return resourceOf('AWS::Organizations::Organization', 'Organization', { name: 'organization', at, extent: config.root.origin }, () => ({
    FeatureSet: textOf('ALL', at),
    ManagementAccountId: management === undefined ? undefined : accountId(config, management, at),
    DeclaredInFull: textOf(String(!controlTower), at),
  }));
}

function accountId(config: Config, key: string, at: Origin): Value {
  return unknownOf('deployment-account', `${config.path}@${key}#AccountId`, at, 'atom');
}

function rootReference(config: Config, at: Origin): Value {
  return referenceTo(config.path, 'Organization', at, 'RootId');
}

function unitReference(config: Config, path: string, at: Origin): Value {
  return path === '' || path.toLowerCase() === 'root' ? rootReference(config, at) : referenceTo(config.path, `OrganizationalUnit/${path}`, at);
}

/** Units by path: those declared, those above them, and those that accounts name by `ou-path`. */
function unitResources(config: Config): readonly Resource[] {
  const made = new Map<string, Resource>();
  const add = (path: string, at: Origin, extent: Origin): void => {
    if (path === '' || path.toLowerCase() === 'root' || made.has(path)) return;
    const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    made.set(path, resourceOf('AWS::Organizations::OrganizationalUnit', `OrganizationalUnit/${path}`, { name: path, at, extent }, () => ({ Name: textOf(path.slice(path.lastIndexOf('/') + 1), at), ParentId: unitReference(config, above, at) })));
    add(above, at, extent);
  };
  for (const unit of config.units) add(unit.key, unit.keyOrigin, unit.value.origin);
  for (const account of config.accounts) {
    const unit = unitOf(account.value);
    if (unit !== undefined) add(knownText(unit) ?? '', unit.origin, account.value.origin);
  }
  return [...made.values()];
}

function unitOf(account: Value): Value | undefined {
  return property(account, 'ou-path') ?? property(account, 'ou');
}

function accountResource(config: Config, { key, keyOrigin, value }: MappingEntry): Resource {
  const unit = unitOf(value);
  return resourceOf('AWS::Organizations::Account', `Account/${key}`, { name: key, at: keyOrigin, extent: value.origin }, () => ({
    AccountName: property(value, 'account-name') ?? textOf(key, keyOrigin),
    Email: property(value, 'email'),
    AccountId: accountId(config, key, keyOrigin),
    ParentIds: listOf(keyOrigin, [unit === undefined ? unknownOf('variable-without-value', `${config.path}#unit of ${key}`, keyOrigin) : unitReference(config, knownText(unit) ?? '', unit.origin)]),
    RoleName: property(config.global, 'organization-admin-role') ?? unknownOf('variable-without-value', `${config.path}#organization-admin-role`, keyOrigin, 'atom'),
  }));
}

function policyResources(config: Config, read: (path: Value) => Value): readonly Resource[] {
  const targets = new Map<string, Value[]>();
  const note = (names: Value | undefined, target: (at: Origin) => Value): void => {
    for (const name of itemsOf(names)) targets.set(knownText(name) ?? '', [...(targets.get(knownText(name) ?? '') ?? []), target(name.origin)]);
  };
  for (const unit of config.units) note(property(unit.value, 'scps'), (at) => unitReference(config, unit.key, at));
  for (const account of config.accounts) note(property(account.value, 'scps'), (at) => referenceTo(config.path, `Account/${account.key}`, at));
  return itemsOf(property(config.global, 'scps')).flatMap((item) => {
    const name = property(item, 'name');
    const text = knownText(name);
    const file = property(item, 'policy');
    if (name === undefined || text === undefined) return [];
    return [
      resourceOf('AWS::Organizations::Policy', `Policy/${text}`, { name: text, at: name.origin, extent: item.origin }, () => ({
        Name: name,
        Type: textOf('SERVICE_CONTROL_POLICY', name.origin),
        Content: file === undefined ? undefined : read(file),
        TargetIds: listOf(item.origin, targets.get(text) ?? []),
      })),
    ];
  });
}

/** The account of the security services administers them for the organization. */
function delegated(config: Config): readonly Resource[] {
  const name = property(property(config.global, 'central-security-services'), 'account');
  const key = knownText(name);
  if (name === undefined || key === undefined) return [];
  return ['guardduty.amazonaws.com', 'securityhub.amazonaws.com', 'macie.amazonaws.com'].map((service) =>
    resourceOf('organization:delegated-administrator', `DelegatedAdministrator/${service}`, { name: `${service} in ${key}`, at: name.origin, extent: name.origin }, () => ({ AccountId: accountId(config, key, name.origin), ServicePrincipal: textOf(service, name.origin) })),
  );
}
