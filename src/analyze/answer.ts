import type { Verdict } from '../core/verdict.ts';
import type { Decision, Layer, Request } from '../engine/types.ts';
import { displayText } from '../iam/token.ts';
import type { PermissionModel } from '../model/model.ts';
import type { Holding } from './holdings.ts';
import type { CarriedCondition, Ground, Judge, Judgement, Question } from './judge.ts';

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
export function answerOf(question: Question, judgement: Judgement, judge: Judge, model: PermissionModel): Answer {
  const { decision } = judgement;
  const unknowns: string[] = [...decision.unknowns];
  const assumptions: string[] = [];
  let answer = judgement.verdict;
  if (answer !== 'no') {
    const doubts = controlDoubts(question.holding);
    if (question.holding?.controls.inOrganization === true && doubts.length > 0) {
      answer = 'unknown';
      unknowns.push(...doubts);
    } else if (doubts.length > 0) assumptions.push('no service control policy denies it: the inputs tell of no organization');
  }
  if (answer === 'no' && decision.decision === 'implicit-deny' && question.holding?.open === true && decision.blockedBy.includes('identity')) {
    answer = 'unknown';
    unknowns.push(`more may be attached to \`${displayText(question.holding.principal.entity.name)}\` than the inputs say`);
  }
  if (answer === 'no' && decision.decision === 'implicit-deny' && question.holding?.principal.entity.external === true && !model.coverage.completeAccounts.has(question.holding.account)) {
    answer = 'unknown';
    unknowns.push(`\`${displayText(question.holding.principal.entity.name)}\` is declared outside the inputs`);
  }
  const { because, conditions } = judge.explain(question, decision);
  return { answer, decision: decision.decision, because, blockedBy: decision.blockedBy, conditions: answer === 'unknown' ? conditions : [], unknowns: answer === 'unknown' ? [...new Set(unknowns)].map(displayText) : [], assumptions, witness: judge.requestOf(question) };
}

/** Why the service control policies over a principal may deny more than is known; empty when they are known or do not apply. */
export function controlDoubts(holding: Holding | undefined): readonly string[] {
  if (holding === undefined || holding.controls.scp.complete || holding.serviceLinked) return [];
  return holding.controls.unknowns;
}
