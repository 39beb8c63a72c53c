/** What a condition key says about a request, for deciding whether a condition confines who may call. */
export type KeyMeaning = 
/** The calling account, or the one a service acts for. */
'account'
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
export declare function meaningOf(key: string): KeyMeaning;
/** Does this key (lower case) name the resource, account or organization a service acts for, so that it stops the confused deputy? */
export declare function isSourceKey(key: string): boolean;
