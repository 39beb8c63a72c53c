import { posix } from 'node:path';
import type { Source } from '../core/source.ts';
import type { AccountConfig, Config, ConfigLayer, ControlPolicyConfig, DeploymentConfig, OrganizationConfig, RuleSetting, SuppressionConfig, TrustedAccountConfig, UnitConfig } from './config.ts';
import { defaultConfig } from './config.ts';
import { didYouMean } from './nearest.ts';
import type { ParsedConfig } from './parse-file.ts';
import { pathMatcher } from './patterns.ts';
import type { ConfigProblem } from './problem.ts';
import type { RawConfig, RawParameters, RawRules, RawText, RawTexts } from './raw.ts';
import { nodeAt } from './schema-problems.ts';

/** A parsed file and its place. */
export interface ConfigFile extends ParsedConfig {
  readonly source: Source;
  /** Absolute folder, with `/`. */
  readonly folder: string;
  /** Lies in or above the folder the run starts in, so that it may speak for the whole run. */
  readonly base: boolean;
  /** Named on the command line: speaks for files outside its folder too. */
  readonly everywhere: boolean;
}

/**
 * Joins files, the outermost first, to one configuration. Problems: an account name that no file declares, two files that
 * disagree about the organization, a setting of the whole run in a file that speaks for a folder only.
 */
export function mergeConfig(base: string, files: readonly ConfigFile[]): { readonly config: Config; readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const organization = mergeOrganization(base, files, problems);
  const accounts = accountNames(organization);
  const defaults = defaultConfig(base);
  const config: Config = {
    base,
    organization,
    trusted: mergeTrusted(files),
    knownActions: [...new Set(files.flatMap(({ raw }) => raw.knownActions ?? []))],
    preset: runSetting(files, 'preset', problems) ?? defaults.preset,
    failOn: runSetting(files, 'failOn', problems) ?? defaults.failOn,
    minConfidence: runSetting(files, 'minConfidence', problems) ?? defaults.minConfidence,
    layers: files.map((file) => layerOf(file, accounts, problems)),
  };
  return { config, problems };
}

function runSetting<Key extends 'preset' | 'failOn' | 'minConfidence'>(files: readonly ConfigFile[], key: Key, problems: ConfigProblem[]): NonNullable<RawConfig[Key]> | undefined {
  let found: NonNullable<RawConfig[Key]> | undefined;
  for (const file of files) {
    const value = file.raw[key];
    if (value === undefined) continue;
    if (file.base) found = value;
    else problems.push({ message: `\`${key}\` applies to the whole run and cannot be set for one folder`, origin: place(file, [key]) });
  }
  return found;
}

function mergeOrganization(base: string, files: readonly ConfigFile[], problems: ConfigProblem[]): OrganizationConfig {
  const accounts = new Map<string, AccountConfig>();
  const units = new Map<string, UnitConfig>();
  for (const file of files) {
    const { accounts: declared = [], units: declaredUnits = [] } = file.raw.organization ?? {};
    for (const [index, { id, name, ou }] of declared.entries()) {
      const known = accounts.get(String(id));
      const origin = place(file, ['organization', 'accounts', String(index)]);
      accounts.set(String(id), { id: String(id), name: text(name) ?? known?.name, unit: text(ou) ?? known?.unit, origin });
    }
    for (const { id, name, parent } of declaredUnits) units.set(String(id), { id: String(id), name: text(name), parent: text(parent) });
  }
  return {
    id: agreed(files, 'id', problems),
    managementAccount: agreed(files, 'managementAccount', problems),
    accounts,
    units,
    controlPolicies: files.flatMap((file) => controlPoliciesOf(base, file)),
    controlPoliciesComplete: files.some((file) => file.raw.organization?.controlPoliciesComplete === true),
  };
}

function controlPoliciesOf(base: string, file: ConfigFile): readonly ControlPolicyConfig[] {
  return (file.raw.organization?.controlPolicies ?? []).map((policy, index) => ({
    file: posix.relative(base, posix.join(file.folder, String(policy.file))),
    policyType: policy.type ?? 'scp',
    targets: list(policy.targets),
    origin: place(file, ['organization', 'controlPolicies', String(index)]),
  }));
}

/** A fact of the organization that all files that state it must agree on. */
function agreed(files: readonly ConfigFile[], key: 'id' | 'managementAccount', problems: ConfigProblem[]): string | undefined {
  let found: string | undefined;
  for (const file of files) {
    const value = text(file.raw.organization?.[key]);
    if (value === undefined) continue;
    if (found !== undefined && found !== value) {
      problems.push({ message: `\`${key}\` is \`${value}\` here but \`${found}\` in a configuration above`, origin: place(file, ['organization', key]) });
    }
    found ??= value;
  }
  return found;
}

