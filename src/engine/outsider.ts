import type { CompiledStatement } from './compile.ts';
import { parseIpRange } from '../iam/condition/ip.ts';
import { hasHole } from '../iam/token.ts';
import type { KeyFact } from './find-access.ts';
import { type AddressSet, ALL_ADDRESSES, complementAddresses, intersectAddresses, uniteAddresses } from './region/address-set.ts';

/**
 * What a condition on a key holds on to. A caller from outside cannot choose these; everything else (`aws:Referer`,
 * `aws:UserAgent`, tags of its own principals, parameters of the call) it can, so conditions on it keep nobody out.
 */
export type PinGroup = 'organization' | 'account' | 'network' | 'source' | 'secret';

/** Source: IAM User Guide, "AWS global condition context keys"; S3 User Guide, "The meaning of public". */
const PIN_GROUPS: ReadonlyMap<string, PinGroup> = new Map([
  ['aws:principalorgid', 'organization'],
  ['aws:principalorgpaths', 'organization'],
  ['aws:userid', 'account'],
  ['kms:calleraccount', 'account'],
  ['s3:dataaccesspointaccount', 'account'],
  ['aws:sourceip', 'network'],
  ['aws:vpcsourceip', 'network'],
  ['aws:sourcevpc', 'network'],
  ['aws:sourcevpcarn', 'network'],
  ['aws:sourcevpce', 'network'],
  ['aws:vpceaccount', 'network'],
  ['aws:vpceorgid', 'network'],
  ['aws:vpceorgpaths', 'network'],
  ['s3:accesspointnetworkorigin', 'network'],
  ['aws:sourcearn', 'source'],
  ['aws:sourceaccount', 'source'],
  ['aws:sourceowner', 'source'],
  ['aws:sourceorgid', 'source'],
  ['aws:sourceorgpaths', 'source'],
  ['sts:externalid', 'secret'],
]);

export function pinGroupOf(key: string): PinGroup | undefined {
  return PIN_GROUPS.get(key);
}

/** Names that no document holds: an account, an organization and a word of a stranger. */
export interface Stranger {
  readonly account: string;
  readonly organization: string;
  readonly word: string;
}

const WORD = 'zz-stranger-zz';

/** A stranger to the statements: an account they do not mention. */
export function strangerTo(statements: readonly CompiledStatement[]): Stranger {
  const texts = statements.flatMap((statement) => [...(statement.source.principal?.entries ?? []), ...statement.conditions.flatMap((condition) => condition.source.values)].map((item) => item.text));
  const accounts = ['210987654321', '320987654321', '430987654321', '540987654321', '650987654321'];
  const account = accounts.find((candidate) => !texts.some((text) => text.includes(candidate))) ?? '760987654321';
  return { account, organization: 'o-zzstranger0', word: WORD };
}

/**
 * What a pinning key holds when a stranger calls: nothing, or values of the stranger's own. Keys of `free` groups are
 * left open.
 */
export function strangerFacts(statements: readonly CompiledStatement[], stranger: Stranger, free: ReadonlySet<PinGroup>): ReadonlyMap<string, KeyFact> {
  const facts = new Map<string, KeyFact>();
  for (const key of new Set(statements.flatMap((statement) => statement.conditions.map((condition) => condition.key)))) {
    const group = pinGroupOf(key);
    if (group === undefined || free.has(group)) continue;
    if (key === 'aws:sourceip' && isBroad(admittedAddresses(statements))) continue;
    facts.set(key, { absent: true, values: strangerValues(key, stranger) });
  }
  return facts;
}

function strangerValues(key: string, { account, organization, word }: Stranger): readonly string[] {
  switch (key) {
    case 'aws:principalorgid':
    case 'aws:sourceorgid':
    case 'aws:vpceorgid':
      return [organization];
    case 'aws:principalorgpaths':
    case 'aws:sourceorgpaths':
    case 'aws:vpceorgpaths':
      return [`${organization}/r-${word}/`];
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
    case 'aws:vpceaccount':
    case 'kms:calleraccount':
    case 's3:dataaccesspointaccount':
      return [account];
    case 'aws:sourcearn':
    case 'aws:sourcevpcarn':
      return [`arn:*:*:*:${account}:*`, `arn:*:*:*::*${word}*`];
    case 'aws:sourcevpc':
      return [`vpc-${word}`];
    case 'aws:sourcevpce':
      return [`vpce-${word}`];
    case 'aws:userid':
      return [`AIDA${word}`, `AROA${word}:*`];
    case 's3:accesspointnetworkorigin':
      return ['Internet'];
    default:
      return [];
  }
}

/** Addresses that the statements' conditions leave for callers over the internet. Source conditions of other kinds are not counted. */
function admittedAddresses(statements: readonly CompiledStatement[]): AddressSet {
  let admitted = ALL_ADDRESSES;
  for (const statement of statements) {
    const conditions = statement.conditions.filter((condition) => condition.key === 'aws:sourceip' && condition.use?.operator.family === 'ip');
    // A deny that asks for more than the address does not shut an address out by itself.
    if (statement.effect !== 'Allow' && statement.conditions.length !== conditions.length) continue;
    for (const { source, use } of conditions) {
      if (source.values.some((value) => hasHole(value.text))) continue;
      const listed = source.values.reduce<AddressSet>((set, value) => {
        const range = parseIpRange(value.text);
        return range === undefined ? set : uniteAddresses(set, [range]);
      }, []);
      const met = use?.operator.negated === true ? complementAddresses(listed) : listed;
      admitted = intersectAddresses(admitted, statement.effect === 'Deny' ? complementAddresses(met) : met);
    }
  }
  return admitted;
}

const PRIVATE: AddressSet = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].flatMap((block) => parseIpRange(block) ?? []);

/**
 * More than a /8 of IPv4 or a /32 of IPv6, private ranges apart, is the internet.
 * Source: S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of public".
 */
function isBroad(addresses: AddressSet): boolean {
  return intersectAddresses(addresses, complementAddresses(PRIVATE)).some((range) => range.high - range.low + 1n > (range.family === 4 ? 1n << 24n : 1n << 96n));
}
