import type { PrincipalEntry } from '../../iam/policy-document.js';
/**
 * What a principal entry names. `wildcard` is a pattern IAM does not expand (`role/app-*`), `unique-id` what remains of a
 * deleted principal (`AROA…`), `unknown` a text that depends on something not known.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export type PrincipalKind = 'anyone' | 'account' | 'role' | 'user' | 'session' | 'federated-user' | 'group' | 'root-session' | 'origin-access-identity' | 'unique-id' | 'canonical-user' | 'service' | 'any-service' | 'oidc-provider' | 'saml-provider' | 'web-identity' | 'any-federated' | 'wildcard' | 'malformed' | 'unknown';
export interface PrincipalFact {
    readonly at: PrincipalEntry;
    readonly kind: PrincipalKind;
    /** 12 digits or a hole, for kinds that belong to an account. */
    readonly account: string | undefined;
    /** The service name (`sns.amazonaws.com`) or the host of a web identity or OIDC provider. */
    readonly host: string | undefined;
}
/** Reads a principal entry. */
export declare function readPrincipal(entry: PrincipalEntry): PrincipalFact;
/** Does this kind of principal belong to an account, so that its relation to the policy's account means something? */
export declare function belongsToAccount(kind: PrincipalKind): boolean;
