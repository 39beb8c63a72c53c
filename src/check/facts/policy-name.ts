import { displayText, partsOf } from '../../iam/token.ts';
import type { Policy } from '../../model/model.ts';

/** What a person calls the resource a policy hangs on. */
export function ownerName(policy: Policy): string {
  const [owner] = policy.owners;
  if (owner !== undefined) return owner.from.displayName;
  const [unbound] = policy.unboundOwners;
  return unbound === undefined ? policy.from.displayName : nameOf(unbound.text);
}

/** A text that is one attribute of a resource of the run still names that resource. */
function nameOf(text: string): string {
  const [first, second] = partsOf(text);
  if (second !== undefined || typeof first !== 'object') return displayText(text);
  if (first.mark === '=') return first.name.split('#').at(-2) ?? displayText(text);
  return first.mark === '~' ? (first.name.split('#').at(-1) ?? '').replace(/\.(id|arn|url|name|[A-Z]\w*)$/, '') : displayText(text);
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ['s3', 'bucket policy'],
  ['kms', 'key policy'],
  ['sqs', 'queue policy'],
  ['sns', 'topic policy'],
  ['lambda', 'function policy'],
  ['ecr', 'repository policy'],
  ['secretsmanager', 'secret policy'],
  ['events', 'event bus policy'],
  ['es', 'domain policy'],
  ['glacier', 'vault policy'],
  ['elasticfilesystem', 'file system policy'],
  ['execute-api', 'REST API policy'],
  ['apigateway', 'REST API policy'],
]);

/** What kind of policy it is, in words: `bucket policy`, `trust policy`. */
export function policyNoun(policy: Pick<Policy, 'kind'>, service: string | undefined): string {
  switch (policy.kind) {
    case 'trust':
      return 'trust policy';
    case 'resource':
      return NOUNS.get(service ?? '') ?? 'resource policy';
    case 'scp':
      return 'service control policy';
    case 'rcp':
      return 'resource control policy';
    case 'boundary':
      return 'permissions boundary';
    case 'session':
      return 'session policy';
    case 'endpoint':
      return 'endpoint policy';
    case 'identity':
      return 'policy';
  }
}
