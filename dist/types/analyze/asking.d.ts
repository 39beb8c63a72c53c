import { type Verdict } from '../core/verdict.js';
import type { TechniquePermission } from '../data/techniques.js';
import type { Decision } from '../engine/types.js';
import type { Entity, Policy } from '../model/model.js';
import type { Foundation } from './foundation.js';
import { type Holding } from './holdings.js';
import type { Question } from './judge.js';
/** A request of a technique with its answer. */
export interface Asked {
    readonly question: Question;
    readonly decision: Decision;
}
/** Requests that are all allowed, or may be. */
export interface Granted {
    readonly verdict: Exclude<Verdict, 'no'>;
    readonly asked: readonly Asked[];
}
/** What a permission is asked for. */
export interface Target {
    readonly arn: string;
    readonly account: string;
    readonly entity: Entity | undefined;
    /** Policies on the target that take part: the trust policy of a role to be assumed. */
    readonly policies?: readonly Policy[];
}
/** Asks for one permission on one resource; `undefined` when it is denied. */
export declare function askFor(permission: TechniquePermission, holding: Holding, target: Target, foundation: Foundation): Granted | undefined;
/** All of them; `undefined` when one is missing. */
export declare function together(...parts: readonly (Granted | undefined)[]): Granted | undefined;
/** All permissions on the same target. */
export declare function askAll(permissions: readonly TechniquePermission[], holding: Holding, target: Target, foundation: Foundation): Granted | undefined;
export declare const NOTHING: Granted;
/**
 * Permissions on resources of the actor's choice: for each type of resource there must be one on which all permissions of that type
 * are allowed, since the call that makes it and the call that uses it mean the same thing.
 */
export declare function askChosen(permissions: readonly TechniquePermission[], holding: Holding, foundation: Foundation): Granted | undefined;
