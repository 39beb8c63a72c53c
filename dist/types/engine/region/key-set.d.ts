import { type ValueAtom, type ValueSet } from './value-set.js';
import type { TextOracle } from './text-set.js';
import type { Union } from './union.js';
/**
 * What a request may hold for one key: nothing, one value, or several (an array).
 * One condition is a constraint on all three; its complement is again such a constraint.
 */
export interface KeyAtom {
    readonly absent: boolean;
    readonly single: ValueAtom | 'all' | 'none';
    readonly many: ManyAtom;
}
/** On an array: some value satisfies the atom, or every value does. */
export type ManyAtom = 'all' | 'none' | {
    readonly quantifier: 'any' | 'every';
    readonly atom: ValueAtom;
};
export interface KeySet {
    readonly absent: boolean;
    readonly single: ValueSet | undefined;
    readonly many: ManySet | undefined;
}
export interface ManySet {
    readonly every: ValueSet;
    readonly some: readonly ValueSet[];
}
/** How many values a key can have. */
export type Arity = 'single' | 'many' | 'either';
/**
 * Everything a key may hold. `empty` is the union of the empty text: an array holds some value besides it, for one that
 * holds nothing else counts as no value.
 */
export declare function allOfKey(arity: Arity, empty: Union | undefined): KeySet;
export declare function complementKey(atom: KeyAtom): KeyAtom;
/** The part of a set that satisfies a constraint; parts that surely hold nothing are dropped. */
export declare function restrictKey(set: KeySet, atom: KeyAtom, oracle: TextOracle): KeySet;
export declare function isEmptyKey(set: KeySet): boolean;
/** A member of a set as a request holds it: absent (`undefined`), one value, or several. */
export type KeySample = {
    readonly kind: 'sample';
    readonly value: string | readonly string[] | undefined;
} | {
    readonly kind: 'unclear';
};
/** The plainest member: absent where allowed, then one value, then the fewest. */
export declare function sampleKey(set: KeySet, oracle: TextOracle): KeySample;
