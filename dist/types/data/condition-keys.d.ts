/** Type of a condition key's values; `unknown` where the reference names the key without a type. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'unknown';
/** A condition key. `key` is the reference's spelling, with its hole when templated, e.g. `aws:RequestTag/${TagKey}`. */
export interface ConditionKeyInfo {
    readonly key: string;
    readonly type: ConditionKeyType;
    readonly multivalued: boolean;
    readonly templated: boolean;
    /** Global keys, keys of one service, and claims of an outside identity provider. */
    readonly scope: 'global' | 'service' | 'federation';
    /** Prefix of the service whose requests carry the key; undefined for global keys. */
    readonly service: string | undefined;
}
/** Tells whether a condition key exists, in any case; see {@link conditionKeyInfo}. */
export declare function isConditionKey(key: string): boolean;
/**
 * The condition key of this name, in any case, or undefined.
 * Templated keys match any non-empty text in their hole: `aws:RequestTag/team`, `s3:ExistingObjectTag/class`, `kms:EncryptionContext:app`.
 * A key whose prefix is a host name is a claim of an OIDC provider (`oidc.eks.eu-west-1.amazonaws.com/id/X:sub`).
 */
export declare function conditionKeyInfo(key: string): ConditionKeyInfo | undefined;
/** All global condition keys, in the reference's spelling. */
export declare function globalConditionKeys(): readonly string[];
/** All condition keys of a service, in the reference's spelling, those of outside providers included for `sts`. */
export declare function conditionKeysOfService(service: string): readonly string[];
/** Prefix of the service that answers for a key in lower case, or undefined when no service does. */
export declare function serviceOfKey(wanted: string): string | undefined;
