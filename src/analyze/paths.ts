import { and, type Verdict } from '../core/verdict.ts';
import type { Principal } from '../model/model.ts';
import type { Edge } from './edge.ts';
import type { EscalationGraph } from './graph.ts';
import type { Node, PrincipalNode } from './nodes.ts';
import { powerNodeId, principalNodeId } from './nodes.ts';

/** A step of a path, from the one who takes it. */
export interface Step {
  readonly from: Node;
  readonly edge: Edge;
}

export interface EscalationPath {
  readonly steps: readonly Step[];
  /** `yes` when every step is sure. */
  readonly verdict: Exclude<Verdict, 'no'>;
}

/** How near every node is to a goal, and the step that leads there. */
export interface Approach {
  readonly next: ReadonlyMap<string, Edge | 'class'>;
}

/**
 * The nodes from which a goal is reached, worked out once from the goals backwards. Sure edges first: a node gets an unsure step
 * only when no sure one leads to the goal. `administers` edges are left out, since they start where the goal is reached.
 */
export function approach(graph: EscalationGraph, isGoal: (node: Node) => boolean): { readonly sure: Approach; readonly maybe: Approach } {
  const backwards = reversed(graph);
  const goals = [...graph.nodes.values()].filter(isGoal).map((node) => node.id);
  const sure = search(goals, backwards, new Map(), true);
  return { sure: { next: sure }, maybe: { next: search([...goals, ...sure.keys()], backwards, new Map(sure), false) } };
}

type Backwards = ReadonlyMap<string, readonly { readonly from: string; readonly edge: Edge | 'class' }[]>;

function reversed(graph: EscalationGraph): Backwards {
  const backwards = new Map<string, { readonly from: string; readonly edge: Edge | 'class' }[]>();
  const add = (to: string, from: string, edge: Edge | 'class'): void => {
    const list = backwards.get(to);
    if (list === undefined) backwards.set(to, [{ from, edge }]);
    else list.push({ from, edge });
  };
  for (const id of graph.nodes.keys()) {
    const classId = graph.classOf(id);
    if (classId !== undefined) add(classId, id, 'class');
    for (const edge of graph.edgesFrom(id)) if (edge.technique !== 'administers') add(edge.to.id, id, edge);
  }
  return backwards;
}

function search(goals: readonly string[], backwards: Backwards, next: Map<string, Edge | 'class'>, sureOnly: boolean): Map<string, Edge | 'class'> {
  const reached = new Set(goals);
  const queue = [...goals];
  for (let at = 0; at < queue.length; at += 1) {
    for (const { from, edge } of backwards.get(queue[at] ?? '') ?? []) {
      if (reached.has(from) || (sureOnly && edge !== 'class' && edge.verdict !== 'yes')) continue;
      reached.add(from);
      if (!next.has(from)) next.set(from, edge);
      queue.push(from);
    }
  }
  return next;
}

/** The path that an approach gives from a node; undefined when it leads nowhere. */
export function follow(graph: EscalationGraph, start: Node, { next }: Approach): EscalationPath | undefined {
  const steps: Step[] = [];
  let verdict: Verdict = 'yes';
  let actor = start;
  let at = start.id;
  for (let count = 0; count <= next.size; count += 1) {
    const step = next.get(at);
    if (step === undefined) break;
    if (step === 'class') {
      at = graph.classOf(at) ?? '';
      continue;
    }
    steps.push({ from: actor, edge: step });
    verdict = and(verdict, step.verdict);
    actor = step.to;
    at = step.to.id;
  }
  return steps.length === 0 ? undefined : { steps, verdict: verdict === 'no' ? 'unknown' : verdict };
}

/** The shortest ways from one principal to another, or to the administration of its account; sure ones before unsure ones. */
export function pathsBetween(graph: EscalationGraph, from: Principal, isGoal: (node: Node) => boolean): readonly EscalationPath[] {
  const start = graph.nodes.get(principalNodeId(from));
  if (start === undefined) return [];
  const found: EscalationPath[] = [];
  for (const sureOnly of [true, false]) {
    const path = forward(graph, start, isGoal, sureOnly);
    if (path !== undefined && !found.some((other) => sameSteps(other, path))) found.push(path);
  }
  return found;
}

function sameSteps(left: EscalationPath, right: EscalationPath): boolean {
  return left.steps.length === right.steps.length && left.steps.every((step, at) => step.edge === right.steps[at]?.edge);
}

function forward(graph: EscalationGraph, start: Node, isGoal: (node: Node) => boolean, sureOnly: boolean): EscalationPath | undefined {
  const came = new Map<string, { readonly from: string; readonly edge: Edge | 'class' }>();
  const queue = [start.id];
  const reached = new Set(queue);
  for (let at = 0; at < queue.length; at += 1) {
    const id = queue[at] ?? '';
    const node = graph.nodes.get(id);
    if (node !== undefined && id !== start.id && isGoal(node)) return unwind(graph, start, id, came);
    const classId = graph.classOf(id);
    if (classId !== undefined && !reached.has(classId)) {
      reached.add(classId);
      came.set(classId, { from: id, edge: 'class' });
      queue.push(classId);
    }
    for (const edge of graph.edgesFrom(id)) {
      if (reached.has(edge.to.id) || (sureOnly && edge.verdict !== 'yes')) continue;
      reached.add(edge.to.id);
      came.set(edge.to.id, { from: id, edge });
      queue.push(edge.to.id);
    }
  }
  return undefined;
}

function unwind(graph: EscalationGraph, start: Node, goal: string, came: ReadonlyMap<string, { readonly from: string; readonly edge: Edge | 'class' }>): EscalationPath {
  const edges: Edge[] = [];
  for (let at = goal; at !== start.id; ) {
    const back = came.get(at);
    if (back === undefined) break;
    if (back.edge !== 'class') edges.push(back.edge);
    at = back.from;
  }
  edges.reverse();
  let actor: Node = start;
  let verdict: Verdict = 'yes';
  const steps = edges.map((edge): Step => {
    const step = { from: actor, edge };
    actor = graph.nodes.get(edge.to.id) ?? edge.to;
    verdict = and(verdict, edge.verdict);
    return step;
  });
  return { steps, verdict: verdict === 'yes' ? 'yes' : 'unknown' };
}

/** Is the node the administration of this principal's account, or of any other? */
export function isAdministration(node: Node): boolean {
  return node.kind === 'administrator' || node.kind === 'organization';
}

export function administrationOf(account: string): string {
  return powerNodeId('administrator', account);
}

export type { PrincipalNode };
