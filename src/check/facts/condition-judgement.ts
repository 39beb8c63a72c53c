import type { Statement } from '../../iam/policy-document.ts';
import { hasHole } from '../../iam/token.ts';
import type { ConditionFact } from './condition.ts';
import { coversInternet, isPrivateRange, readRange } from './network.ts';
import { hasWildcard } from './outline.ts';

/** How many values stand together in one deployment: values of different branches count once. */
export function valueCount(condition: ConditionFact): number {
  const plain = condition.values.filter((value) => value.when === undefined).length;
  return plain === condition.values.length ? plain : plain + 1;
}

/** Where the addresses of an IP condition on `aws:SourceIp` lie; `undefined` for other conditions. */
export function addressScope(condition: ConditionFact): 'private' | 'mixed' | 'public' | undefined {
  if (condition.operator.family !== 'Ip' || condition.key !== 'aws:sourceip') return undefined;
  const ranges = condition.values.map((value) => (hasHole(value.text) ? undefined : readRange(value.text)?.range));
  const known = ranges.filter((range) => range !== undefined);
  const inside = known.filter(isPrivateRange).length;
  if (inside === 0 || known.length < ranges.length) return inside === 0 ? 'public' : 'mixed';
  return inside === known.length ? 'private' : 'mixed';
}

/** Does an IP condition name every address there is? */
export function coversEveryAddress(condition: ConditionFact): boolean {
  if (condition.operator.family !== 'Ip') return false;
  return coversInternet(condition.values.flatMap((value) => (hasHole(value.text) ? [] : (readRange(value.text)?.range ?? []))));
}

/** `*` on a tag asks for the tag, whatever its value: a common way to demand tags. */
const TAG = /tag\//;

/** Is the condition met by every request that carries its key? */
export function isAlwaysTrue(condition: ConditionFact): boolean {
  const { operator, key, values } = condition;
  if (operator.base === undefined || operator.negated || TAG.test(key)) return false;
  switch (operator.base) {
    case 'StringLike':
      return values.some((value) => /^\*+$/.test(value.text));
    case 'ArnLike':
    case 'ArnEquals':
      return values.some((value) => /^(\*+|arn:\*|arn(:\*){5,})$/.test(value.text));
    case 'Bool':
      return values.some((value) => value.text === 'true' && value.when === undefined) && values.some((value) => value.text === 'false' && value.when === undefined);
    case 'NumericGreaterThan':
    case 'NumericGreaterThanEquals':
      return key === 'aws:multifactorauthage' && values.some((value) => Number(value.text) <= (operator.base === 'NumericGreaterThan' ? -1 : 0));
    default:
      return false;
  }
}

/** Can no request that carries the key meet the condition? */
export function isNeverTrue(condition: ConditionFact): boolean {
  const { operator, values } = condition;
  return operator.base === 'StringNotLike' && values.some((value) => /^\*+$/.test(value.text));
}

/**
 * MFA conditions that do not demand MFA: the key is absent from requests signed with long-term keys, and present with the
 * value false in console sessions. Source: IAM User Guide, "AWS global condition context keys", `aws:MultiFactorAuthPresent`.
 */
export function mfaFault(condition: ConditionFact, effect: Statement['effect']): 'deny-misses-keys' | 'presence-only' | 'optional' | undefined {
  if (condition.key !== 'aws:multifactorauthpresent') return undefined;
  const { base, ifExists } = condition.operator;
  const says = (word: string): boolean => condition.values.length > 0 && condition.values.every((value) => value.text === word);
  if (effect === 'Deny' && base === 'Bool' && !ifExists && says('false')) return 'deny-misses-keys';
  if (effect === 'Allow' && base === 'Null' && says('false')) return 'presence-only';
  return effect === 'Allow' && base === 'Bool' && ifExists && says('true') && !condition.presenceDemanded ? 'optional' : undefined;
}

/** Does the operator compare another kind of value than the key holds? Text against ARN is told apart, because it works in part. */
export function operandMismatch(condition: ConditionFact): 'none' | 'text-on-arn' | 'mismatch' {
  const { family } = condition.operator;
  const type = condition.info?.type;
  if (family === undefined || family === 'Null' || family === 'Binary' || type === undefined || type === 'unknown') return 'none';
  switch (type) {
    case 'ARN':
      return family === 'Arn' ? 'none' : family === 'String' ? 'text-on-arn' : 'mismatch';
    case 'String':
      return family === 'String' || family === 'Arn' ? 'none' : isTruthValue(condition) ? 'none' : 'mismatch';
    case 'Date':
      return family === 'Date' || family === 'Numeric' ? 'none' : 'mismatch';
    case 'Bool':
      return family === 'Bool' || isTruthValue(condition) ? 'none' : 'mismatch';
    case 'Numeric':
      return family === 'Numeric' ? 'none' : 'mismatch';
    case 'IPAddress':
      return family === 'Ip' ? 'none' : 'mismatch';
  }
}

/** `Bool` on a text that is true or false, and text comparison with a truth value, do what they say. */
function isTruthValue({ operator, values }: ConditionFact): boolean {
  return (operator.family === 'Bool' || operator.family === 'String') && values.every((value) => /^(true|false)$/i.test(value.text));
}

/** Does the statement rest on the condition not matching: a Deny of what matches, or an Allow of what does not? */
export function isInverse(condition: ConditionFact, effect: Statement['effect']): boolean {
  if (condition.operator.family === 'Null') return false;
  return effect === 'Deny' ? !condition.operator.negated : effect === 'Allow' && condition.operator.negated;
}

/** Text operators compared with a pattern of an ARN cross its segments. */
export function usesPattern(condition: ConditionFact): boolean {
  return condition.operator.wildcards && condition.values.some((value) => hasWildcard(value.text));
}
