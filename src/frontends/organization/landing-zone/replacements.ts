import type { Origin } from '../../../core/source.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { partitionOfRegion, textOf, unknownOf } from '../values.ts';
import type { LandingZoneAccount } from './accounts.ts';
import { accountScope, type ConfigurationFile } from './scopes.ts';

/** What placeholders can be filled from. */
export interface Known {
  readonly folder: string;
  readonly root: (file: ConfigurationFile) => Value | undefined;
  readonly accounts: readonly LandingZoneAccount[] | undefined;
  /** The account that the text is for. */
  readonly account: LandingZoneAccount | undefined;
}

/**
 * The value of a placeholder, as far as the set's own files tell it; what only the deployment knows stays unknown.
 * Source: Landing Zone Accelerator, "Policy replacements" and ReplacementsConfig.
 */
export function lookupIn(known: Known, name: string, at: Origin): Value {
  const unknown = unknownOf('variable-without-value', `${known.folder}#${name}`, at, isAtom(name) ? 'atom' : 'any');
  if (name.startsWith('account ')) return accountId(known, name.slice('account '.length).trim(), at);
  if (name.startsWith('ACCEL_LOOKUP::CUSTOM:')) return replacement(known, name.slice('ACCEL_LOOKUP::CUSTOM:'.length), at) ?? unknown;
  const builtIn = BUILT_IN.get(name);
  if (builtIn !== undefined) return builtIn(known, at) ?? unknown;
  return replacement(known, name, at) ?? unknown;
}

type BuiltIn = (known: Known, at: Origin) => Value | undefined;

const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['PARTITION', (known, at) => moved(homeRegion(known), at, partitionOfRegion)],
  ['HOME_REGION', (known, at) => moved(homeRegion(known), at)],
  ['MANAGEMENT_ACCOUNT_ACCESS_ROLE', (known, at) => moved(knownText(property(known.root('global-config.yaml'), 'managementAccountAccessRole')), at)],
  ['MANAGEMENT_ACCOUNT_ID', (known, at) => accountId(known, 'Management', at)],
  ['AUDIT_ACCOUNT_ID', (known, at) => accountId(known, 'Audit', at)],
  ['LOGARCHIVE_ACCOUNT_ID', (known, at) => accountId(known, 'LogArchive', at)],
  ['ACCOUNT_NAME', (known, at) => moved(known.account?.name, at)],
  ['ACCOUNT_ID', (known, at) => (known.account === undefined ? undefined : accountIdValue(known.folder, known.account, at))],
  ['ORG_ID', (known, at) => moved(organizationId(known.root('organization-config.yaml')), at)],
]);

/** Words that are part of a name or an ARN and hold no wildcard. */
function isAtom(name: string): boolean {
  return /^(ACCELERATOR_(PREFIX|NAME|DEFAULT)|PARTITION$|REGION$|HOME_REGION$|ACCOUNT_(ID|NAME)$|[A-Z]+_ACCOUNT_ID$|ORG_ID$|MANAGEMENT_ACCOUNT_ACCESS_ROLE$)/.test(name);
}

function homeRegion(known: Known): string | undefined {
  return knownText(property(known.root('global-config.yaml'), 'homeRegion'));
}

function moved(text: string | undefined, at: Origin, change: (text: string) => string = (same) => same): Value | undefined {
  return text === undefined ? undefined : textOf(change(text), at);
}

/** A value of `replacements-config.yaml`; those of type SSM stand in a parameter store. */
function replacement(known: Known, key: string, at: Origin): Value | undefined {
  for (const item of itemsOf(property(known.root('replacements-config.yaml'), 'globalReplacements'))) {
    if (knownText(property(item, 'key')) !== key) continue;
    const value = property(item, 'value');
    if (value === undefined || value.kind === 'absent') return undefined;
    return value.kind === 'scalar' ? { ...value, origin: at } : value;
  }
  return undefined;
}

function accountId(known: Known, name: string, at: Origin): Value {
  const account = known.accounts?.find((candidate) => candidate.name === name);
  return account === undefined ? unknownOf('variable-without-value', `${known.folder}#id of account ${name}`, at, 'atom') : accountIdValue(known.folder, account, at);
}

/** An account's id: its digits, else the one unknown that everything deployed to the account shares. */
export function accountIdValue(folder: string, account: LandingZoneAccount, at: Origin): Value {
  return account.id === undefined ? unknownOf('deployment-account', `${accountScope(folder, account.name)}#AccountId`, at, 'atom') : textOf(account.id, at);
}

/** The organization's id, which stands in the ARNs of its units. */
export function organizationId(root: Value | undefined): string | undefined {
  for (const item of itemsOf(property(root, 'organizationalUnitIds'))) {
    const found = /\/(o-[a-z0-9]{10,32})\//.exec(knownText(property(item, 'arn')) ?? '');
    if (found?.[1] !== undefined) return found[1];
  }
  return undefined;
}
