/** Resource that a permission of a technique must cover; the words are explained in `techniques.json`. */
export type TechniqueTarget = 'self' | 'target-role' | 'target-user' | 'target-group' | 'target-policy' | 'target-instance-profile' | 'target-provider' | 'target-account' | 'permission-set' | 'identity-center-group' | 'organization' | 'existing-resource' | 'any';
/** One permission that a technique needs. */
export interface TechniquePermission {
    readonly action: string;
    readonly target: TechniqueTarget;
    /** `service:resource type` as in the service authorization reference; absent where the action has no resource types. */
    readonly resourceType?: string;
    /** What the policy, group or permission set must already apply to. */
    readonly heldBy?: 'self' | 'target-role';
    /** Value of `iam:PassedToService` in the request. */
    readonly passedTo?: string;
}
/** What the actor gains. */
export type TechniqueEffect = 'gains-any-permission' | 'gains-managed-policy' | 'gains-group-permissions' | 'gains-earlier-permissions' | 'becomes-target' | 'becomes-target-with-any-permission' | 'becomes-target-with-managed-policy' | 'becomes-target-with-chosen-tags' | 'uses-target-for-service-calls' | 'becomes-any-role-trusting-provider' | 'becomes-account-root' | 'administers-accounts' | 'loosens-guardrails' | 'sheds-boundary' | 'sheds-deny' | 'changes-own-tags';
/** Circumstance that a technique needs besides permissions; explained in `techniques.json` under `words.requires`. */
export type TechniqueRequirement = 'trusted-by-target' | 'customer-managed-policy' | 'login-profile' | 'no-login-profile' | 'instance-profile' | 'stack-set-execution-role' | 'ecs-cluster' | 'ecs-container-instance' | 'ecs-exec-enabled' | 'event-source' | 'invoked-otherwise' | 'batch-queue' | 'ssm-managed-instance' | 'network-reach' | 'serial-console-enabled' | 'codedeploy-agent' | 'controls-instance' | 'controls-cluster-workload' | 'identity-center-user' | 'management-account' | 'member-account' | 'root-sessions-enabled';
/** A way in which permissions turn into more permissions. */
export interface Technique {
    readonly id: string;
    readonly name: string;
    /** `self`: the actor widens itself; `principal`: it takes over another principal; `pass-role`: it lends a role to something it controls; `existing-role`: it takes over something that has a role. */
    readonly kind: 'self' | 'principal' | 'pass-role' | 'existing-role';
    readonly permissions: {
        readonly all: readonly TechniquePermission[];
        readonly anyOf?: readonly (readonly TechniquePermission[])[];
    };
    readonly actor?: 'user' | 'role';
    readonly trustedService?: string;
    readonly resourceKinds?: readonly string[];
    readonly requires?: readonly TechniqueRequirement[];
    readonly effect: TechniqueEffect;
    readonly limitedBy?: readonly string[];
    readonly note?: string;
    /** Ids under which others know it (pathfinding.cloud). */
    readonly references: readonly string[];
    readonly source: string;
}
/** All privilege-escalation techniques, in the table's order. */
export declare function techniques(): readonly Technique[];
/** The technique of this id, or of this reference where one row stands for several ids. */
export declare function technique(id: string): Technique | undefined;
