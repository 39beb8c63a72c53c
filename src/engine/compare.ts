import { readActionName } from '../iam/action.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { documentsAllow } from './document-access.ts';
import { ActionQuestion } from './region/action-question.ts';
import { classifyActions } from './region/action-classes.ts';
import { Budget } from './region/budget.ts';
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
    const wanted = this.#after.flatMap((policy) => policy.statements.flatMap((statement) => (statement.effect === 'Deny' || statement.action === undefined ? [] : [statement.action])));
    const all = this.#statements.flatMap((statement) => statement.action ?? []);
    const classes = classifyActions(wanted, all, this.#options.policyType === 'rcp', this.#budget);
    const witness = this.#search(classes.representatives) ?? this.#madeUp;
    if (witness !== undefined) return { newAccess: 'yes', witness };
    if (classes.bounded) this.#reason ??= `the action patterns overlap in too many ways (bound ${this.#budget.limit})`;
    if (this.#budget.exhausted) this.#reason = `the patterns are too intertwined to decide within the bound of ${this.#budget.limit} steps`;
    const reason = this.#reason ?? openLeft ?? openRight;
    return reason === undefined ? { newAccess: 'no' } : { newAccess: 'unknown', reason };
  }

  /** One question per set of statements that some action meets; actions that meet the same statements need asking once. */
  #search(actions: readonly string[]): Request | undefined {
    const asked = new Set<string>();
    for (const name of actions) {
      const signature = this.#signatureOf(name);
      if (signature === undefined || asked.has(signature)) continue;
      asked.add(signature);
      const made = this.#question.ask(signature, name, (request) => this.#isConfirmed(request));
      if (made.kind === 'witness') {
        const named = this.#withRealAction(made.request, signature);
        if (named !== undefined) return named;
        this.#madeUp ??= made.request;
      } else if (made.kind === 'unclear') this.#reason ??= made.reason;
      if (this.#budget.exhausted || this.#refuted > MAX_REFUTED) break;
    }
    return undefined;
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
  #withRealAction(request: Request, signature: string): Request | undefined {
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
