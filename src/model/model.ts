import type { Guard } from '../core/guard.ts';
import type { Origin } from '../core/source.ts';
import type {
  AssignmentDeclaration,
  BindingDeclaration,
  CredentialDeclaration,
  DeclaringResource,
  EntityType,
  GapDeclaration,
  ProviderDeclaration,
  SettingDeclaration,
  ShareDeclaration,
} from '../extract/declaration.ts';
import type { PolicyDocument, PolicyKind, Text } from '../iam/policy-document.ts';

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
}

export interface Assignment {
  readonly declaration: AssignmentDeclaration;
  readonly permissionSet: Entity | undefined;
}

/** The organization as declared by configuration and templates. */
export interface Organization {
  /** `o-…`, when known. */
  readonly id: string | undefined;
  readonly managementAccount: string | undefined;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly units: ReadonlyMap<string, OrganizationalUnit>;
  /** Accounts outside the organization that are trusted, with the reason given. */
  readonly trusted: ReadonlyMap<string, TrustedAccount>;
  /** SCPs and RCPs from root to account are known only when `complete`. */
  readonly controlPolicies: 'complete' | 'partial' | 'unknown';
}

export interface Account {
  readonly id: string;
  readonly name: string | undefined;
  readonly unit: string | undefined;
  readonly origin: Origin | undefined;
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly controlPolicies: readonly Policy[];
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
}
