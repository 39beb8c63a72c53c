import type { Origin } from '../../core/source.ts';
import { itemsOf, property } from '../../core/value.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { Gap, Statement } from '../../iam/policy-document.ts';
import type { AccountRelation, Policy } from '../../model/model.ts';
import type { ActionFact, ActionSet } from './action.ts';
import { ConditionFact } from './condition.ts';
import type { ModelFacts } from './model.ts';
import { type PrincipalFact, belongsToAccount, readPrincipal } from './principal.ts';
import type { ResourceFact, ResourceWidth } from './resource.ts';
import { statementShape } from './shape.ts';
import { type CallerScope, type ResourceScope, callerScope, resourceScope } from './scope.ts';

/** What rules want to know of a statement, each worked out on first use. INVARIANT: the statement never changes. */
export class StatementFacts {
  readonly statement: Statement;
  readonly #policy: Policy;
  readonly #model: ModelFacts;
  readonly #watch: Watch;
  #actions: readonly ActionFact[] | undefined;
  #resources: readonly ResourceFact[] | undefined;
  #principals: readonly PrincipalFact[] | undefined;
  #conditions: readonly ConditionFact[] | undefined;
  #callerScope: CallerScope | undefined;
  #resourceScope: ResourceScope | undefined;

  constructor(policy: Policy, statement: Statement, model: ModelFacts, watch: Watch = { beyond: false }) {
    this.#policy = policy;
    this.statement = statement;
    this.#model = model;
    this.#watch = watch;
  }

  /** The policy the statement stands in; whoever asks looks beyond the statement's shape. */
  get policy(): Policy {
    this.#watch.beyond = true;
    return this.#policy;
  }

  /** The facts of the run; whoever asks looks beyond the statement's shape. */
  get model(): ModelFacts {
    this.#watch.beyond = true;
    return this.#model;
  }

  get kind(): Policy['kind'] {
    return this.#policy.kind;
  }

  get managed(): Policy['managed'] {
    return this.#policy.managed;
  }

  get synthetic(): boolean {
    return this.#policy.synthetic;
  }

  /** The policy's version as written, or `none`. */
  get version(): string {
    return this.#policy.document.version?.text ?? 'none';
  }

  /** The service whose policy it is. */
  get service(): string | undefined {
    return this.#model.serviceOf(this.#policy);
  }

  /** Known actions beyond the catalogue, from configuration, in lower case. */
  get knownActions(): ReadonlySet<string> {
    return this.#model.knownActions;
  }

