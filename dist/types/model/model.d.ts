import type { Guard } from '../core/guard.js';
import type { Problem } from '../core/problem.js';
import type { Origin } from '../core/source.js';
import type { AssignmentDeclaration, BindingDeclaration, CredentialDeclaration, DeclaringResource, EntityType, GapDeclaration, ProviderDeclaration, SettingDeclaration, ShareDeclaration } from '../extract/declaration.js';
import type { PolicyDocument, PolicyKind, Statement, Text } from '../iam/policy-document.js';
/**
 * Everything the inputs say about access, linked: no dialect, no unresolved name that could be resolved.
 * Read-only. What is absent is stated in `coverage`, so that absence is never mistaken for permission or denial.
 */
export interface PermissionModel {
    readonly organization: Organization;
    readonly entities: ReadonlyMap<string, Entity>;
    readonly principals: readonly Principal[];
    readonly policies: readonly Policy[];
    readonly bindings: readonly Binding[];
    readonly credentials: readonly Credential[];
    readonly providers: readonly Provider[];
    readonly settings: readonly Setting[];
    readonly shares: readonly Share[];
    readonly assignments: readonly Assignment[];
    readonly identityCenter: IdentityCenter;
    readonly federation: readonly FederationLink[];
    readonly gaps: readonly GapDeclaration[];
    readonly coverage: Coverage;
    /** The entity with this ARN (holes compare as text), whatever its type. */
    readonly entityByArn: (arn: string) => Entity | undefined;
}
/** A thing with an identity. `id` is `scope#address`, or the ARN for what exists only outside the run. */
export interface Entity {
    readonly id: string;
    readonly entity: EntityType;
    readonly service: string;
    /** Physical name with holes, e.g. a `~` hole when the deployment generates it. */
    readonly name: string;
    readonly path: string;
    /** With holes where account, region or name are not known. */
    readonly arn: string;
    /** 12 digits, or a hole. */
    readonly account: string;
    readonly external: boolean;
    readonly tags: ReadonlyMap<string, string>;
    readonly from: DeclaringResource;
    readonly maxSessionSeconds?: Text;
}
/** A role, user or group with what is attached to it. */
export interface Principal {
    readonly entity: Entity;
    readonly kind: 'role' | 'user' | 'group';
    /** Inline and managed identity policies, without those of groups. */
    readonly policies: readonly AttachedPolicy[];
    readonly boundary: BoundaryLink | undefined;
    /** The trust policy of a role. */
    readonly trust: Policy | undefined;
    /** Groups of a user. */
    readonly groups: readonly Principal[];
    /** Attachments that could not be bound: the principal may hold more than is known. */
    readonly unknownAttachments: readonly Text[];
    /** Made by AWS rather than written: the role of a permission set in an account, the administrator role of a new account. */
    readonly madeBy?: 'identity-center' | 'organizations';
}
export interface AttachedPolicy {
    readonly policy: Policy;
    /** Where the attachment is written. */
    readonly at: Text;
    readonly when: Guard;
}
export interface BoundaryLink {
    readonly at: Text;
    /** `undefined` when the boundary's document is not known. */
    readonly policy: Policy | undefined;
}
/** A policy document with its place in the model. */
export interface Policy {
    readonly id: string;
    readonly kind: PolicyKind;
    readonly name: string;
    readonly document: PolicyDocument;
    readonly managed: 'aws' | 'customer' | 'inline';
    /** The entity it hangs on: the role of a trust policy, the bucket of a bucket policy, the owner of an inline policy. */
    readonly owners: readonly Entity[];
    /** Texts that name an owner which is not in the run. */
    readonly unboundOwners: readonly Text[];
    readonly synthetic: boolean;
    /** 12 digits or a hole: the account whose policy it is. */
    readonly account: string;
    readonly from: DeclaringResource;
}
export interface Binding {
    readonly declaration: BindingDeclaration;
    readonly role: Entity | undefined;
    readonly roleText: string;
    readonly resource: Entity | undefined;
}
export interface Credential {
    readonly declaration: CredentialDeclaration;
    readonly user: Entity | undefined;
}
export interface Provider {
    readonly declaration: ProviderDeclaration;
    readonly entity: Entity | undefined;
}
export interface Setting {
    readonly declaration: SettingDeclaration;
    readonly resource: Entity | undefined;
}
export interface Share {
    readonly declaration: ShareDeclaration;
    readonly grantees: readonly ShareGrantee[];
    /** Resources of the run that are shared. */
    readonly resources: readonly Entity[];
}
export interface Assignment {
    readonly declaration: AssignmentDeclaration;
    readonly permissionSet: Entity | undefined;
    /** The group or user of Identity Center, when the run declares it. */
    readonly principal: Entity | undefined;
    /** The id of the account: 12 digits or a hole. */
    readonly account: string | undefined;
    /** The role AWS makes in the account. */
    readonly role: Principal | undefined;
}
/** Identity Center's own users and groups, and who is in which. */
export interface IdentityCenter {
    readonly permissionSets: readonly PermissionSet[];
    /** Users by the id of their group's entity. */
    readonly members: ReadonlyMap<string, readonly Entity[]>;
}
export interface PermissionSet {
    readonly entity: Entity;
    /** Inline and AWS-managed policies; customer-managed ones depend on the account. */
    readonly policies: readonly AttachedPolicy[];
    /** Names of policies that each account must have. */
    readonly customerManaged: readonly Text[];
}
/** Someone outside IAM who can become a role: by a trust policy that names an identity provider, or by a service's own link. */
export interface FederationLink {
    readonly via: 'oidc' | 'saml' | 'web-identity' | 'roles-anywhere' | 'pod-identity' | 'identity-pool' | 'access-entry';
    /** What vouches for the outsider: the identity provider's entity, the cluster, the identity pool, the trust anchor. */
    readonly source: Entity | undefined;
    /** The provider as written, e.g. its ARN or host. */
    readonly sourceText: string;
    /** Known issuer: `github-actions`, `gitlab`, … */
    readonly issuer: string | undefined;
    /** The role that is reached; for an access entry the principal that is let into the cluster. */
    readonly role: Entity | undefined;
    readonly roleText: string;
    readonly claims: readonly FederatedClaim[];
    /** The trust policy and statement that admit it, where it is one. */
    readonly trust: {
        readonly policy: Policy;
        readonly statement: Statement;
    } | undefined;
    readonly from: DeclaringResource;
}
/** What must hold of the outsider. `claim` is the key without its provider: `sub`, `aud`, `amr`, `kubernetes-namespace`. */
export interface FederatedClaim {
    readonly claim: string;
    /** The condition operator; undefined for claims that a service's own setting fixes. */
    readonly operator: string | undefined;
    readonly values: readonly Text[];
}
/** Whom a share reaches. */
export interface ShareGrantee {
    readonly kind: 'account' | 'organization' | 'unit' | 'principal' | 'service' | 'unknown';
    readonly text: Text;
    /** Accounts it stands for, as far as the organization is known. */
    readonly accounts: readonly string[];
}
/** The organization as told by configuration, templates, configuration sets and AWS itself, put together. */
export interface Organization {
    /** `o-…`, when known. */
    readonly id: string | undefined;
    readonly managementAccount: string | undefined;
    /** By account id: 12 digits, or the hole that stands for an id that is not known. */
    readonly accounts: ReadonlyMap<string, Account>;
    /** Without the root. */
    readonly units: ReadonlyMap<string, OrganizationalUnit>;
    /** Accounts outside the organization that are trusted, with the reason given. */
    readonly trusted: ReadonlyMap<string, TrustedAccount>;
    /** SCPs and RCPs from root to account are known only when `complete`. */
    readonly controlPolicies: 'complete' | 'partial' | 'unknown';
    readonly root?: OrganizationalUnit;
    /** What hangs on the root, units and accounts, by their ids. */
    readonly attached?: ReadonlyMap<string, NodePolicies>;
    /** Kinds of control policy that are switched off in the organization. */
    readonly disabledControls?: readonly ('scp' | 'rcp')[];
    /** Control policies in files of their own, and where the configuration says they hang. */
    readonly configuredPolicies?: readonly ConfiguredControlPolicy[];
    /** Sources that contradict each other. */
    readonly conflicts?: readonly Problem[];
}
/** The control policies of one node of the tree. */
export interface NodePolicies {
    readonly scp: AttachedControlPolicies;
    readonly rcp: AttachedControlPolicies;
}
export interface AttachedControlPolicies {
    readonly policies: readonly Policy[];
    /** Why the list may lack something; the list is complete when there is no reason. */
    readonly unknowns: readonly string[];
}
export interface ConfiguredControlPolicy {
    /** Path of the policy document, as reports show it. */
    readonly file: string;
    readonly policyType: 'scp' | 'rcp';
    /** `root`, unit ids or paths, account ids or names. */
    readonly targets: readonly string[];
    readonly origin: Origin | undefined;
}
export interface Account {
    readonly id: string;
    readonly name: string | undefined;
    /** The id of the unit (or root) the account stands in; undefined when not known. */
    readonly unit: string | undefined;
    readonly origin: Origin | undefined;
    readonly email?: string;
    /** Services whose administration the organization has handed to the account; '' for a delegation whose service is not known. */
    readonly delegatedFor?: readonly string[];
}
export interface OrganizationalUnit {
    readonly id: string;
    readonly name: string;
    /** The id of the unit (or root) above; undefined when not known, and for the root. */
    readonly parent: string | undefined;
    readonly controlPolicies: readonly Policy[];
    /** Names from below the root, `a/b`; undefined when the way to the root is not known. */
    readonly path?: string;
}
export interface TrustedAccount {
    readonly id: string;
    readonly name: string;
    readonly kind: 'trusted' | 'vendor';
    readonly reason: string | undefined;
}
/** How an account relates to where a policy is deployed. */
export type AccountRelation = 'same' | 'organization' | 'trusted' | 'vendor' | 'unknown-account' | 'undecided';
/** What the run knows, so that rules can tell "none" from "not seen". */
export interface Coverage {
    readonly organization: boolean;
    readonly controlPolicies: boolean;
    /** Accounts of which everything is in the run (live authorization details given). */
    readonly completeAccounts: ReadonlySet<string>;
    /** What is not known of the organization, as sentences; each makes a layer unknown somewhere. */
    readonly unknowns: readonly string[];
}
