import { type ConditionKeyFacts, conditionKeyFacts } from '../../data/condition-key-facts.ts';

/** What a condition key says about a request, for deciding whether a condition confines who may call. */
export type KeyMeaning =
  /** The calling account, or the one a service acts for. */
  | 'account'
  /** The calling organization or a part of it. */
  | 'organization'
  /** One principal or one source resource. */
  | 'arn'
  /** A network that only some callers reach. */
  | 'network'
  /** A property of the caller that other accounts can give their own principals. */
  | 'caller-attribute'
  /** The service or route by which the call comes. */
  | 'route'
  /** A shared secret or a login strength. */
  | 'strength'
  /** Sent by the caller at will. */
  | 'forgeable'
  /** The resource that is acted on. */
  | 'resource'
  /** Time, transport, request parameters: true for anyone who asks rightly. */
  | 'request';

/** The meaning of a key in lower case. */
export function meaningOf(key: string): KeyMeaning {
  const facts = conditionKeyFacts(key);
  if (facts !== undefined) return meaningOfFacts(key, facts);
  return key.includes(':resourcetag/') || key.includes('resourcealiases') ? 'resource' : 'request';
}

function meaningOfFacts(key: string, { limits, strength }: ConditionKeyFacts): KeyMeaning {
  switch (limits) {
    case 'principal':
      return strength === 'strong' ? 'arn' : 'caller-attribute';
    case 'account':
      return 'account';
    case 'organization':
    case 'organizational-unit':
      return 'organization';
    case 'network':
    case 'vpc':
      return 'network';
    case 'source':
      return key === 'aws:sourcearn' ? 'arn' : key.startsWith('aws:sourceorg') ? 'organization' : 'account';
    case 'principal-kind':
    case 'principal-tag':
      return 'caller-attribute';
    case 'service':
      return 'route';
    case 'session':
      return strength === 'strong' ? 'arn' : key.startsWith('aws:multifactor') ? 'strength' : 'caller-attribute';
    case 'shared-secret':
      return 'strength';
    case 'resource':
      return strength === 'strong' ? 'arn' : 'resource';
    case 'request':
    case 'time':
      return strength === 'forgeable' ? 'forgeable' : 'request';
  }
}

/** Does this key (lower case) name the resource, account or organization a service acts for, so that it stops the confused deputy? */
export function isSourceKey(key: string): boolean {
  return conditionKeyFacts(key)?.limits === 'source' || key === 'lambda:eventsourcetoken' || key === 'aws:sourcevpc' || key === 'aws:sourcevpce';
}
