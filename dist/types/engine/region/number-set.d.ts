import { type Decimal } from '../../iam/condition/decimal.js';
import type { Comparison } from '../../iam/condition/operator.js';
/** A stretch of numbers; an end that is left out reaches to infinity. */
export interface Interval {
    readonly low: Decimal | undefined;
    readonly lowIncluded: boolean;
    readonly high: Decimal | undefined;
    readonly highIncluded: boolean;
}
/** Numbers as disjoint intervals in ascending order. */
export type NumberSet = readonly Interval[];
export declare const ALL_NUMBERS: NumberSet;
/** The numbers that compare so with one number. */
export declare function numbersComparing(comparison: Comparison, to: Decimal): NumberSet;
export declare function intersectNumbers(left: NumberSet, right: NumberSet): NumberSet;
export declare function complementNumbers(set: NumberSet): NumberSet;
export declare function uniteNumbers(left: NumberSet, right: NumberSet): NumberSet;
/** Some number of the set, an end of an interval where it belongs to it. */
export declare function sampleNumber(set: NumberSet): Decimal | undefined;
