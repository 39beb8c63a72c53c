import { type Decimal, compareDecimals, decimalBetween } from '../../iam/condition/decimal.ts';
import type { Comparison } from '../../iam/condition/operator.ts';
import { unreachable } from '../../core/unreachable.ts';

/** A stretch of numbers; an end that is left out reaches to infinity. */
export interface Interval {
  readonly low: Decimal | undefined;
  readonly lowIncluded: boolean;
  readonly high: Decimal | undefined;
  readonly highIncluded: boolean;
}

/** Numbers as disjoint intervals in ascending order. */
export type NumberSet = readonly Interval[];

export const ALL_NUMBERS: NumberSet = [{ low: undefined, lowIncluded: false, high: undefined, highIncluded: false }];

/** The numbers that compare so with one number. */
export function numbersComparing(comparison: Comparison, to: Decimal): NumberSet {
  switch (comparison) {
    case 'equal':
      return [{ low: to, lowIncluded: true, high: to, highIncluded: true }];
    case 'less':
    case 'less-or-equal':
      return [{ low: undefined, lowIncluded: false, high: to, highIncluded: comparison === 'less-or-equal' }];
    case 'greater':
    case 'greater-or-equal':
      return [{ low: to, lowIncluded: comparison === 'greater-or-equal', high: undefined, highIncluded: false }];
    default:
      return unreachable(comparison);
  }
}

export function intersectNumbers(left: NumberSet, right: NumberSet): NumberSet {
  const result: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const low = laterLow(a, b);
      const high = earlierHigh(a, b);
      if (isInterval(low, high)) result.push({ ...low, ...high });
    }
  }
  return result.sort((a, b) => compareLows(a, b));
}

export function complementNumbers(set: NumberSet): NumberSet {
  let rest = ALL_NUMBERS;
  for (const { low, lowIncluded, high, highIncluded } of set) {
    const outside: Interval[] = [];
    if (low !== undefined) outside.push({ low: undefined, lowIncluded: false, high: low, highIncluded: !lowIncluded });
    if (high !== undefined) outside.push({ low: high, lowIncluded: !highIncluded, high: undefined, highIncluded: false });
    rest = intersectNumbers(rest, outside);
  }
  return rest;
}

export function uniteNumbers(left: NumberSet, right: NumberSet): NumberSet {
  return complementNumbers(intersectNumbers(complementNumbers(left), complementNumbers(right)));
}

/** Some number of the set, an end of an interval where it belongs to it. */
export function sampleNumber(set: NumberSet): Decimal | undefined {
  const [first] = set;
  if (first === undefined) return undefined;
  if (first.low !== undefined && first.lowIncluded) return first.low;
  if (first.high !== undefined && first.highIncluded) return first.high;
  return decimalBetween(first.low, first.high);
}

type Low = Pick<Interval, 'low' | 'lowIncluded'>;
type High = Pick<Interval, 'high' | 'highIncluded'>;

function laterLow(a: Low, b: Low): Low {
  const [winner] = [a, b].sort((x, y) => compareLows(y, x));
  return { low: winner?.low, lowIncluded: winner?.lowIncluded ?? false };
}

function earlierHigh(a: High, b: High): High {
  const order = a.high === undefined ? 1 : b.high === undefined ? -1 : compareDecimals(a.high, b.high) || Number(a.highIncluded) - Number(b.highIncluded);
  const { high, highIncluded } = order <= 0 ? a : b;
  return { high, highIncluded };
}

function compareLows(a: Low, b: Low): number {
  if (a.low === undefined || b.low === undefined) return a.low === b.low ? 0 : a.low === undefined ? -1 : 1;
  return compareDecimals(a.low, b.low) || Number(b.lowIncluded) - Number(a.lowIncluded);
}

function isInterval({ low, lowIncluded }: Low, { high, highIncluded }: High): boolean {
  if (low === undefined || high === undefined) return true;
  const order = compareDecimals(low, high);
  return order < 0 || (order === 0 && lowIncluded && highIncluded);
}