function mergeTrusted(files: readonly ConfigFile[]): ReadonlyMap<string, TrustedAccountConfig> {
  const trusted = new Map<string, TrustedAccountConfig>();
  for (const { raw } of files) {
    for (const { name, accounts, reason } of raw.vendors ?? []) {
      for (const account of accounts) trusted.set(String(account), { account: String(account), name: text(name), kind: 'vendor', reason: text(reason), principals: undefined });
    }
    for (const { account, name, reason, vendor, principals } of raw.trusted ?? []) {
      const kind = vendor === true ? 'vendor' : 'trusted';
      trusted.set(String(account), { account: String(account), name: text(name), kind, reason: text(reason), principals: principals === undefined ? undefined : list(principals) });
    }
  }
  return trusted;
}

/** Account ids by name; ids are their own names. */
function accountNames({ accounts }: OrganizationConfig): ReadonlyMap<string, string> {
  return new Map([...accounts.values()].flatMap(({ id, name }) => (name === undefined ? [] : [[name, id] as const])));
}

function layerOf(file: ConfigFile, accounts: ReadonlyMap<string, string>, problems: ConfigProblem[]): ConfigLayer {
  const { raw } = file;
  const accountAt = (value: RawText | undefined, path: readonly string[]) => accountId(value, accounts, (message) => problems.push({ message, origin: place(file, path) }));
  return {
    file: file.source.path,
    folder: file.folder,
    everywhere: file.everywhere,
    root: raw.root === true,
    account: accountAt(raw.account, ['account']),
    region: raw.region,
    parameters: parameterTexts(raw.parameters),
    deployments: (raw.deployments ?? []).map(
      (deployment, index): DeploymentConfig => ({
        matches: pathMatcher(list(deployment.paths)),
        account: accountAt(deployment.account, ['deployments', String(index), 'account']),
        region: deployment.region,
        parameters: parameterTexts(deployment.parameters),
      }),
    ),
    rules: ruleSettings(raw.rules, file, ['rules'], file.base ? undefined : problems),
    overrides: (raw.overrides ?? []).map((override, index) => ({
      matches: pathMatcher(list(override.files)),
      rules: ruleSettings(override.rules, file, ['overrides', String(index), 'rules'], problems),
    })),
    ignores: pathMatcher(list(raw.ignore ?? [])),
    suppressions: suppressionsOf(file),
  };
}

function accountId(value: RawText | undefined, accounts: ReadonlyMap<string, string>, report: (message: string) => void): string | undefined {
  const name = text(value);
  if (name === undefined || /^[0-9]{12}$/.test(name)) return name;
  const id = accounts.get(name);
  if (id === undefined) report(`no account of \`organization.accounts\` is called \`${name}\`${didYouMean(name, accounts.keys())}`);
  return id;
}

/** A rule judges the whole run by one set of options, so that only `scoped` settings (with a list for problems) may not have any. */
function ruleSettings(rules: RawRules | undefined, file: ConfigFile, path: readonly string[], scoped: ConfigProblem[] | undefined): readonly RuleSetting[] {
  return Object.entries(rules ?? {}).map(([name, setting]) => {
    const origin = place(file, [...path, name]);
    if (typeof setting === 'string') return { name, severity: setting, options: {}, origin };
    if (setting.options !== undefined) scoped?.push({ message: '`options` apply to the whole run and cannot be set for some files', origin: place(file, [...path, name, 'options']) });
    return { name, severity: setting.severity, options: setting.options ?? {}, origin };
  });
}

function suppressionsOf(file: ConfigFile): readonly SuppressionConfig[] {
  return (file.raw.suppress ?? []).map(({ rule, paths, resource, values, reason, until }, index) => ({
    rule,
    matches: paths === undefined ? undefined : pathMatcher(list(paths)),
    resource: text(resource),
    values: values === undefined ? undefined : list(values),
    reason: String(reason),
    until,
    origin: place(file, ['suppress', String(index)]),
  }));
}

function parameterTexts(parameters: RawParameters | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.map(String).join(',') : String(value)]));
}

function place(file: ConfigFile, path: readonly string[]): { readonly source: Source; readonly start: number; readonly end: number } {
  if (file.root === undefined) return { source: file.source, start: 0, end: 0 };
  const { source, start, end } = nodeAt(file.root, path);
  return { source, start, end };
}

function text(value: RawText | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function list(value: RawTexts): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
