import { resourceTypesOfService, serviceExists, services } from '../../data/actions.ts';
import { once } from '../../data/load.ts';
import { globsIntersect } from './glob.ts';
import { hasWildcard, outline } from './outline.ts';
import { isRegion } from './regions.ts';
import type { ResourcePattern } from './resource.ts';

/** What is wrong with a resource string, seen against the ARN formats of its service. */
export type ArnFault =
  | 'not-an-arn'
  | 'missing-fields'
  | 'unknown-partition'
  | 'service-case'
  | 'unknown-namespace'
  | 'unknown-region'
  | 'region-not-allowed'
  | 'missing-region'
  | 'invalid-account'
  | 'account-not-allowed'
  | 'missing-account'
  | 'unknown-resource-part';

interface ArnFormat {
  readonly region: boolean;
  readonly account: boolean;
  /** The sixth field with its holes as stars. */
  readonly resource: string;
}

/** Partitions of AWS. Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names". */
const PARTITIONS: ReadonlySet<string> = new Set(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc']);

/** The faults of a resource string; none for texts that are not known. Read once a pattern: several rules ask. */
export function arnFaults(pattern: ResourcePattern): readonly ArnFault[] {
  const known = faultsMemo().get(pattern) ?? findFaults(pattern);
  faultsMemo().set(pattern, known);
  return known;
}

const faultsMemo = once(() => new WeakMap<ResourcePattern, readonly ArnFault[]>());

function findFaults(pattern: ResourcePattern): readonly ArnFault[] {
  const { width, arn, text } = pattern;
  if (width === 'any' || width === 'everything' || width === 'unknown') return [];
  if (arn === undefined) {
    // API Gateway completes the short form itself. Source: API Gateway Developer Guide, "API Gateway resource policy examples".
    if (width !== 'malformed' || text.startsWith('execute-api:/')) return [];
    return [text.startsWith('arn:') ? 'missing-fields' : 'not-an-arn'];
  }
  const faults: ArnFault[] = [];
  const partition = outline(arn.partition);
  if (isLiteral(arn.partition) && !PARTITIONS.has(partition)) faults.push('unknown-partition');
  if (!isLiteral(arn.service)) return faults;
  if (arn.service !== arn.service.toLowerCase()) return [...faults, 'service-case'];
  const formats = formatsOf(arn.service);
  if (formats.length === 0) return knowsNamespace(arn.service) ? faults : [...faults, 'unknown-namespace'];
  const fitting = formats.filter((format) => globsIntersect(arn.resource, format.resource));
  if (fitting.length === 0 && !isUnlisted(arn.service, arn.resource)) faults.push('unknown-resource-part');
  faults.push(...regionFaults(arn.region, fitting), ...accountFaults(arn.service, arn.account, fitting));
  return faults;
}

/** Forms that AWS's own policies use and the reference does not list: the root user, and paths of REST APIs (`:/accounts`). */
function isUnlisted(service: string, resource: string): boolean {
  return (service === 'iam' && resource === 'root') || (resource.startsWith('/') && service !== 'apigateway');
}

function regionFaults(region: string, formats: readonly ArnFormat[]): readonly ArnFault[] {
  if (hasWildcard(region)) return [];
  if (region === '') return formats.length > 0 && formats.every((format) => format.region) ? ['missing-region'] : [];
  if (formats.length > 0 && formats.every((format) => !format.region)) return ['region-not-allowed'];
  return isLiteral(region) && !isRegion(region) ? ['unknown-region'] : [];
}

function accountFaults(service: string, account: string, formats: readonly ArnFormat[]): readonly ArnFault[] {
  if (hasWildcard(account) || account === 'aws') return [];
  // Documents of AWS itself are named without account (Systems Manager User Guide, "AWS Systems Manager resource types").
  if (account === '' && service === 'ssm') return [];
  if (account === '') return formats.length > 0 && formats.every((format) => format.account) ? ['missing-account'] : [];
  if (formats.length > 0 && formats.every((format) => !format.account)) return ['account-not-allowed'];
  return isLiteral(account) && !/^\d{12}$/.test(account) && account !== 'cloudfront' && !account.includes('${') ? ['invalid-account'] : [];
}

/** No hole, no wildcard, no policy variable, not empty: a word that can be compared. */
function isLiteral(segment: string): boolean {
  return segment !== '' && outline(segment) === segment && !hasWildcard(segment) && !segment.includes('${');
}

/** The ARN formats of a namespace: those of the service of that prefix, else of whichever service uses it. */
function formatsOf(namespace: string): readonly ArnFormat[] {
  const known = memo().get(namespace);
  if (known !== undefined) return known;
  const own = formatsIn(namespace, namespace);
  const formats = own.length > 0 ? own : (byNamespace().get(namespace) ?? []);
  memo().set(namespace, formats);
  return formats;
}

const memo = once(() => new Map<string, readonly ArnFormat[]>());

function formatsIn(service: string, namespace: string): readonly ArnFormat[] {
  if (!serviceExists(service)) return [];
  return resourceTypesOfService(service).flatMap((type) => type.arns.flatMap((format) => (format.split(':')[2] === namespace ? [readFormat(format)] : [])));
}

const byNamespace = once(() => {
  const found = new Map<string, ArnFormat[]>();
  for (const service of services()) {
    for (const type of resourceTypesOfService(service)) {
      for (const format of type.arns) {
        const namespace = format.split(':')[2] ?? '';
        const list = found.get(namespace);
        if (list === undefined) found.set(namespace, [readFormat(format)]);
        else list.push(readFormat(format));
      }
    }
  }
  return found;
});

function readFormat(format: string): ArnFormat {
  const [, , , region = '', account = '', ...rest] = format.split(':');
  return { region: region !== '', account: account !== '', resource: rest.join(':').replace(/\$\{[^}]*\}/g, '*') };
}

/** Is the word a service prefix, or the namespace of some service's ARNs? */
function knowsNamespace(namespace: string): boolean {
  return serviceExists(namespace) || byNamespace().has(namespace);
}
