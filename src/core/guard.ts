import type { Verdict } from './verdict.ts';

/**
 * When a value exists: a conjunction of literals `variable is/is not value`.
 * An empty guard is "always". Two guards over the same variable with different required values exclude each other,
 * which is all the theory template conditions need (a parameter has one value per deployment).
 */
export type Guard = readonly GuardLiteral[];

export interface GuardLiteral {
  /** What is compared, unique within a run, e.g. `stack.yaml#Environment`. */
  readonly variable: string;
  readonly value: string;
  readonly is: boolean;
  /** How a person calls it, e.g. `IsProd` or `not IsProd`. */
  readonly label: string;
}

export const ALWAYS: Guard = [];

/** Both guards at once; `undefined` when they exclude each other. */
export function both(left: Guard | undefined, right: Guard | undefined): Guard | undefined {
  if (left === undefined || left.length === 0) return right ?? ALWAYS;
  if (right === undefined || right.length === 0) return left;
  const joined = [...left];
  for (const literal of right) {
    for (const known of left) if (excludes(known, literal)) return undefined;
    if (!left.some((known) => sameLiteral(known, literal))) joined.push(literal);
  }
  return joined;
}

/** Can both guards hold in one deployment? */
export function compatible(left: Guard | undefined, right: Guard | undefined): boolean {
  return both(left, right) !== undefined;
}

/** Does a guard hold: `yes` when empty, else `unknown` (the deployment decides). */
export function holds(guard: Guard | undefined): Verdict {
  return guard === undefined || guard.length === 0 ? 'yes' : 'unknown';
}

/** The guard as a phrase, e.g. `when IsProd and not UseVpc`; empty text for "always". */
export function describeGuard(guard: Guard | undefined): string {
  if (guard === undefined || guard.length === 0) return '';
  return `when ${[...new Set(guard.map((literal) => literal.label))].join(' and ')}`;
}

function sameLiteral(left: GuardLiteral, right: GuardLiteral): boolean {
  return left.variable === right.variable && left.value === right.value && left.is === right.is;
}

function excludes(left: GuardLiteral, right: GuardLiteral): boolean {
  if (left.variable !== right.variable) return false;
  if (left.value === right.value) return left.is !== right.is;
  return left.is && right.is;
}
