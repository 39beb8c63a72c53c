import type { Principal } from '../model/model.js';
import { type Answer } from './answer.js';
import type { Foundation } from './foundation.js';
import type { Question } from './judge.js';
import type { KnownResource } from './resources.js';
import type { RequestValue } from '../engine/types.js';
/** Who wants to do what to which resource. `principal` is an ARN, a name of the model, a service principal, or `*` for anyone. */
export interface AccessQuery {
    readonly principal: string;
    readonly action: string;
    /** ARN, a name of the model, or `*`. */
    readonly resource: string;
    readonly context?: Readonly<Record<string, RequestValue>> | undefined;
}
export interface AccessAnswer extends Answer {
    /** The principal of the model, where it is one. */
    readonly principal: Principal | undefined;
    readonly resource: KnownResource;
}
/** May the principal do it? Keys that `context` does not name are not known, and say so in the answer where they decide. */
export declare function can(query: AccessQuery, foundation: Foundation): AccessAnswer;
/** The request as the judge takes it. */
export declare function questionOf(query: AccessQuery, principal: Principal | undefined, resource: KnownResource, foundation: Foundation): Question;
