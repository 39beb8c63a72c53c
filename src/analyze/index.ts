import type { PermissionModel, Principal } from '../model/model.ts';
import { type AccessAnswer, type AccessQuery, can } from './access.ts';
import { type Foundation, foundationOf, lazily } from './foundation.ts';
import { buildGraph, type EscalationGraph } from './graph.ts';
import { principalNodeId, type Node } from './nodes.ts';
import { type Approach, approach, type EscalationPath, follow, isAdministration, pathsBetween } from './paths.ts';
import { explainPath, type ExplainedHop } from './explain-path.ts';

export type { AccessAnswer, AccessQuery } from './access.ts';
export type { Answer } from './answer.ts';
export type { Edge } from './edge.ts';
export type { EscalationGraph } from './graph.ts';
export type { Ground, CarriedCondition } from './judge.ts';
export type { Node } from './nodes.ts';
export type { EscalationPath, Step } from './paths.ts';
export type { ExplainedHop } from './explain-path.ts';
export { isAdministration } from './paths.ts';

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
export function analyze(model: PermissionModel): Analysis {
  const foundation = foundationOf(model);
  const graph = lazily(() => buildGraph(foundation));
  const toAdministration = lazily(() => approach(graph(), isAdministration));
  const nearest = (from: Principal, approaches: { readonly sure: Approach; readonly maybe: Approach }): EscalationPath | undefined => {
    const node = graph().nodes.get(principalNodeId(from));
    return node === undefined ? undefined : (follow(graph(), node, approaches.sure) ?? follow(graph(), node, approaches.maybe));
  };
  return {
    model,
    foundation,
    can: (query) => can(query, foundation),
    graph,
    paths: (from, to) => pathsBetween(graph(), from, (node: Node) => (to === 'administrator' ? isAdministration(node) : node.kind === 'principal' && node.principal === to)),
    pathToAdministration: (from) => nearest(from, toAdministration()),
    explain: (path) => explainPath(path, graph(), foundation),
  };
}
