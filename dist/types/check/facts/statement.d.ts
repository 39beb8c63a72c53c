import type { Origin } from '../../core/source.js';
import type { Verdict } from '../../core/verdict.js';
import type { Gap, Statement } from '../../iam/policy-document.js';
import type { AccountRelation, Policy } from '../../model/model.js';
import type { ActionFact, ActionSet } from './action.js';
import { ConditionFact } from './condition.js';
import type { ModelFacts } from './model.js';
import { type PrincipalFact } from './principal.js';
import type { ResourceFact, ResourceWidth } from './resource.js';
import { type CallerScope, type ResourceScope } from './scope.js';
/** What rules want to know of a statement, each worked out on first use. INVARIANT: the statement never changes. */
export declare class StatementFacts {
    #private;
    readonly statement: Statement;
    constructor(policy: Policy, statement: Statement, model: ModelFacts, watch?: Watch);
    /** The policy the statement stands in; whoever asks looks beyond the statement's shape. */
    get policy(): Policy;
    /** The facts of the run; whoever asks looks beyond the statement's shape. */
    get model(): ModelFacts;
    get kind(): Policy['kind'];
    get managed(): Policy['managed'];
    get synthetic(): boolean;
    /** The policy's version as written, or `none`. */
    get version(): string;
    /** The service whose policy it is. */
    get service(): string | undefined;
    /** Known actions beyond the catalogue, from configuration, in lower case. */
    get knownActions(): ReadonlySet<string>;
    /**
     * All that tells this statement from others, its place and the model around it apart. `undefined` for statements of which
     * a part holds only under conditions: such guards are not compared.
     */
    get shape(): string | undefined;
    /** Does the statement give access? Statements of SCPs, RCPs, boundaries, session and endpoint policies only limit it. */
    get grants(): boolean;
    get actions(): readonly ActionFact[];
    get actionsNegated(): boolean;
    get resources(): readonly ResourceFact[];
    get resourcesNegated(): boolean;
    get principals(): readonly PrincipalFact[];
    get principalsNegated(): boolean;
    get conditions(): readonly ConditionFact[];
    /** The part of the Condition block that could not be read. */
    get conditionGap(): Gap | undefined;
    /** No condition at all: yes; some: no; a block that could not be read: unknown. */
    get unconditional(): Verdict;
    /** A Condition block that holds no operator, or an operator without keys. */
    get hasEmptyCondition(): boolean;
    /** How far conditions confine who may call. */
    get callerScope(): CallerScope;
    /** How far conditions confine what is acted on. */
    get resourceScope(): ResourceScope;
    /** Resource strings at least this wide, e.g. `any` and `everything`. */
    resourcesOf(widths: ReadonlySet<ResourceWidth>): readonly ResourceFact[];
    /** A resource string whose text is not known, when there is one. */
    get unknownResource(): ResourceFact | undefined;
    /** An action string whose text is not known, when there is one. */
    get unknownAction(): ActionFact | undefined;
    /** Which of the wanted actions the Action (or NotAction) element takes in. */
    matching(wanted: ActionSet): ActionMatch;
    /** How the account of a principal relates to the policy's own; `undefined` for principals of no account. */
    relationOf(principal: PrincipalFact): AccountRelation | undefined;
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
export declare function statementFacts(policy: Policy, statement: Statement, model: ModelFacts, watch?: Watch): StatementFacts;
