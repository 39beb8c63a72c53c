import type { PolicyDocument, PolicyKind } from '../iam/policy-document.js';
/** The policies that can decide a request. Groups' policies count as identity policies of their members. */
export type Layer = 'identity' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp' | 'vpce';
/** Where an explicit deny or a missing allow can come from, in the order in which reports name them. */
export declare const LAYERS: readonly Layer[];
/** A value of a context key: one, several (the key is then multivalued), or `undefined` when it is not known. */
export type RequestValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;
/**
 * One call: who does what to which resource. Keys that `context` does not name are absent, unless `unknownContext` says
 * that nothing is known of them. What follows from the caller (`aws:PrincipalArn`, `aws:PrincipalAccount`,
 * `aws:PrincipalType`, `aws:username`, `aws:PrincipalIsAWSService`, …) need not be given; given values win.
 */
export interface Request {
    /** ARN of a user, role, session or root, an account id, a service principal, or an identity provider. */
    readonly principal: string | null;
    readonly anonymous?: boolean | undefined;
    readonly action: string;
    /** ARN, or `*` for actions that take no resource. */
    readonly resource: string;
    /** Needed where the ARN does not name the account; without it such a resource is taken to be the caller's own. */
    readonly resourceAccount?: string | undefined;
    readonly context?: Readonly<Record<string, RequestValue>> | undefined;
    readonly unknownContext?: boolean | undefined;
    readonly settings?: RequestSettings | undefined;
}
/** Facts about the organization that decide which control policies apply. */
export interface RequestSettings {
    /** The account id of the management account; `true` when it is the caller's and the resource's account. */
    readonly managementAccount?: string | boolean | undefined;
    /** The caller is a service-linked role; recognised by its name when not given. */
    readonly serviceLinkedRole?: boolean | undefined;
}
/** One level of the organization, root first: the policies attached to it. */
export interface ControlLevel<Document> {
    readonly id: string;
    readonly policies: readonly Document[];
}
/** What can stand in a layer: `unknown` when the layer exists but is not known. */
export type Unknown = 'unknown';
/** The policies of a request by layer. A layer that is left out has none; a layer that is not known is `unknown`. */
export interface PolicySet<Document> {
    readonly identity?: readonly Document[] | Unknown | undefined;
    readonly resource?: Document | readonly Document[] | null | Unknown | undefined;
    readonly boundary?: readonly Document[] | Unknown | undefined;
    readonly session?: Document | readonly Document[] | null | Unknown | undefined;
    readonly scp?: readonly ControlLevel<Document>[] | Unknown | undefined;
    readonly rcp?: readonly ControlLevel<Document>[] | Unknown | undefined;
    readonly vpce?: readonly Document[] | Unknown | undefined;
    readonly settings?: RequestSettings | undefined;
}
/** A policy document as JSON gives it. */
export type PolicyJson = Readonly<Record<string, unknown>>;
export interface StatementReference {
    readonly layer: Layer;
    /** Position of the level for control policies. */
    readonly levelIndex?: number;
    /** Position of the document in its layer or level. */
    readonly policyIndex: number;
    readonly statementIndex: number;
}
export interface Decision {
    readonly decision: 'allowed' | 'explicit-deny' | 'implicit-deny' | 'unknown';
    /** For a denial the layers that deny or do not allow; empty when allowed. */
    readonly blockedBy: readonly Layer[];
    /** The statements that decided: those that deny, else those that allow. */
    readonly because: readonly StatementReference[];
    /** Why the answer is not known; empty when it is. */
    readonly unknowns: readonly string[];
}
/** The kinds of document whose access can be compared. */
export type ComparableKind = Extract<PolicyKind, 'identity' | 'resource' | 'trust' | 'boundary' | 'session' | 'endpoint' | 'scp' | 'rcp'>;
/** What the symbolic engine asks of AWS's actions, so that it can be tested without the tables. It only names witnesses better. */
export interface ActionCatalogue {
    /** Prefixes of all services. */
    readonly services: () => readonly string[];
    /** The actions of a service as `service:Name`. */
    readonly actionsOf: (service: string) => readonly string[];
    /** ARN patterns with `${Partition}`-like holes of the resources an action works on; empty when it takes only `*`. */
    readonly arnsOf?: (action: string) => readonly string[];
    /** May the key hold several values? `undefined` when the key is not known. */
    readonly isMultivalued?: (key: string) => boolean | undefined;
}
export interface CompareOptions {
    readonly policyType: ComparableKind;
    readonly catalogue?: ActionCatalogue | undefined;
    /** Work the comparison may cost before it answers `unknown`; see `DEFAULT_BOUND`. */
    readonly bound?: number | undefined;
}
export interface Comparison {
    readonly newAccess: 'yes' | 'no' | 'unknown';
    /** A request that `after` allows and `before` does not. */
    readonly witness?: Request;
    /** Why the answer is `unknown`. */
    readonly reason?: string;
}
export type { PolicyDocument };
