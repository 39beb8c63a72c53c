import { ALWAYS, type Guard, holds } from '../../core/guard.ts';
import { and, not, or, type Verdict, verdictOf } from '../../core/verdict.ts';
import type { Condition } from '../policy-document.ts';
import { hasHole } from '../token.ts';
import type { ContextReader, ContextValue } from './context.ts';
import { type OperatorUse, readOperator } from './operator.ts';
import { compileValueTest, type ValueTest } from './value-test.ts';

/** One operator/key pair of a Condition block, ready to be asked of many requests. */
export interface CompiledCondition {
  readonly source: Condition;
  /** `undefined` when the operator is not one of AWS's or not known. */
  readonly use: OperatorUse | undefined;
  /** The operator's own text has a hole, so it may be any operator. */
  readonly openOperator: boolean;
  /** Lower case: IAM compares key names without regard to case. */
  readonly key: string;
  readonly tests: readonly ValueTest[];
  /** Does the document's version know policy variables? */
  readonly variables: boolean;
  /** Whether the condition is there at all in this deployment. */
  readonly present: Verdict;
}

/** Prepares a condition; `variables` says whether the document's version knows policy variables. */
export function compileCondition(source: Condition, variables: boolean): CompiledCondition {
  const use = readOperator(source.operator.text);
  const openOperator = hasHole(source.operator.text);
  const present = holds(source.operator.when);
  const tests = use === undefined ? [] : source.values.map((value) => guarded(compileValueTest(use.operator, value.text, variables), isImplied(value.when, source.operator.when)));
  return { source, use, openOperator, key: source.key.text.toLowerCase(), tests, variables, present };
}

/** Is a value there whenever its condition is? */
function isImplied(value: Guard | undefined, condition: Guard | undefined): boolean {
  return (value ?? ALWAYS).every((literal) => (condition ?? ALWAYS).some((known) => known.variable === literal.variable && known.value === literal.value && known.is === literal.is));
}

/** A value that is only in some deployments matches at most perhaps. */
function guarded(test: ValueTest, always: boolean): ValueTest {
  return always ? test : (value, context) => and(test(value, context), 'unknown');
}

/**
 * Does the condition hold for a request? A condition with an operator that AWS does not have gives `unknown`.
 * Source: IAM User Guide, "Condition operators", "Set operators for multivalued context keys".
 */
export function evaluateCondition(condition: CompiledCondition, context: ContextReader): Verdict {
  const verdict = evaluatePresent(condition, context);
  return condition.present === 'yes' || verdict === 'yes' ? verdict : 'unknown';
}

function evaluatePresent(condition: CompiledCondition, context: ContextReader): Verdict {
  const { use } = condition;
  if (use === undefined || hasHole(condition.key)) return 'unknown';
  const found = context.read(condition.key);
  if (found?.kind === 'unknown') return 'unknown';
  const value = found === undefined || found.values.length === 0 ? undefined : found;
  if (use.operator.family === 'null') return evaluateNull(condition, value === undefined);
  if (value === undefined) return verdictOf(use.ifExists || use.quantifier === 'all' || (use.quantifier === 'one' && use.operator.negated));
  return use.quantifier === 'one' ? evaluateSingle(condition, value, use, context) : evaluateSet(condition, value, use, context);
}

function evaluateNull(condition: CompiledCondition, absent: boolean): Verdict {
  const wanted = absent ? 'true' : 'false';
  return condition.source.values.reduce<Verdict>((result, value) => {
    const met: Verdict = hasHole(value.text) ? 'unknown' : verdictOf(value.text.toLowerCase() === wanted);
    return or(result, and(met, holds(value.when)));
  }, 'no');
}

/** An operator without a set prefix never matches a key with several values. */
function evaluateSingle(condition: CompiledCondition, value: Extract<ContextValue, { kind: 'known' }>, use: OperatorUse, context: ContextReader): Verdict {
  if (value.many) return 'no';
  const matched = matchesAny(condition.tests, value.values[0] ?? '', context);
  return use.operator.negated ? not(matched) : matched;
}

/** An empty value counts as no value: every value of none matches, any of none does not. */
function evaluateSet(condition: CompiledCondition, value: Extract<ContextValue, { kind: 'known' }>, use: OperatorUse, context: ContextReader): Verdict {
  if (value.values.every((item) => item === '')) return verdictOf(use.quantifier === 'all');
  let result: Verdict = verdictOf(use.quantifier === 'all');
  for (const item of value.values) {
    const matched = matchesAny(condition.tests, item, context);
    const verdict = use.operator.negated ? not(matched) : matched;
    result = use.quantifier === 'all' ? and(result, verdict) : or(result, verdict);
  }
  return result;
}

function matchesAny(tests: readonly ValueTest[], value: string, context: ContextReader): Verdict {
  let result: Verdict = 'no';
  for (const test of tests) {
    const verdict = test(value, context);
    if (verdict === 'yes') return 'yes';
    if (verdict === 'unknown') result = 'unknown';
  }
  return result;
}
