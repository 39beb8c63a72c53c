import type { CompiledStatement } from './compile.js';
import type { Request } from './types.js';
/** Whom a policy's owner knows. */
export interface TrustScope {
    /** The account of the resource; 12 digits or a hole. */
    readonly account?: string | undefined;
    readonly organization?: {
        readonly id?: string | undefined;
        readonly accounts?: readonly string[] | undefined;
    } | undefined;
    /** Accounts outside the organization that are trusted. */
    readonly trusted?: readonly string[] | undefined;
}
/** How whoever is admitted relates to the owner. */
export type Relation = 'same' | 'organization' | 'trusted' | 'outside' | 'unknown';
/** A largest set of callers that a statement admits. */
export type Reach = {
    readonly kind: 'public';
} | {
    readonly kind: 'any-aws';
} | {
    readonly kind: 'organization';
    readonly id: string;
}
/** The whole account, or only the callers that `principals` name (as written in the policy). */
 | {
    readonly kind: 'account';
    readonly account: string;
    readonly whole: boolean;
    readonly principals: readonly string[];
} | {
    readonly kind: 'service';
    readonly service: string;
} | {
    readonly kind: 'federated';
    readonly provider: string;
    readonly claims: readonly ClaimLimit[];
} | {
    readonly kind: 'canonical';
    readonly id: string;
}
/** The principal itself is not known. */
 | {
    readonly kind: 'unclear';
    readonly text: string;
};
/** What a statement asks of a token's claim: `open` admits a token of anybody at the provider, as far as this claim goes. */
export interface ClaimLimit {
    readonly key: string;
    readonly open: boolean;
    /** The values conditions of the statement list for it. */
    readonly values: readonly string[];
}
export interface AdmittedGrant {
    readonly statement: CompiledStatement;
    readonly reach: Reach;
    readonly relation: Relation;
    /** Keys (as written) whose conditions keep strangers out, so that not just anyone of the reach is admitted. */
    readonly limitedBy: readonly string[];
    readonly verdict: 'yes' | 'unknown';
    readonly witness?: Request;
}
