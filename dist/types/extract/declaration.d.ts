import type { Guard } from '../core/guard.js';
import type { Origin } from '../core/source.js';
import type { Value } from '../core/value.js';
import type { Resource, Scope } from '../frontends/frontend.js';
import type { Gap, PolicyDocument, PolicyKind, Text } from '../iam/policy-document.js';
/**
 * One IAM fact of one resource, free of dialect: what extraction hands to the model.
 * Names of other entities are texts that may hold reference holes (`=`); the model binds them.
 */
export type Declaration = EntityDeclaration | PolicyDeclaration | AttachmentDeclaration | BoundaryDeclaration | MembershipDeclaration | BindingDeclaration | CredentialDeclaration | ProviderDeclaration | SettingDeclaration | ShareDeclaration | AssignmentDeclaration | IdentityLinkDeclaration | OrganizationDeclaration | GapDeclaration;
/** The resource a declaration comes from. Facts keep it so that findings can name it and point at it. */
export interface DeclaringResource {
    readonly scope: Scope;
    readonly address: string;
    readonly displayName: string;
    readonly type: string;
    readonly origin: Origin;
    readonly extent: Origin;
    readonly when: Guard;
    readonly account: string | undefined;
    readonly region: string | undefined;
    readonly sourcePlace?: Resource['sourcePlace'];
    readonly suppressions?: Resource['suppressions'];
}
interface Declared {
    readonly from: DeclaringResource;
}
/** What can be a principal, carry a policy, or be named by one. */
export type EntityType = 'role' | 'user' | 'group' | 'managed-policy' | 'instance-profile' | 'oidc-provider' | 'saml-provider' | 'permission-set' | 'identity-center-group' | 'identity-center-user' | 'account' | 'organizational-unit' | 'organization-policy' | 'access-key' | 'resource';
export interface EntityDeclaration extends Declared {
    readonly kind: 'entity';
    readonly entity: EntityType;
    /** Service prefix, e.g. `s3`. */
    readonly service: string;
    /** The physical name; `undefined` when the deployment generates it. */
    readonly name: Text | undefined;
    /** IAM path; `/` when absent. */
    readonly path: Text | undefined;
    /** What each attribute of a reference yields, with holes: '' is the dialect's default (`Ref`). */
    readonly attributes: ReadonlyMap<string, string>;
    readonly arn: string | undefined;
    /** The identity exists outside this run (a data source, an import by name): facts about it are incomplete. */
    readonly external: boolean;
    readonly tags: readonly {
        readonly key: Text;
        readonly value: Text;
    }[];
    readonly maxSessionSeconds?: Text;
}
/** A policy document and what it hangs on. */
export interface PolicyDeclaration extends Declared {
    readonly kind: 'policy';
    readonly policyKind: PolicyKind;
    readonly name: Text | undefined;
    readonly document: PolicyDocument;
    /**
     * `self`: on the declaring resource (inline policy, trust policy, key policy).
     * `managed`: the declaring resource *is* the policy; attachments name it.
     * `targets`: on the named entities.
     * `none`: a raw document whose owner is not known.
     */
    readonly owner: 'self' | 'managed' | 'targets' | 'none';
    readonly targets: readonly AttachmentTarget[];
    /** Made from a grant (e.g. a Lambda permission), not written as a document. */
    readonly synthetic: boolean;
}
export interface AttachmentTarget {
    readonly entity: EntityType;
    readonly name: Text;
}
/** Managed policies attached to principals, permission sets, or organization targets. */
export interface AttachmentDeclaration extends Declared {
    readonly kind: 'attachment';
    readonly policy: Text;
    readonly policyIs: 'arn' | 'name';
    /** `self` when undefined: the declaring resource. */
    readonly targets: readonly AttachmentTarget[] | undefined;
    /** The list is complete: whatever else is attached is removed. */
    readonly exclusive: boolean;
}
export interface BoundaryDeclaration extends Declared {
    readonly kind: 'boundary';
    readonly policy: Text;
    readonly policyIs: 'arn' | 'name';
    readonly target: AttachmentTarget | undefined;
}
export interface MembershipDeclaration extends Declared {
    readonly kind: 'membership';
    /** `undefined` stands for the declaring resource. */
    readonly users: readonly Text[] | undefined;
    readonly groups: readonly Text[] | undefined;
}
/** A resource runs as, or hands on, a role. */
export interface BindingDeclaration extends Declared {
    readonly kind: 'binding';
    readonly role: Text;
    readonly holds: 'role-arn' | 'role-name' | 'instance-profile' | 'instance-profile-name' | 'instance-profile-arn';
    readonly property: string;
    /** The service principal that the role must trust, where known. */
    readonly service: string | undefined;
    /** Whoever controls the resource acts with the role's permissions. */
    readonly runsCode: boolean;
}
export interface CredentialDeclaration extends Declared {
    readonly kind: 'credential';
    readonly credential: 'access-key' | 'login-profile' | 'service-credential' | 'secret-property' | 'free-text' | 'signing-certificate' | 'ssh-key';
    readonly user: Text | undefined;
    readonly property: string;
    /** The value where one is written; rules must never print it. */
    readonly value: Value | undefined;
    readonly status: Text | undefined;
}
export interface ProviderDeclaration extends Declared {
    readonly kind: 'provider';
    readonly provider: 'oidc' | 'saml' | 'roles-anywhere' | 'identity-pool';
    readonly url: Text | undefined;
    readonly audiences: readonly Text[];
    readonly thumbprints: readonly Text[];
}
/** A property that opens or closes access without being a policy (ACL, public access block, AuthType). */
export interface SettingDeclaration extends Declared {
    readonly kind: 'setting';
    readonly setting: string;
    readonly value: Text;
    readonly bad: readonly string[];
    readonly target: Text | undefined;
}
export interface ShareDeclaration extends Declared {
    readonly kind: 'share';
    readonly principals: readonly Text[];
    readonly resources: readonly Text[];
    readonly permissions: readonly Text[];
    readonly allowsExternal: Text | undefined;
    /** The share this adds to; undefined when the declaring resource is the share. */
    readonly share: Text | undefined;
}
/** Something outside IAM becomes a role (a pod, an app's visitor, a holder of a certificate), or a principal is let into a cluster. */
export interface IdentityLinkDeclaration extends Declared {
    readonly kind: 'identity-link';
    readonly link: 'pod-identity' | 'access-entry' | 'identity-pool' | 'roles-anywhere';
    /** The role that is reached; for an access entry the principal that is let in. */
    readonly principal: Text;
    /** The cluster or identity pool; the declaring resource when undefined. */
    readonly through: Text | undefined;
    /** A second role, assumed from the first. */
    readonly target: Text | undefined;
    /** What must hold of whoever comes, by claim. */
    readonly claims: readonly {
        readonly claim: string;
        readonly value: Text;
    }[];
}
/** An Identity Center assignment: who gets which permission set where. */
export interface AssignmentDeclaration extends Declared {
    readonly kind: 'assignment';
    readonly permissionSet: Text;
    readonly principal: Text | undefined;
    readonly principalType: Text | undefined;
    readonly target: Text | undefined;
}
/** A fact about the organization's tree. */
export type OrganizationDeclaration = Declared & {
    readonly kind: 'organization';
} & OrganizationFact;
/** Ids are those AWS gives (`ou-…`, `p-…`, 12 digits), where the input knows them. A parent that is not written is the root. */
export type OrganizationFact = {
    readonly node: 'organization';
    readonly id: Text | undefined;
    readonly managementAccount: Text | undefined;
    readonly root: Text | undefined;
    /** `in-full`: control policies that no input mentions do not exist. `shared`: another tool attaches some of its own. `seen`: only mentioned. */
    readonly declared: 'in-full' | 'shared' | 'seen';
    /** Policy types that are enabled; undefined when nothing tells. */
    readonly policyTypes: readonly string[] | undefined;
} | {
    readonly node: 'organizational-unit';
    readonly id: Text | undefined;
    readonly name: Text | undefined;
    readonly parent: Text | undefined;
} | {
    readonly node: 'account';
    readonly id: Text | undefined;
    readonly name: Text | undefined;
    readonly email: Text | undefined;
    readonly parent: Text | undefined;
    /** The administrator role AWS makes in a new account for the management account. */
    readonly adminRole: Text | undefined;
} | {
    readonly node: 'policy';
    readonly id: Text | undefined;
    readonly name: Text | undefined;
    readonly policyType: Text | undefined;
}
/** `policy` is the declaring resource when undefined. */
 | {
    readonly node: 'policy-attachment';
    readonly policy: Text | undefined;
    readonly target: Text;
}
/** All policies of one type on one target. */
 | {
    readonly node: 'target-policies';
    readonly target: Text;
    readonly policyType: 'scp' | 'rcp';
    readonly policies: readonly Text[];
}
/** All targets of one policy. */
 | {
    readonly node: 'policy-targets';
    readonly policy: Text;
    readonly targets: readonly Text[];
}
/** All policies of one type in the organization. */
 | {
    readonly node: 'policy-list';
    readonly policyType: 'scp' | 'rcp';
    readonly policies: readonly Text[];
}
/** The policy that allows everything was taken off a target, or is known to be on it. */
 | {
    readonly node: 'full-access';
    readonly target: Text;
    readonly attached: 'yes' | 'no' | 'unknown';
} | {
    readonly node: 'delegated-administrator';
    readonly account: Text;
    readonly service: Text | undefined;
}
/** Every user, group, role and policy of the account is in the input. */
 | {
    readonly node: 'live-account';
    readonly account: Text;
};
/** A policy-bearing property that could not be read at all, with the reason. */
export interface GapDeclaration extends Declared {
    readonly kind: 'gap';
    readonly property: string;
    readonly gap: Gap;
}
export {};
