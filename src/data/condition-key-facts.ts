import { conditionKeyInfo } from './condition-keys.ts';
import { hasFormat, once, readTable } from './load.ts';

/** Requests that do not carry a key. */
export type KeyAbsence =
  | 'anonymous'
  | 'service'
  | 'iam-user'
  | 'root-user'
  | 'role-session'
  | 'federated-session'
  | 'long-term-credentials'
  | 'without-mfa'
  | 'without-source-identity'
  | 'direct-call'
  | 'vpc-endpoint'
  | 'public-network'
  | 'outside-organization'
  | 'untagged-principal'
  | 'untagged-resource'
  | 'untagged-request'
  | 'not-from-instance'
  | 'not-from-glue'
  | 'not-from-function'
  | 'not-from-identity-center';

/** What a condition on a key is worth; the words are explained in `condition-key-facts.json`. */
export interface ConditionKeyFacts {
  readonly limits:
    | 'principal'
    | 'principal-kind'
    | 'principal-tag'
    | 'account'
    | 'organization'
    | 'organizational-unit'
    | 'network'
    | 'vpc'
    | 'service'
    | 'source'
    | 'session'
    | 'shared-secret'
    | 'resource'
    | 'request'
    | 'time';
  readonly strength: 'strong' | 'weak' | 'forgeable' | 'none';
  /** On such requests a positive operator fails, a negated one matches, and `IfExists` matches. */
  readonly absentFor: readonly KeyAbsence[];
  /** The value is an identifier of fixed form, so it must hold no wildcard. */
  readonly neverWildcard: boolean;
  readonly note: string | undefined;
}

/** What is known of a condition key, in any case and with its template filled in; undefined for keys not classified. */
export function conditionKeyFacts(key: string): ConditionKeyFacts | undefined {
  const row = factTable().get((conditionKeyInfo(key)?.key ?? key).toLowerCase());
  if (!row) return undefined;
  return { limits: row.limits, strength: row.strength, absentFor: row.absentFor ?? [], neverWildcard: row.neverWildcard ?? false, note: row.note };
}

/** Keys that are classified, in the table's spelling. */
export function classifiedConditionKeys(): readonly string[] {
  return Object.keys(factFile().keys);
}

interface FactRow {
  readonly limits: ConditionKeyFacts['limits'];
  readonly strength: ConditionKeyFacts['strength'];
  readonly absentFor?: readonly KeyAbsence[];
  readonly neverWildcard?: boolean;
  readonly note?: string;
}

const factFile = once(() => readTable('condition-key-facts.json', isFactFile));
const factTable = once(() => new Map(Object.entries(factFile().keys).map(([key, row]) => [key.toLowerCase(), row])));

function isFactFile(value: unknown): value is { readonly keys: Readonly<Record<string, FactRow>> } {
  return hasFormat(value, 'iamlint-condition-key-facts 1');
}
