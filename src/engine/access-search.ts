import { readActionName } from '../iam/action.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { documentsAllow } from './document-access.ts';
import { ActionVocabulary, type OpenPattern } from './region/action-classes.ts';
import { ActionIndex } from './region/action-index.ts';
import { type Answer, type Asked, ActionQuestion } from './region/action-question.ts';
import { Budget } from './region/budget.ts';
import type { Atom } from './region/cube.ts';
import { StatementSpace } from './region/space.ts';
import type { CompareOptions, Request } from './types.ts';

/**
 * Work a question may cost before it answers `unknown`, counted in words the automaton handles: well under 100 ms on one core.
 * No AWS-managed policy reaches it, compared with its previous version or with `ReadOnlyAccess`.
 */
export const DEFAULT_BOUND = 2_000_000;

/** After this many requests that the evaluator refused, the rest is left undecided. */
const MAX_REFUTED = 64;

/** Narrows a search. */
export interface SearchLimits {
  /** Only requests within these constraints, made from the vocabulary of `space`. */
  readonly given?: readonly Atom[] | undefined;
  /** Only what this statement of `after` allows. */
  readonly only?: CompiledStatement | undefined;
  /** A last look at a request, for limits that constraints can only approximate. */
  readonly accepts?: ((request: Request) => boolean) | undefined;
}

type Search = Omit<Asked, 'name' | 'pattern' | 'met'>;

/**
 * Looks for requests that `after` allows and `before` does not. Every witness has been confirmed by the evaluator on
 * both sides; when there is none and no reason to doubt, that is certain.
 */
export class AccessSearch {
  readonly space: StatementSpace;
  readonly #after: readonly CompiledPolicy[];
  readonly #before: readonly CompiledPolicy[] | undefined;
  readonly #options: CompareOptions;
  readonly #budget: Budget;
  readonly #left: readonly CompiledStatement[];
  readonly #statements: readonly CompiledStatement[];
  readonly #question: ActionQuestion;
  readonly #vocabulary: ActionVocabulary;
  readonly #index: ActionIndex;
  #refuted = 0;

  /** Without `before` everything that `after` allows is asked for. */
  constructor(before: readonly CompiledPolicy[] | undefined, after: readonly CompiledPolicy[], options: CompareOptions) {
    this.#after = after;
    this.#before = before;
    this.#options = options;
    this.#budget = new Budget(options.bound ?? DEFAULT_BOUND);
    this.#left = after.flatMap((policy) => policy.statements);
    const right = (before ?? []).flatMap((policy) => policy.statements);
    this.#statements = [...this.#left, ...right];
    this.space = new StatementSpace(this.#statements, { kind: options.policyType, catalogue: options.catalogue, budget: this.#budget });
    this.#question = new ActionQuestion({ after: this.#left, before: before === undefined ? undefined : right }, this.space);
    this.#index = new ActionIndex(this.#statements);
    this.#vocabulary = new ActionVocabulary(this.#statements.flatMap((statement) => statement.action ?? []), this.#budget);
  }

  /** One question per set of statements that some action meets; actions that meet the same statements need asking once. */
  find(limits: SearchLimits = {}): Answer {
    this.#budget.renew();
    this.#refuted = 0;
    const search: Search = { given: limits.given ?? [], only: limits.only };
    let doubt: string | undefined;
    let madeUp: Answer | undefined;
    for (const asked of this.#questions(search)) {
      const answer = this.#question.ask(asked, (request) => limits.accepts?.(request) !== false && this.#isConfirmed(request));
      if (answer.kind === 'witness') {
        const named = this.#withRealAction(answer.request);
        if (named !== undefined) return { kind: 'witness', request: named };
        madeUp ??= answer;
      } else if (answer.kind === 'unclear') doubt ??= answer.reason;
      if (this.#budget.exhausted || this.#refuted > MAX_REFUTED) break;
    }
    if (madeUp !== undefined) return madeUp;
    if (this.#budget.exhausted) doubt = `the patterns are too intertwined to decide within the bound of ${this.#budget.limit} steps`;
    else doubt ??= this.#openReason();
    return doubt === undefined ? { kind: 'none' } : { kind: 'unclear', reason: doubt };
  }

  /**
   * Does a statement surely apply to no request besides those that others apply to? With no others: to none at all.
   * The statements must be among those the search was made of.
   */
  isCovered(statement: CompiledStatement, others: readonly CompiledStatement[]): boolean {
    this.#budget.renew();
    for (const asked of this.#questions({ given: [], only: statement })) {
      if (!this.#question.isCovered(asked, statement, others)) return false;
      if (this.#budget.exhausted) return false;
    }
    return true;
  }

  /** Statements that could not be read may allow or deny anything. */
  #openReason(): string | undefined {
    return [...this.#after, ...(this.#before ?? [])].find((policy) => policy.openReasons.length > 0)?.openReasons[0];
  }

  *#questions(search: Search): Generator<Asked> {
    const allows = search.only === undefined ? this.#left.filter((statement) => statement.effect !== 'Deny') : [search.only];
    const everything = (this.#options.policyType === 'rcp' && search.only === undefined) || allows.some((statement) => statement.gaps.action);
    const classes = this.#vocabulary.classify(allows.flatMap((statement) => statement.action ?? []), everything);
    const asked = new Set<string>();
    for (const name of classes.names) {
      if (this.#budget.exhausted) return;
      const signature = this.#signatureOf(name);
      if (signature === undefined || asked.has(signature)) continue;
      asked.add(signature);
      yield { ...search, name, pattern: undefined, met: [...signature].map(readVerdict) };
    }
    for (const pattern of classes.patterns) yield { ...search, name: undefined, pattern: pattern.glob, met: this.#statements.map((statement) => this.#meet(statement, pattern)) };
  }

  #meet(statement: CompiledStatement, pattern: OpenPattern): Asked['met'][number] {
    if (statement.gaps.action) return '?';
    if (statement.action === undefined) return 'n';
    const met = this.#vocabulary.meet(statement.action, pattern, this.space.unions);
    return met === 'all' ? 'y' : met === 'none' ? 'n' : met;
  }

  #signatureOf(action: string): string | undefined {
    const name = readActionName(action);
    return name === undefined ? undefined : this.#index.signatureOf(name);
  }

  /** The request with an action the documents or the catalogue name, when one meets the same statements. */
  #withRealAction(request: Request): Request | undefined {
    const spelled = this.#spelledInDocuments(request.action);
    if (spelled !== undefined) return { ...request, action: spelled };
    const { catalogue } = this.#options;
    if (catalogue === undefined) return undefined;
    const signature = this.#signatureOf(request.action);
    const own = catalogue.actionsOf(request.action.slice(0, request.action.indexOf(':')));
    const names = own.length > 0 ? own : catalogue.services().flatMap((service) => catalogue.actionsOf(service).slice(0, 4));
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
    const before = this.#before === undefined ? 'no' : documentsAllow(this.#before, request, policyType);
    const confirmed = before === 'no' && documentsAllow(this.#after, request, policyType) === 'yes';
    if (!confirmed) this.#refuted += 1;
    return confirmed;
  }
}

function readVerdict(mark: string): 'y' | 'n' | '?' {
  return mark === 'y' || mark === 'n' ? mark : '?';
}
