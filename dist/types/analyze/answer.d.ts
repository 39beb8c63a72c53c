import type { Verdict } from '../core/verdict.js';
import type { Decision, Layer, Request } from '../engine/types.js';
import type { PermissionModel } from '../model/model.js';
import type { Holding } from './holdings.js';
import type { CarriedCondition, Ground, Judge, Judgement, Question } from './judge.js';
/** An answer with what it rests on. */
export interface Answer {
    readonly answer: Verdict;
    readonly decision: Decision['decision'];
    readonly because: readonly Ground[];
    /** Layers that deny, or that do not allow. */
    readonly blockedBy: readonly Layer[];
    /** Conditions that must hold (those of a Deny: must not), when they decide. */
    readonly conditions: readonly CarriedCondition[];
    /** Why the answer is `unknown`. */
    readonly unknowns: readonly string[];
    /** What the inputs do not tell and the answer takes for granted. */
    readonly assumptions: readonly string[];
    /** The request that was asked. */
    readonly witness: Request;
}
/** Turns a judgement into an answer: what may hold unseen lowers a sure answer, what merely was not given is named. */
export declare function answerOf(question: Question, judgement: Judgement, judge: Judge, model: PermissionModel): Answer;
/** Why the service control policies over a principal may deny more than is known; empty when they are known or do not apply. */
export declare function controlDoubts(holding: Holding | undefined): readonly string[];
