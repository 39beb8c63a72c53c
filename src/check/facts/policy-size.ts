import type { Value } from '../../core/value.ts';
import type { Policy } from '../../model/model.ts';

export interface Oversize {
  readonly noun: string;
  readonly size: number;
  readonly quota: number;
}

/** SCPs and RCPs: 5,120 characters. Source: Organizations User Guide, "Quotas and service limits". */
export function oversizedControlPolicy(policy: Policy): Oversize | undefined {
  return policy.kind === 'scp' || policy.kind === 'rcp' ? over(policy, 'control policy', 5120) : undefined;
}

/** Managed policies: 6,144 characters; inline policies of a role 10,240 in all, a group 5,120, a user 2,048. Source: IAM User Guide, "IAM and AWS STS quotas". */
export function oversizedIdentityPolicy(policy: Policy): Oversize | undefined {
  if (policy.kind !== 'identity' || policy.managed === 'aws') return undefined;
  if (policy.managed === 'customer') return over(policy, 'managed policy', 6144);
  switch (policy.owners[0]?.entity) {
    case 'user':
      return over(policy, 'inline policy of a user', 2048);
    case 'group':
      return over(policy, 'inline policy of a group', 5120);
    case 'role':
      return over(policy, 'inline policy of a role', 10_240);
    case 'permission-set':
      return over(policy, 'inline policy of a permission set', 32_768);
    default:
      return undefined;
  }
}

/** Trust policies: 2,048 characters unless raised. Source: IAM User Guide, "IAM and AWS STS quotas". */
export function oversizedTrustPolicy(policy: Policy): Oversize | undefined {
  return policy.kind === 'trust' ? over(policy, 'trust policy', 2048) : undefined;
}

/** Quotas of resource policies. Sources: the services' quota pages. */
const RESOURCE_QUOTAS: ReadonlyMap<string, number> = new Map([
  ['s3', 20_480],
  ['kms', 32_768],
  ['sns', 30_720],
  ['secretsmanager', 20_480],
  ['lambda', 20_480],
  ['ecr', 10_240],
]);

export function oversizedResourcePolicy(policy: Policy, service: string | undefined): Oversize | undefined {
  const quota = policy.kind === 'resource' && !policy.synthetic ? RESOURCE_QUOTAS.get(service ?? '') : undefined;
  return quota === undefined ? undefined : over(policy, 'resource policy', quota);
}

/** Unknown parts count with nothing, so the size is a lower bound: what exceeds the quota does so in every deployment. */
function over(policy: Policy, noun: string, quota: number): Oversize | undefined {
  const size = smallestSize(policy.document.value, 0);
  return size > quota ? { noun, size, quota } : undefined;
}

const MAX_DEPTH = 40;

/** The shortest JSON the value can become, without white space between tokens. */
function smallestSize(value: Value, depth: number): number {
  if (depth > MAX_DEPTH) return 0;
  switch (value.kind) {
    case 'scalar':
      return value.text.length + (value.type === 'string' ? 2 : 0);
    case 'list':
      return 2 + Math.max(0, value.items.length - 1) + value.items.reduce((sum, item) => sum + smallestSize(item, depth + 1), 0);
    case 'map':
      return 2 + Math.max(0, value.entries.length - 1) + value.entries.reduce((sum, entry) => sum + (entry.when === undefined ? entry.key.length + 3 + smallestSize(entry.value, depth + 1) : 0), 0);
    case 'concat':
      return 2 + value.parts.reduce((sum, part) => sum + (part.kind === 'scalar' ? part.text.length : 0), 0);
    case 'choice':
      return Math.min(...value.options.map((option) => smallestSize(option.value, depth + 1)));
    default:
      return 0;
  }
}
