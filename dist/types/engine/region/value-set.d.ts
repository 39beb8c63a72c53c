import { type AddressSet } from './address-set.js';
import { type NumberSet } from './number-set.js';
import { type TextOracle, type TextSet } from './text-set.js';
import type { Union } from './union.js';
/** One constraint on a single value. `other` says whether values that are no number (or address) at all satisfy it. */
export type ValueAtom = {
    readonly kind: 'text';
    readonly union: Union;
    readonly sign: boolean;
} | {
    readonly kind: 'number' | 'date';
    readonly set: NumberSet;
    readonly other: boolean;
} | {
    readonly kind: 'address';
    readonly set: AddressSet;
    readonly other: boolean;
};
/** Single values that satisfy constraints of every kind used on a key. */
export interface ValueSet {
    readonly text: TextSet;
    readonly number: {
        readonly set: NumberSet;
        readonly other: boolean;
    } | undefined;
    readonly date: {
        readonly set: NumberSet;
        readonly other: boolean;
    } | undefined;
    readonly address: {
        readonly set: AddressSet;
        readonly other: boolean;
    } | undefined;
}
export declare const ALL_VALUES: ValueSet;
export declare function complementAtom(atom: ValueAtom): ValueAtom;
export declare function restrictValues(values: ValueSet, atom: ValueAtom): ValueSet;
/** What is known of a set: a member, that it has none, or (kinds mixed on one key) nothing. */
export type ValueFound = {
    readonly kind: 'value';
    readonly value: string;
} | {
    readonly kind: 'none';
} | {
    readonly kind: 'unclear';
};
/**
 * Finds a member. A key that is compared as a number only holds numbers, and so for dates and addresses; a key compared
 * in several ways is searched among the values its constraints mention.
 */
export declare function findValue(values: ValueSet, oracle: TextOracle): ValueFound;
/** Does a plain value satisfy all constraints for certain? */
export declare function holdsValue(values: ValueSet, value: string): boolean;
