import type { CompiledPolicy } from '../engine/compile.js';
import type { ControlLevel } from '../engine/types.js';
import type { PermissionModel, Policy } from '../model/model.js';
import type { DocumentStore } from './documents.js';
/** What limits an account from above, ready to be asked. */
export interface AccountControls {
    readonly scp: ControlLayer;
    readonly rcp: ControlLayer;
    /** Why something may be missing. A layer with gaps is read as allowing what its known policies do not deny. */
    readonly unknowns: readonly string[];
    /** Do the inputs tell of an organization at all? Without one, missing control policies are an assumption, not a doubt. */
    readonly inOrganization: boolean;
    /** Some policy compares the caller's own names or tags. */
    readonly personal: boolean;
}
export interface ControlLayer {
    readonly levels: readonly ControlLevel<CompiledPolicy>[];
    /** Policies at the same positions. */
    readonly policies: readonly (readonly Policy[])[];
    readonly complete: boolean;
}
/** Gives the control policies of accounts, each account worked out once. */
export declare function accountControls(model: PermissionModel, store: DocumentStore): (account: string) => AccountControls;
