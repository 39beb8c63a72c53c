import { type Verdict } from '../core/verdict.js';
import type { PrincipalEntry } from './policy-document.js';
/**
 * Who makes a request. `roleArn` of a role is what `aws:PrincipalArn` holds: the role with its path.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export type Caller = {
    readonly kind: 'anonymous';
} | {
    readonly kind: 'service' | 'federated' | 'canonical';
    readonly name: string;
} | {
    readonly kind: 'user' | 'root' | 'federated-user';
    readonly arn: string;
    readonly account: string;
    readonly name: string;
} | RoleCaller | {
    readonly kind: 'unclear';
    readonly text: string;
};
export interface RoleCaller {
    readonly kind: 'role';
    /** As given: the session's ARN or the role's. */
    readonly arn: string;
    readonly account: string;
    readonly name: string;
    /** `undefined` when the caller is given as the role itself: some session of it. */
    readonly session: string | undefined;
    readonly roleArn: string;
    /** The role's path is known, from the ARN or from the context; a session's ARN does not hold it. */
    readonly pathKnown: boolean;
}
/**
 * Reads a caller: an IAM or STS ARN, an account id (its root), a service principal, an identity provider, a canonical user id.
 */
export declare function readCaller(text: string | null, anonymous: boolean): Caller;
/** The account a caller belongs to; `undefined` for services, providers and anonymous callers. */
export declare function accountOf(caller: Caller): string | undefined;
/** What `aws:PrincipalArn` holds: the role of a session, else the caller's own ARN. */
export declare function principalArnOf(caller: Caller): string | undefined;
/**
 * How an entry of a resource policy names a caller: `direct` stands alone, `role` is the role of a session (or the user
 * behind a federated session) and stays within boundary and session policy, `account` only delegates to the account.
 * Source: IAM User Guide, "Policy evaluation for requests within a single account" and "IAM role principals".
 */
export type GrantKind = 'direct' | 'role' | 'account';
/** One entry of a `Principal` element, read once. */
export type PrincipalPattern = {
    readonly kind: 'anyone';
} | {
    readonly kind: 'account';
    readonly account: string;
} | {
    readonly kind: 'user' | 'federated-user';
    readonly arn: string;
    readonly account: string;
    readonly name: string;
} | {
    readonly kind: 'role';
    readonly arn: string;
    readonly account: string;
    readonly name: string;
    readonly plain: boolean;
} | {
    readonly kind: 'session';
    readonly arn: string;
    readonly account: string;
    readonly name: string;
    readonly session: string;
} | {
    readonly kind: 'service' | 'federated' | 'canonical';
    readonly name: string;
} | {
    readonly kind: 'nobody';
} | {
    readonly kind: 'unclear';
    readonly text: string;
};
/** Reads an entry. Texts AWS would not accept (partial wildcards, unique ids of deleted principals) name nobody. */
export declare function readPrincipalEntry(entry: Pick<PrincipalEntry, 'type' | 'text'>): PrincipalPattern;
export interface EntryMatch {
    readonly verdict: Verdict;
    readonly grant: GrantKind;
}
/**
 * Does an entry of `Principal` name the caller, and how? The user behind a federated session is taken to have its name,
 * which is what the request shows of it.
 */
export declare function matchPrincipal(pattern: PrincipalPattern, caller: Caller): EntryMatch;
