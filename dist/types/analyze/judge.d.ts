import { type Verdict } from '../core/verdict.js';
import type { Origin } from '../core/source.js';
import type { Decision, Layer, Request, RequestValue } from '../engine/types.js';
import type { Condition, Statement } from '../iam/policy-document.js';
import type { Entity, PermissionModel, Policy } from '../model/model.js';
import type { AccountControls } from './controls.js';
import type { DocumentStore } from './documents.js';
import type { Holding } from './holdings.js';
/** A statement that takes part in an answer, with the policy and the place it stands in. */
export interface Ground {
    readonly layer: Layer;
    readonly policy: Policy;
    readonly statement: Statement;
    readonly origin: Origin;
}
/** A condition that no fact of the model settles: the answer holds when it does (for a Deny: when it does not). */
export interface CarriedCondition {
    readonly effect: 'Allow' | 'Deny';
    readonly condition: Condition;
}
/** One request put to the model. `holding` is missing for callers that no input declares. */
export interface Question {
    readonly principal: string | null;
    readonly holding?: Holding | undefined;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string | undefined;
    /** The policies on the resource; `unknown` when they may exist unseen. */
    readonly resourcePolicies?: readonly Policy[] | 'unknown' | undefined;
    /** Who owns the resource, for its tags. */
    readonly target?: Entity | undefined;
    readonly context?: Readonly<Record<string, RequestValue>> | undefined;
}
export interface Judgement {
    readonly verdict: Verdict;
    readonly decision: Decision;
}
/** Asks the engine on behalf of the model. */
export interface Judge {
    readonly ask: (question: Question) => Judgement;
    /** The statements that allow or may allow, those that deny or may deny, and the conditions left open. */
    readonly explain: (question: Question, decision: Decision) => Explanation;
    readonly requestOf: (question: Question) => Request;
}
export interface Explanation {
    readonly because: readonly Ground[];
    readonly conditions: readonly CarriedCondition[];
}
/** Makes the judge of a model. */
export declare function createJudge(model: PermissionModel, store: DocumentStore, controlsOf: (account: string) => AccountControls): Judge;
