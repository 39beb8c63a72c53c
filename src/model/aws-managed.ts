import { once } from '../data/load.ts';
import { managedPolicy } from '../data/managed-policies.ts';
import type { DeclaringResource } from '../extract/declaration.ts';
import { parsePolicy, valueOfJson } from '../iam/parse-policy.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import type { Policy } from './model.ts';

/** Many principals share few of AWS's policies: each is parsed once. */
const documents = once(() => new Map<string, PolicyDocument>());

/**
 * The AWS-managed policy an ARN or a bare name stands for, its document parsed when first asked for.
 * `undefined` for names that are none of AWS's.
 */
export function awsManagedPolicy(text: string, from: DeclaringResource): Policy | undefined {
  const match = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(text);
  const name = match?.[1]?.slice((match[1]?.lastIndexOf('/') ?? -1) + 1) ?? (/^[\w+=,.@-]+$/.test(text) ? text : undefined);
  if (name === undefined) return undefined;
  const found = managedPolicy(match === null ? name : text);
  if (found === undefined) return undefined;
  return {
    id: found.arn,
    kind: 'identity',
    name: found.name,
    get document() {
      const known = documents().get(found.arn) ?? parsePolicy(valueOfJson(found.document), 'identity');
      documents().set(found.arn, known);
      return known;
    },
    managed: 'aws',
    owners: [],
    unboundOwners: [],
    synthetic: false,
    account: 'aws',
    from,
  };
}
