import { ALWAYS, type Guard, holds } from '../core/guard.ts';
import { and, type Verdict } from '../core/verdict.ts';
import { type ActionSet, compileActions } from '../iam/action.ts';
import { compileResourcePattern } from '../iam/arn.ts';
import { type CompiledCondition, compileCondition } from '../iam/condition/index.ts';
import type { Gap, PatternElement, PolicyDocument, PrincipalElement, Statement, Text } from '../iam/policy-document.ts';
import { type PrincipalPattern, readPrincipalEntry } from '../iam/principal.ts';
import { displayText, hasHole } from '../iam/token.ts';
import type { Pattern } from '../iam/wildcard.ts';

/** A policy document prepared once and asked many times. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly statements: readonly CompiledStatement[];
  /** Statements that could not be read may allow or deny anything. */
  readonly openReasons: readonly string[];
}

export interface CompiledStatement {
  readonly index: number;
  readonly source: Statement;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  /** Is the statement there in every deployment? */
  readonly present: Verdict;
  /** `undefined` matches no action. */
  readonly action: ActionElement | undefined;
  /** `undefined` when the statement names no resource. */
  readonly resource: ResourceElement | undefined;
  readonly principal: CompiledPrincipals | undefined;
  readonly conditions: readonly CompiledCondition[];
  readonly gaps: StatementGaps;
  readonly reasons: readonly string[];
}

/** Which elements hold values that could not be read. */
export interface StatementGaps {
  readonly action: boolean;
  readonly resource: boolean;
  readonly principal: boolean;
  readonly condition: boolean;
}

export interface ActionElement {
  readonly negated: boolean;
  readonly sure: ActionSet;
  /** Actions that are listed only in some deployments. */
  readonly perhaps: ActionSet | undefined;
}

export interface ResourceElement {
  readonly negated: boolean;
  readonly everything: boolean;
  readonly patterns: readonly GuardedPattern[];
}

export interface GuardedPattern {
  readonly pattern: Pattern;
  readonly present: Verdict;
}

export interface CompiledPrincipals {
  readonly negated: boolean;
  readonly entries: readonly { readonly pattern: PrincipalPattern; readonly present: Verdict }[];
}

export interface CompileOptions {
  /** Deployment conditions that are taken to hold; what they exclude is left out. */
  readonly given?: Guard;
}

/** Prepares a policy document for evaluation. Never throws; what could not be read becomes `unknown` answers. */
export function compilePolicy(document: PolicyDocument, options: CompileOptions = {}): CompiledPolicy {
  const given = options.given ?? ALWAYS;
  const version = document.version?.text ?? '';
  const variables = version === '2012-10-17' || hasHole(version);
  const statements = document.statements.filter((statement) => remaining(statement.when, given) !== undefined);
  return {
    document,
    statements: statements.map((statement) => compileStatement(statement, variables, given)),
    openReasons: document.gaps.map(describeGap),
  };
}

/** The part of a guard that the given one does not settle; `undefined` when it cannot hold. */
function remaining(guard: Guard | undefined, given: Guard): Guard | undefined {
  if (guard === undefined || guard.length === 0) return ALWAYS;
  const open: Guard[number][] = [];
  for (const literal of guard) {
    const known = given.filter((fact) => fact.variable === literal.variable);
    if (known.some((fact) => (fact.value === literal.value ? fact.is !== literal.is : fact.is && literal.is))) return undefined;
    const settled = known.some((fact) => (fact.value === literal.value ? fact.is === literal.is : fact.is && !literal.is));
    if (!settled) open.push(literal);
  }
  return open;
}

function settle<Item extends Text>(items: readonly Item[], given: Guard): readonly Item[] {
  if (given.length === 0) return items;
  return items.flatMap((item) => {
    const when = remaining(item.when, given);
    return when === undefined ? [] : [{ ...item, when }];
  });
}

function compileStatement(source: Statement, variables: boolean, given: Guard): CompiledStatement {
  const conditions = source.conditions.flatMap((condition) => {
    const when = remaining(condition.operator.when, given);
    if (when === undefined) return [];
    return [given.length === 0 ? condition : { ...condition, operator: { ...condition.operator, when }, values: settle(condition.values, given) }];
  });
  return {
    index: source.index,
    source,
    effect: source.effect,
    present: holds(remaining(source.when, given)),
    action: source.action === undefined ? undefined : compileActionElement(source.action, given),
    resource: source.resource === undefined ? undefined : compileResourceElement(source.resource, variables, given),
    principal: source.principal === undefined ? undefined : compilePrincipals(source.principal, given),
    conditions: conditions.map((condition) => compileCondition(condition, variables)),
    gaps: gapsOf(source.gaps),
    reasons: source.gaps.map(describeGap),
  };
}

function gapsOf(gaps: readonly Gap[]): StatementGaps {
  const at = (...elements: readonly string[]): boolean => gaps.some((gap) => elements.some((element) => gap.element.startsWith(element)));
  return { action: at('Action', 'NotAction'), resource: at('Resource', 'NotResource'), principal: at('Principal', 'NotPrincipal'), condition: at('Condition') };
}

function describeGap(gap: Gap): string {
  return `\`${displayText(gap.name)}\` in \`${gap.element}\` is not known`;
}

function compileActionElement(element: PatternElement, given: Guard): ActionElement {
  const texts = settle(element.patterns, given);
  const perhaps = texts.filter((text) => holds(text.when) !== 'yes');
  return {
    negated: element.negated,
    sure: compileActions(texts.filter((text) => holds(text.when) === 'yes').map((text) => text.text)),
    perhaps: perhaps.length === 0 ? undefined : compileActions(perhaps.map((text) => text.text)),
  };
}

function compileResourceElement(element: PatternElement, variables: boolean, given: Guard): ResourceElement {
  const patterns = settle(element.patterns, given).map((text) => ({ pattern: compileResourcePattern(text.text, variables), present: holds(text.when) }));
  return { negated: element.negated, everything: patterns.some(({ pattern, present }) => present === 'yes' && pattern.shape === 'everything'), patterns };
}

function compilePrincipals(element: PrincipalElement, given: Guard): CompiledPrincipals {
  return { negated: element.negated, entries: settle(element.entries, given).map((entry) => ({ pattern: readPrincipalEntry(entry), present: holds(entry.when) })) };
}

/** May the statement's match depend on what is not known of the document itself? */
export function isDefinite(statement: CompiledStatement): boolean {
  const { gaps } = statement;
  return and(statement.present) === 'yes' && statement.effect !== 'unknown' && !gaps.action && !gaps.resource && !gaps.principal && !gaps.condition;
}
