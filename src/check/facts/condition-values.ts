import { hasHole } from '../../iam/token.ts';
import type { ConditionFact } from './condition.ts';
import { compileGlobTest } from './glob.ts';
import { isPrivateRange, readRange } from './network.ts';
import { hasWildcard } from './outline.ts';
import { isRegion, regions } from './regions.ts';

/** What is wrong with one value of a condition. */
export type ValueFault =
  | 'not-boolean'
  | 'not-number'
  | 'not-date'
  | 'epoch-date'
  | 'not-address'
  | 'host-bits'
  | 'private-address'
  | 'not-base64'
  | 'literal-wildcard'
  | 'sensitive-wildcard'
  | 'short-prefix'
  | 'unknown-region'
  | 'service-principal'
  | 'vpc-id'
  | 'kms-key';

/** Keys whose values never take a wildcard. Source: IAM Access Analyzer, policy check reference, "Wildcard usage too permissive". */
const SENSITIVE: ReadonlySet<string> = new Set(['aws:principalaccount', 'aws:principalorgid', 'aws:resourceaccount', 'aws:resourceorgid', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:vpceaccount', 'aws:vpceorgid']);

const PATHS: ReadonlySet<string> = new Set(['aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:vpceorgpaths']);

/** Keys that hold a service principal. */
const SERVICE_VALUED: ReadonlySet<string> = new Set(['iam:passedtoservice', 'iam:awsservicename', 'aws:principalservicename', 'aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast', 'kms:viaservice']);

const KEY_ARN_VALUED: ReadonlySet<string> = new Set(['s3:x-amz-server-side-encryption-aws-kms-key-id', 'kms:requestalias']);

/** The faults of a value under its operator and key; none for values with holes, which may be anything. */
export function valueFaults(condition: ConditionFact, text: string): readonly ValueFault[] {
  if (hasHole(text)) return hasWildcard(text) ? wildcardFaults(condition, text) : [];
  const faults: ValueFault[] = [];
  const family = familyFault(condition, text);
  if (family !== undefined) faults.push(family);
  faults.push(...wildcardFaults(condition, text));
  const word = wordFault(condition, text);
  if (word !== undefined) faults.push(word);
  return faults;
}

function familyFault({ operator, key }: ConditionFact, text: string): ValueFault | undefined {
  if (text.includes('${')) return undefined;
  switch (operator.family) {
    case 'Bool':
    case 'Null':
      return /^(true|false)$/i.test(text) ? undefined : 'not-boolean';
    case 'Numeric':
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? undefined : 'not-number';
    case 'Date':
      if (/^\d+(\.\d+)?$/.test(text)) return key === 'aws:currenttime' && text.length > 4 ? 'epoch-date' : undefined;
      return /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/.test(text) ? undefined : 'not-date';
    case 'Binary':
      return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? undefined : 'not-base64';
    case 'Ip': {
      const read = readRange(text);
      if (read === undefined) return 'not-address';
      if (key === 'aws:sourceip' && isPrivateRange(read.range)) return 'private-address';
      return read.hostBits ? 'host-bits' : undefined;
    }
    default:
      return undefined;
  }
}

function wildcardFaults({ operator, key }: ConditionFact, text: string): readonly ValueFault[] {
  if (!hasWildcard(withoutVariables(text))) return [];
  if (operator.family === 'String' && !operator.wildcards) return ['literal-wildcard'];
  if (!operator.wildcards || operator.negated) return [];
  if (SENSITIVE.has(key)) return ['sensitive-wildcard'];
  if (PATHS.has(key)) return /^o-[a-z0-9]{10,32}\//.test(text) ? [] : ['sensitive-wildcard'];
  if (SHORT_PREFIX_KEYS.has(key)) return /^[*?]+$/.test(text) || withoutVariables(text).search(/[*?]/) >= 6 ? [] : ['short-prefix'];
  return [];
}

/** Keys that name one thing, so that a pattern should be long enough to mean it. */
const SHORT_PREFIX_KEYS: ReadonlySet<string> = new Set(['aws:sourcevpcarn', 'aws:userid', 'aws:sourceidentity', 'aws:federatedprovider', 'sts:rolesessionname', 's3:dataaccesspointaccount']);

/** Escaped wildcards and variables are no wildcards of the pattern. */
function withoutVariables(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, 'x');
}

function wordFault({ operator, key }: ConditionFact, text: string): ValueFault | undefined {
  if (operator.family !== 'String' && operator.family !== 'Arn') return undefined;
  if (text.includes('${')) return undefined;
  if (key === 'aws:requestedregion' || key === 'ec2:region') return knowsRegion(text, operator.wildcards) ? undefined : 'unknown-region';
  if (SERVICE_VALUED.has(key)) return operator.wildcards && hasWildcard(text) ? undefined : servicePrincipalFault(key, text);
  if (key === 'aws:sourcevpc') return text.includes('*') || /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text) ? undefined : 'vpc-id';
  if (key === 'aws:sourcevpce') return text.includes('*') || /^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text) ? undefined : 'vpc-id';
  if (KEY_ARN_VALUED.has(key)) return key.startsWith('s3:') && !/^arn:[^:]+:kms:[^:]*:[^:]*:key\/./.test(text) && !hasWildcard(text) ? 'kms-key' : undefined;
  return undefined;
}

function knowsRegion(text: string, wildcards: boolean): boolean {
  if (text === 'aws-global') return true;
  if (!wildcards || !hasWildcard(text)) return isRegion(text);
  const matches = compileGlobTest(text);
  return regions().some((region) => matches(region));
}

/** `kms:ViaService` takes `service.region.amazonaws.com`, the others `service.amazonaws.com`. */
function servicePrincipalFault(key: string, text: string): ValueFault | undefined {
  const form = key === 'kms:viaservice' ? /^[a-z0-9-]+(\.[a-z0-9-]+)+\.amazonaws\.(com|com\.cn|eu)$/ : /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.(com|com\.cn|eu|internal)|amazon\.com|aws\.internal)$/;
  return form.test(text) ? undefined : 'service-principal';
}
