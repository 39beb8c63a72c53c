import { both, type Guard } from '../core/guard.ts';
import type { PolicyKind, Text } from '../iam/policy-document.ts';
import { hit, undecided } from './define.ts';
import type { StatementFacts } from './facts/statement.ts';
import type { Detection, Hit, RuleContext, StatementGate, StatementSubject } from './rule.ts';

/** Which statements a rule looks at. */
export interface StatementFilter {
  readonly kinds: readonly PolicyKind[];
  readonly effect?: 'Allow' | 'Deny';
}

const NONE: readonly Detection[] = [];

/**
 * Wraps a check so that it runs only on statements of the given kinds and effect, never on AWS's own managed policies.
 * When the effect itself is not known, what the check would find becomes undecided.
 */
export function onStatements(filter: StatementFilter, check: (facts: StatementFacts, context: RuleContext) => Iterable<Detection>): GatedCheck {
  const { kinds, effect } = filter;
  const gate: StatementGate = (kind, found) => kinds.includes(kind) && (effect === undefined || found === effect || found === 'unknown');
  const gated = ({ statement, facts }: StatementSubject, context: RuleContext): Iterable<Detection> => {
    if (!kinds.includes(facts.kind) || facts.managed === 'aws') return NONE;
    if (effect === undefined || statement.effect === effect) return check(facts, context);
    return statement.effect === 'unknown' && statement.gaps.some((gap) => gap.element === 'Effect') ? undecidedEffect(check(facts, context)) : NONE;
  };
  return Object.assign(gated, { gate });
}

/** A check that also says, without being called, which statements it can apply to. */
export type GatedCheck = ((subject: StatementSubject, context: RuleContext) => Iterable<Detection>) & { readonly gate: StatementGate };

/** The gate a check carries, if it does. */
export function gateOfCheck(check: object): StatementGate | undefined {
  return 'gate' in check && isGate(check.gate) ? check.gate : undefined;
}

function isGate(value: unknown): value is StatementGate {
  return typeof value === 'function';
}

function* undecidedEffect(detections: Iterable<Detection>): Iterable<Detection> {
  for (const detection of detections) {
    yield detection.kind === 'hit' ? undecided(detection.at, 'the `Effect` of the statement is not known') : detection;
    return;
  }
}

/** A hit at a text of the statement, holding under the statement's and the texts' own guards; none when they exclude each other. */
export function* hitAt(facts: StatementFacts, texts: readonly (Text | undefined)[], details: Omit<Hit, 'kind' | 'at' | 'when'> = {}): Iterable<Detection> {
  let when: Guard | undefined = facts.statement.when;
  for (const text of texts) when = when === undefined ? undefined : both(when, text?.when);
  if (when === undefined) return;
  const at = texts[0]?.origin ?? facts.statement.origin;
  yield hit(at, when.length === 0 ? details : { ...details, when });
}
