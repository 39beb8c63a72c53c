import type { Verdict } from '../core/verdict.ts';
import { displayText } from '../iam/token.ts';
import type { Foundation } from './foundation.ts';
import type { EscalationGraph } from './graph.ts';
import { callerArn } from './holdings.ts';
import type { CarriedCondition, Ground, Question } from './judge.ts';
import type { Node } from './nodes.ts';
import type { EscalationPath, Step } from './paths.ts';

/** A step of a path in words, with the statements it rests on. */
export interface ExplainedHop {
  readonly from: string;
  readonly to: string;
  readonly technique: string;
  /** What is done, as the table of techniques names it. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly because: readonly Ground[];
  readonly conditions: readonly CarriedCondition[];
  readonly needs: readonly string[];
  readonly through: string | undefined;
  readonly requests: readonly { readonly principal: string | null; readonly action: string; readonly resource: string }[];
}

/** Says of every step which statements carry it; the requests of a class are asked again for the one who takes the step. */
export function explainPath(path: EscalationPath, graph: EscalationGraph, foundation: Foundation): readonly ExplainedHop[] {
  return path.steps.map((step) => explainStep(step, graph, foundation));
}

function explainStep({ from, edge }: Step, graph: EscalationGraph, foundation: Foundation): ExplainedHop {
  const because: Ground[] = [];
  const conditions: CarriedCondition[] = [];
  const questions = edge.asked.map(({ question }) => rebound(question, from, graph));
  for (const question of questions) {
    const found = foundation.judge.explain(question, foundation.judge.ask(question).decision);
    because.push(...found.because.filter((ground) => !because.some((other) => other.origin === ground.origin)));
    conditions.push(...found.conditions.filter(({ condition }) => !conditions.some((other) => other.condition === condition)));
  }
  if (edge.technique === 'administrator' && from.kind === 'principal') {
    const holding = graph.holdingOf(from);
    const question: Question = { principal: callerArn(from.principal), holding, action: 'iam:PutRolePolicy', resource: `arn:aws:iam::${holding.account}:role/x` };
    const found = foundation.judge.explain(question, foundation.judge.ask(question).decision);
    because.push(...found.because);
    conditions.push(...found.conditions);
  }
  return {
    from: nodeName(from),
    to: nodeName(edge.to),
    technique: edge.technique,
    name: edge.row?.name ?? (edge.technique === 'administrator' ? 'hold every permission' : 'act as any principal of the account'),
    verdict: edge.verdict,
    because,
    conditions,
    needs: edge.needs,
    through: edge.through === undefined ? undefined : displayText(edge.through),
    requests: questions.map(({ principal, action, resource }) => ({ principal: principal === null ? null : displayText(principal), action, resource: displayText(resource) })),
  };
}

/** Edges of a class were found with one of its members. */
function rebound(question: Question, from: Node, graph: EscalationGraph): Question {
  if (question.holding === undefined || from.kind !== 'principal') return question;
  return { ...question, principal: callerArn(from.principal), holding: graph.holdingOf(from) };
}

/** How a person calls a node. */
export function nodeName(node: Node): string {
  switch (node.kind) {
    case 'principal':
      return `${displayText(node.principal.entity.arn)}${node.shed === undefined ? '' : ` without its ${SHED[node.shed]}`}`;
    case 'administrator':
      return `administrator of ${displayText(node.account)}`;
    case 'root-session':
      return `root session in ${displayText(node.account)}`;
    case 'organization':
      return 'administrator of accounts of the organization';
    case 'guardrails':
      return 'guard rails of the organization';
    case 'class':
      return node.id;
  }
}

const SHED = { boundary: 'permissions boundary', 'inline-deny': 'inline Deny', 'managed-deny': 'managed Deny', 'group-deny': 'group Deny', tags: 'fixed tags' } as const;
