import type { AccountRelation, Credential, Entity, PermissionModel, Policy, Principal } from '../../model/model.js';
import { type ActionPattern } from './action.js';
import { type ResourcePattern } from './resource.js';
/** Questions about the model that many rules ask, worked out once per run. */
export interface ModelFacts {
    readonly model: PermissionModel;
    /** How an account relates to the account a policy lives in (both 12 digits or holes). */
    readonly relation: (account: string, home: string) => AccountRelation;
    /** Known actions beyond the catalogue, from configuration, in lower case. */
    readonly knownActions: ReadonlySet<string>;
    /** An action string, read once per run. */
    readonly actionPattern: (text: string) => ActionPattern;
    /** A resource string, read once per run. */
    readonly resourcePattern: (text: string) => ResourcePattern;
    /** The service whose policy it is: that of the resource it hangs on, else the one its actions all belong to. */
    readonly serviceOf: (policy: Policy) => string | undefined;
    /** Principals by the id of their entity. */
    readonly principalOf: (entity: Entity) => Principal | undefined;
    /** Credentials made for a user. */
    readonly credentialsOf: (user: Entity) => readonly Credential[];
    /** Principals that hold a policy, directly. */
    readonly holdersOf: (policy: Policy) => readonly Principal[];
    /** Members of a group. */
    readonly membersOf: (group: Principal) => readonly Principal[];
}
/** Builds the facts of a run; indexes are made when first asked for. */
export declare function modelFacts(model: PermissionModel, settings: {
    readonly knownActions: ReadonlySet<string>;
}): ModelFacts;
