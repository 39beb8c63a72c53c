import type { PermissionModel, Principal } from '../model/model.js';
import { type AccessAnswer, type AccessQuery } from './access.js';
import { type Foundation } from './foundation.js';
import { type EscalationGraph } from './graph.js';
import { type EscalationPath } from './paths.js';
import { type ExplainedHop } from './explain-path.js';
export type { AccessAnswer, AccessQuery } from './access.js';
export type { Answer } from './answer.js';
export type { Edge } from './edge.js';
export type { EscalationGraph } from './graph.js';
export type { Ground, CarriedCondition } from './judge.js';
export type { Node } from './nodes.js';
export type { EscalationPath, Step } from './paths.js';
export type { ExplainedHop } from './explain-path.js';
export { isAdministration } from './paths.js';
/** The engine's questions asked of one model. What a question needs is worked out when it is first asked, and kept. */
export interface Analysis {
    readonly model: PermissionModel;
    readonly foundation: Foundation;
    readonly can: (query: AccessQuery) => AccessAnswer;
    readonly graph: () => EscalationGraph;
    /** The shortest ways from one principal to another; sure ones first. */
    readonly paths: (from: Principal, to: Principal | 'administrator') => readonly EscalationPath[];
    /** The nearest administration a principal can reach; undefined when none, and an empty path is never given. */
    readonly pathToAdministration: (from: Principal) => EscalationPath | undefined;
    readonly explain: (path: EscalationPath) => readonly ExplainedHop[];
}
/** Makes the analysis of a model; nothing is computed yet. */
export declare function analyze(model: PermissionModel): Analysis;
