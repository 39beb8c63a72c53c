import type { Principal } from '../model/model.js';
import type { Shed } from './holdings.js';
/** A place in the escalation graph. */
export type Node = PrincipalNode | PowerNode | ClassNode;
/** A principal; with `shed` the same after it got rid of a limit. */
export interface PrincipalNode {
    readonly kind: 'principal';
    readonly id: string;
    readonly principal: Principal;
    readonly shed: Shed | undefined;
}
/** Power that is no principal of its own. `administrator`: any permission in the account, within its control policies. */
export interface PowerNode {
    readonly kind: 'administrator' | 'root-session' | 'organization' | 'guardrails';
    readonly id: string;
    readonly account: string;
}
/** What principals of one account that hold the same have in common; it stands between them and what all of them can do. */
export interface ClassNode {
    readonly kind: 'class';
    readonly id: string;
}
export declare function principalNodeId(principal: Principal, shed?: Shed): string;
export declare function powerNodeId(kind: PowerNode['kind'], account: string): string;