  /**
   * All that tells this statement from others, its place and the model around it apart. `undefined` for statements of which
   * a part holds only under conditions: such guards are not compared.
   */
  get shape(): string | undefined {
    return statementShape(this.#policy, this.statement, this.service);
  }

  /** Does the statement give access? Statements of SCPs, RCPs, boundaries, session and endpoint policies only limit it. */
  get grants(): boolean {
    const { kind } = this.#policy;
    return this.statement.effect === 'Allow' && (kind === 'identity' || kind === 'resource' || kind === 'trust');
  }

  get actions(): readonly ActionFact[] {
    this.#actions ??= (this.statement.action?.patterns ?? []).map((at) => ({ at, pattern: this.#model.actionPattern(at.text) }));
    return this.#actions;
  }

  get actionsNegated(): boolean {
    return this.statement.action?.negated === true;
  }

  get resources(): readonly ResourceFact[] {
    this.#resources ??= (this.statement.resource?.patterns ?? []).map((at) => ({ at, pattern: this.#model.resourcePattern(at.text) }));
    return this.#resources;
  }

  get resourcesNegated(): boolean {
    return this.statement.resource?.negated === true;
  }

  get principals(): readonly PrincipalFact[] {
    this.#principals ??= (this.statement.principal?.entries ?? []).map(readPrincipal);
    return this.#principals;
  }

  get principalsNegated(): boolean {
    return this.statement.principal?.negated === true;
  }

  get conditions(): readonly ConditionFact[] {
    this.#conditions ??= readConditions(this.statement);
    return this.#conditions;
  }

  /** The part of the Condition block that could not be read. */
  get conditionGap(): Gap | undefined {
    return this.statement.gaps.find((gap) => gap.element.startsWith('Condition'));
  }

  /** No condition at all: yes; some: no; a block that could not be read: unknown. */
  get unconditional(): Verdict {
    if (this.conditions.length > 0) return 'no';
    return this.conditionGap === undefined ? 'yes' : 'unknown';
  }

  /** A Condition block that holds no operator, or an operator without keys. */
  get hasEmptyCondition(): boolean {
    return this.conditions.length === 0 && hasEmptyCondition(this.policy, this.statement);
  }

  /** How far conditions confine who may call. */
  get callerScope(): CallerScope {
    this.#callerScope ??= callerScope(this.conditions, this.conditionGap);
    return this.#callerScope;
  }

  /** How far conditions confine what is acted on. */
  get resourceScope(): ResourceScope {
    this.#resourceScope ??= resourceScope(this.conditions, this.conditionGap);
    return this.#resourceScope;
  }

  /** Resource strings at least this wide, e.g. `any` and `everything`. */
  resourcesOf(widths: ReadonlySet<ResourceWidth>): readonly ResourceFact[] {
    return this.resources.filter((resource) => widths.has(resource.pattern.width));
  }

  /** A resource string whose text is not known, when there is one. */
  get unknownResource(): ResourceFact | undefined {
    return this.resources.find((resource) => resource.pattern.width === 'unknown');
  }

  /** An action string whose text is not known, when there is one. */
  get unknownAction(): ActionFact | undefined {
    return this.actions.find((action) => action.pattern.width === 'unknown');
  }

  /** Which of the wanted actions the Action (or NotAction) element takes in. */
  matching(wanted: ActionSet): ActionMatch {
    if (this.statement.action === undefined) return { names: [], by: [], unknown: undefined, at: this.statement.origin };
    if (this.actionsNegated) return this.#matchingNegated(wanted);
    const names = new Set<string>();
    const by: ActionFact[] = [];
    let unknown: ActionFact | undefined;
    for (const action of this.actions) {
      const matched = wanted.matchedBy(action.pattern);
      if (matched.length > 0) by.push(action);
      else if (wanted.mayBeMatchedBy(action.pattern)) unknown ??= action;
      for (const name of matched) names.add(name);
    }
    return { names: [...names], by, unknown, at: by[0]?.at.origin ?? this.statement.action.origin };
  }

  #matchingNegated(wanted: ActionSet): ActionMatch {
    const excluded = new Set(this.actions.flatMap((action) => wanted.matchedBy(action.pattern)));
    const names = wanted.names.filter((name) => !excluded.has(name));
    const unknown = names.length === 0 ? undefined : this.actions.find((action) => action.pattern.width === 'unknown' && wanted.mayBeMatchedBy(action.pattern));
    const at = this.statement.action?.origin ?? this.statement.origin;
    return unknown === undefined ? { names, by: [], unknown, at } : { names: [], by: [], unknown, at };
  }

  /** How the account of a principal relates to the policy's own; `undefined` for principals of no account. */
  relationOf(principal: PrincipalFact): AccountRelation | undefined {
    if (principal.account === undefined || !belongsToAccount(principal.kind)) return undefined;
    return this.#model.relation(principal.account, this.#policy.account);
  }
}

export interface ActionMatch {
  readonly names: readonly string[];
  /** The patterns that match; empty for NotAction. */
  readonly by: readonly ActionFact[];
  /** A pattern that is not known and may match more. */
  readonly unknown: ActionFact | undefined;
  /** The first matching pattern, or the key of NotAction. */
  readonly at: Origin;
}

/** Set when a check looks at more than the shape of a statement. */
export interface Watch {
  beyond: boolean;
}

/** The facts of a statement; cheap until asked. */
export function statementFacts(policy: Policy, statement: Statement, model: ModelFacts, watch?: Watch): StatementFacts {
  return new StatementFacts(policy, statement, model, watch);
}

/** The parsed statement no longer shows an empty block, so the document's own value is asked. */
function hasEmptyCondition(policy: Policy, statement: Statement): boolean {
  const body = property(policy.document.value, 'Statement');
  for (const candidate of itemsOf(body)) {
    if (candidate.origin.start !== statement.origin.start || candidate.origin.source !== statement.origin.source) continue;
    const block = property(candidate, 'Condition');
    if (block?.kind === 'map') return block.entries.every((entry) => entry.value.kind === 'map' && entry.value.entries.length === 0);
  }
  return false;
}

function readConditions(statement: Statement): readonly ConditionFact[] {
  if (statement.conditions.length === 0) return [];
  const demanded = new Set<string>();
  for (const condition of statement.conditions) {
    if (condition.operator.text.toLowerCase() === 'null' && condition.values.length > 0 && condition.values.every((value) => value.text === 'false')) demanded.add(condition.key.text.toLowerCase());
  }
  return statement.conditions.map((condition) => new ConditionFact(condition, demanded.has(condition.key.text.toLowerCase())));
}
