import { readActionName } from '../iam/action.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { documentsAllow } from './document-access.ts';
import { type AskedActions, ActionQuestion } from './region/action-question.ts';
import { ActionVocabulary, type OpenPattern } from './region/action-classes.ts';
import { Budget } from './region/budget.ts';
import type { UnionTable } from './region/union.ts';
import { matchAction } from './statement-match.ts';
import type { CompareOptions, Comparison, Request } from './types.ts';

/**
 * Work a comparison may cost before it answers `unknown`, in steps of the automaton (about 200 ms on one core).
 * Real policies stay a hundred times below it.
 */
export const DEFAULT_BOUND = 6_000_000;

/** After this many requests that the evaluator refused, the rest is left undecided. */
const MAX_REFUTED = 64;

/**
 * Does `after` allow any request that `before` does not? Both sides are the documents of one kind taken together.
 * A `yes` comes with a witness that the evaluator has confirmed on both sides; `no` is certain; `unknown` gives its reason.
 */
export function compareCompiled(before: readonly CompiledPolicy[], after: readonly CompiledPolicy[], options: CompareOptions): Comparison {
  return new AccessComparison(before, after, options).run();
}

class AccessComparison {
  readonly #after: readonly CompiledPolicy[];
  readonly #before: readonly CompiledPolicy[];
  readonly #options: CompareOptions;
  readonly #budget: Budget;
  readonly #statements: readonly CompiledStatement[];
  readonly #question: ActionQuestion;
  #reason: string | undefined;
  #refuted = 0;
  /** A confirmed witness whose action is made up, kept in case a real one turns up. */
  #madeUp: Request | undefined;

  constructor(before: readonly CompiledPolicy[], after: readonly CompiledPolicy[], options: CompareOptions) {
    this.#after = after;
    this.#before = before;
    this.#options = options;
    this.#budget = new Budget(options.bound ?? DEFAULT_BOUND);
    const left = after.flatMap((policy) => policy.statements);
    const right = before.flatMap((policy) => policy.statements);
    this.#statements = [...left, ...right];
    this.#question = new ActionQuestion({ after: left, before: right, options, budget: this.#budget });
  }

  run(): Comparison {
    const openRight = this.#before.find((policy) => policy.openReasons.length > 0)?.openReasons[0];
    const openLeft = this.#after.find((policy) => policy.openReasons.length > 0)?.openReasons[0];
    const witness = this.#search() ?? this.#madeUp;
    if (witness !== undefined) return { newAccess: 'yes', witness };
    if (this.#budget.exhausted) this.#reason = `the patterns are too intertwined to decide within the bound of ${this.#budget.limit} steps`;
    const reason = this.#reason ?? openLeft ?? openRight;
    return reason === undefined ? { newAccess: 'no' } : { newAccess: 'unknown', reason };
  }

  /** One question per set of statements that some action meets; actions that meet the same statements need asking once. */
  #search(): Request | undefined {
    const vocabulary = new ActionVocabulary(this.#statements.flatMap((statement) => statement.action ?? []));
    const wanted = this.#after.flatMap((policy) => policy.statements.flatMap((statement) => (statement.effect === 'Deny' || statement.action === undefined ? [] : [statement.action])));
    const classes = vocabulary.classify(wanted, this.#options.policyType === 'rcp');
    const asked = new Set<string>();
    for (const name of classes.names) {
      const signature = this.#signatureOf(name);
      if (signature === undefined || asked.has(signature)) continue;
      asked.add(signature);
      const found = this.#ask({ name, pattern: undefined, met: [...signature].map(readVerdict) });
      if (found !== undefined || this.#isSpent()) return found;
    }
    for (const pattern of classes.patterns) {
      const met = this.#statements.map((statement) => meetPattern(statement, pattern, vocabulary, this.#question.unions));
      const found = this.#ask({ name: undefined, pattern: pattern.glob, met });
      if (found !== undefined || this.#isSpent()) return found;
    }
    return undefined;
  }

  #isSpent(): boolean {
    return this.#budget.exhausted || this.#refuted > MAX_REFUTED;
  }

  #ask(asked: AskedActions): Request | undefined {
    const answer = this.#question.ask(asked, (request) => this.#isConfirmed(request));
    if (answer.kind === 'unclear') this.#reason ??= answer.reason;
    if (answer.kind !== 'witness') return undefined;
    const named = this.#withRealAction(answer.request);
    if (named === undefined) this.#madeUp ??= answer.request;
    return named;
  }

  /** For each statement whether the action meets it, as text to compare. */
  #signatureOf(action: string): string | undefined {
    const name = readActionName(action);
    if (name === undefined) return undefined;
    let signature = '';
    for (const statement of this.#statements) {
      const verdict = matchAction(statement.action, statement.gaps.action, name);
      signature += verdict === 'yes' ? 'y' : verdict === 'no' ? 'n' : '?';
    }
    return signature;
  }

  /** The request with an action the documents or the catalogue name, when one meets the same statements. */
  #withRealAction(request: Request): Request | undefined {
    const signature = this.#signatureOf(request.action);
    const spelled = this.#spelledInDocuments(request.action);
    if (spelled !== undefined) return { ...request, action: spelled };
    const { catalogue } = this.#options;
    if (catalogue === undefined) return undefined;
    const service = request.action.slice(0, request.action.indexOf(':'));
    const own = catalogue.actionsOf(service);
    const names = own.length > 0 ? own : catalogue.services().flatMap((known) => catalogue.actionsOf(known).slice(0, 4));
    for (const name of names) {
      if (this.#signatureOf(name) !== signature) continue;
      const renamed = { ...request, action: name };
      if (this.#isConfirmed(renamed)) return renamed;
    }
    return undefined;
  }

  #spelledInDocuments(action: string): string | undefined {
    for (const statement of this.#statements) {
      for (const pattern of statement.source.action?.patterns ?? []) if (pattern.text.toLowerCase() === action) return pattern.text;
    }
    return undefined;
  }

  #isConfirmed(request: Request): boolean {
    const { policyType } = this.#options;
    const confirmed = documentsAllow(this.#after, request, policyType) === 'yes' && documentsAllow(this.#before, request, policyType) === 'no';
    if (!confirmed) this.#refuted += 1;
    return confirmed;
  }
}

function readVerdict(mark: string): 'y' | 'n' | '?' {
  return mark === 'y' || mark === 'n' ? mark : '?';
}

function meetPattern(statement: CompiledStatement, pattern: OpenPattern, vocabulary: ActionVocabulary, unions: UnionTable): AskedActions['met'][number] {
  if (statement.action === undefined) return statement.gaps.action ? '?' : 'n';
  if (statement.gaps.action) return '?';
  const met = vocabulary.meet(statement.action, pattern, unions);
  return met === 'all' ? 'y' : met === 'none' ? 'n' : met;
}
