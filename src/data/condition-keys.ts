import type { KeyRow } from './action-table.ts';
import { actionTable } from './actions.ts';
import { once } from './load.ts';

/** Type of a condition key's values; `unknown` where the reference names the key without a type. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'unknown';

/** A condition key. `key` is the reference's spelling, with its hole when templated, e.g. `aws:RequestTag/${TagKey}`. */
export interface ConditionKeyInfo {
  readonly key: string;
  readonly type: ConditionKeyType;
  readonly multivalued: boolean;
  readonly templated: boolean;
  /** Global keys, keys of one service, and claims of an outside identity provider. */
  readonly scope: 'global' | 'service' | 'federation';
  /** Prefix of the service whose requests carry the key; undefined for global keys. */
  readonly service: string | undefined;
}

/** Tells whether a condition key exists, in any case; see {@link conditionKeyInfo}. */
export function isConditionKey(key: string): boolean {
  return conditionKeyInfo(key) !== undefined;
}

/**
 * The condition key of this name, in any case, or undefined.
 * Templated keys match any non-empty text in their hole: `aws:RequestTag/team`, `s3:ExistingObjectTag/class`, `kms:EncryptionContext:app`.
 * A key whose prefix is a host name is a claim of an OIDC provider (`oidc.eks.eu-west-1.amazonaws.com/id/X:sub`).
 */
export function conditionKeyInfo(key: string): ConditionKeyInfo | undefined {
  const wanted = key.toLowerCase();
  if (wanted.length > LONGEST_KEY) return undefined;
  const global = findKey(globalKeys(), wanted);
  if (global) return describe(global, 'global', undefined);
  const service = serviceOfKey(wanted);
  const own = service && findKey(keysOfService(service), wanted);
  if (own) return describe(own, isClaim(wanted) || wanted.startsWith('saml:') ? 'federation' : 'service', service);
  const borrowed = actionTable().borrowedKeys.find((row) => row.key.toLowerCase() === wanted);
  return borrowed ? describe(borrowed, 'service', borrowed.service) : standardClaim(key);
}

/** All global condition keys, in the reference's spelling. */
export function globalConditionKeys(): readonly string[] {
  return actionTable().globals.map((row) => row.key);
}

/** All condition keys of a service, in the reference's spelling, those of outside providers included for `sts`. */
export function conditionKeysOfService(service: string): readonly string[] {
  return keysOfService(service.toLowerCase()).all.map((row) => row.key);
}

/** Prefix of the service that answers for a key in lower case, or undefined when no service does. */
export function serviceOfKey(wanted: string): string | undefined {
  const prefix = wanted.slice(0, Math.max(wanted.indexOf(':'), 0));
  if (actionTable().serviceOf.has(prefix)) return prefix;
  const exact = actionTable().keyPrefixes.get(prefix);
  if (exact !== undefined) return exact;
  return isClaim(wanted) ? 'sts' : undefined;
}

const LONGEST_KEY = 1024;

/** Claims that STS offers for every OIDC provider (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif). */
const standardClaims = ['amr', 'aud', 'email', 'oaud', 'sub'] as const;

function standardClaim(key: string): ConditionKeyInfo | undefined {
  if (!isClaim(key)) return undefined;
  const claim = key.slice(key.lastIndexOf(':') + 1).toLowerCase();
  if (!standardClaims.some((name) => name === claim)) return undefined;
  // `amr` lists the authentication methods, so it is the one claim with several values.
  return { key, type: 'String', multivalued: claim === 'amr', templated: false, scope: 'federation', service: 'sts' };
}

/** Provider prefixes are host names, with or without a path; no service prefix holds a dot. */
function isClaim(key: string): boolean {
  return key.slice(0, Math.max(key.indexOf(':'), 0)).includes('.');
}

interface KeyIndex {
  readonly all: readonly KeyRow[];
  readonly exact: ReadonlyMap<string, KeyRow>;
  readonly templates: readonly { readonly row: KeyRow; readonly parts: readonly string[] }[];
}

const globalKeys = once(() => indexKeys(actionTable().globals));
const serviceKeys = once(() => new Map<string, KeyIndex>());

function keysOfService(service: string): KeyIndex {
  const known = serviceKeys().get(service);
  if (known) return known;
  const row = actionTable().serviceOf.get(service);
  const index = indexKeys(row ? actionTable().detailOf(row).keys : []);
  if (row) serviceKeys().set(service, index);
  return index;
}

/** Parts of a templated key between its holes (`${TagKey}`, `<key>`). */
function indexKeys(rows: readonly KeyRow[]): KeyIndex {
  return {
    all: rows,
    exact: new Map(rows.map((row) => [row.key.toLowerCase(), row])),
    templates: rows
      .filter((row) => /[$<]/.test(row.key))
      .map((row) => ({ row, parts: row.key.toLowerCase().split(/\$\{[^}]*\}|<[^>]*>/) }))
      // The most literal template first: `events:Metadata/${MetadataKey}/Matcher` before `events:Metadata/${MetadataKey}`.
      .sort((left, right) => right.parts.join('').length - left.parts.join('').length),
  };
}

function findKey(index: KeyIndex, wanted: string): KeyRow | undefined {
  return index.exact.get(wanted) ?? index.templates.find((template) => fills(template.parts, wanted))?.row;
}

/** Tells whether a text has the parts in order with at least one character in each hole. */
function fills(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length > at + last.length && text.endsWith(last);
}

function describe(row: KeyRow, scope: ConditionKeyInfo['scope'], service: string | undefined): ConditionKeyInfo {
  const multivalued = row.type.startsWith('ArrayOf');
  return {
    key: row.key,
    type: readType(multivalued ? row.type.slice('ArrayOf'.length) : row.type),
    multivalued,
    templated: /[$<]/.test(row.key),
    scope,
    service,
  };
}

function readType(type: string): ConditionKeyType {
  switch (type) {
    case 'String':
    case 'ARN':
    case 'Bool':
    case 'Numeric':
    case 'Date':
    case 'IPAddress':
      return type;
    default:
      return 'unknown';
  }
}
