import { once } from '../data/load.ts';
import { managedPolicy } from '../data/managed-policies.ts';
import type { DeclaringResource } from '../extract/declaration.ts';
import { parsePolicy, valueOfJson } from '../iam/parse-policy.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import type { Policy } from './model.ts';

/** What is known of one of AWS's policies, whoever it is attached to. */
interface KnownPolicy {
  readonly arn: string;
  readonly name: string;
  readonly document: () => PolicyDocument;
}

const memo = once(() => new Map<string, KnownPolicy | undefined>());

/**
 * The AWS-managed policy an ARN or a bare name stands for, its document parsed when first asked for.
 * `undefined` for names that are none of AWS's.
 */
export function awsManagedPolicy(text: string, from: DeclaringResource): Policy | undefined {
  const found = lookUp(text);
  if (found === undefined) return undefined;
  return {
    id: found.arn,
    kind: 'identity',
    name: found.name,
    get document() {
      return found.document();
    },
    managed: 'aws',
    owners: [],
    unboundOwners: [],
    synthetic: false,
    account: 'aws',
    from,
  };
}

/** Estates attach the same few policies again and again: each is looked up and parsed once. */
function lookUp(text: string): KnownPolicy | undefined {
  const isArn = /^arn:[^:]*:iam::aws:policy\/./.test(text);
  if (!isArn && !/^[\w+=,.@-]{1,128}$/.test(text)) return undefined;
  if (memo().has(text)) return memo().get(text);
  const found = managedPolicy(text);
  const known = found === undefined ? undefined : { arn: found.arn, name: found.name, document: once(() => parsePolicy(valueOfJson(found.document), 'identity')) };
  memo().set(text, known);
  return known;
}
