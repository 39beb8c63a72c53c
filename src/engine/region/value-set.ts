import { type Decimal, formatDecimal } from '../../iam/condition/decimal.ts';
import { parseDate } from '../../iam/condition/date.ts';
import { parseDecimal } from '../../iam/condition/decimal.ts';
import { parseIpRange } from '../../iam/condition/ip.ts';
import { type AddressSet, complementAddresses, intersectAddresses, sampleAddress } from './address-set.ts';
import { type NumberSet, complementNumbers, intersectNumbers, sampleNumber } from './number-set.ts';
import { ALL_TEXTS, contains, restrictText, type TextOracle, type TextSet } from './text-set.ts';
import type { Union } from './union.ts';

/** One constraint on a single value. `other` says whether values that are no number (or address) at all satisfy it. */
export type ValueAtom =
  | { readonly kind: 'text'; readonly union: Union; readonly sign: boolean }
  | { readonly kind: 'number' | 'date'; readonly set: NumberSet; readonly other: boolean }
  | { readonly kind: 'address'; readonly set: AddressSet; readonly other: boolean };

/** Single values that satisfy constraints of every kind used on a key. */
export interface ValueSet {
  readonly text: TextSet;
  readonly number: { readonly set: NumberSet; readonly other: boolean } | undefined;
  readonly date: { readonly set: NumberSet; readonly other: boolean } | undefined;
  readonly address: { readonly set: AddressSet; readonly other: boolean } | undefined;
}

export const ALL_VALUES: ValueSet = { text: ALL_TEXTS, number: undefined, date: undefined, address: undefined };

export function complementAtom(atom: ValueAtom): ValueAtom {
  switch (atom.kind) {
    case 'text':
      return { ...atom, sign: !atom.sign };
    case 'address':
      return { kind: 'address', set: complementAddresses(atom.set), other: !atom.other };
    default:
      return { kind: atom.kind, set: complementNumbers(atom.set), other: !atom.other };
  }
}

export function restrictValues(values: ValueSet, atom: ValueAtom): ValueSet {
  switch (atom.kind) {
    case 'text':
      return { ...values, text: restrictText(values.text, atom.union, atom.sign) };
    case 'address': {
      const known = values.address;
      return { ...values, address: known === undefined ? atom : { set: intersectAddresses(known.set, atom.set), other: known.other && atom.other } };
    }
    default: {
      const known = values[atom.kind];
      return { ...values, [atom.kind]: known === undefined ? atom : { set: intersectNumbers(known.set, atom.set), other: known.other && atom.other } };
    }
  }
}

/** What is known of a set: a member, that it has none, or (kinds mixed on one key) nothing. */
export type ValueFound = { readonly kind: 'value'; readonly value: string } | { readonly kind: 'none' } | { readonly kind: 'unclear' };

/**
 * Finds a member. A key that is compared as a number only holds numbers, and so for dates and addresses; a key compared
 * in several ways is searched among the values its constraints mention.
 */
export function findValue(values: ValueSet, oracle: TextOracle): ValueFound {
  const text = values.text.inside.length > 0 || values.text.outside.length > 0;
  const kinds = [text, values.number !== undefined, values.date !== undefined, values.address !== undefined].filter(Boolean).length;
  if (kinds > 1) return findMixed(values, oracle);
  if (values.number !== undefined) return valueOf(sampleNumber(values.number.set));
  if (values.date !== undefined) return valueOf(sampleNumber(values.date.set));
  if (values.address !== undefined) {
    const address = sampleAddress(values.address.set);
    return address === undefined ? { kind: 'none' } : { kind: 'value', value: address };
  }
  const found = oracle.find(values.text);
  if (found.kind === 'none') return { kind: 'none' };
  return found.kind === 'text' ? { kind: 'value', value: found.text } : { kind: 'unclear' };
}

function valueOf(number: Decimal | undefined): ValueFound {
  return number === undefined ? { kind: 'none' } : { kind: 'value', value: formatDecimal(number) };
}

function findMixed(values: ValueSet, oracle: TextOracle): ValueFound {
  if (oracle.isEmpty(values.text)) return { kind: 'none' };
  const candidates: string[] = [];
  for (const set of [values.number, values.date]) {
    const number = set === undefined ? undefined : sampleNumber(set.set);
    if (number !== undefined) candidates.push(formatDecimal(number));
  }
  const address = values.address === undefined ? undefined : sampleAddress(values.address.set);
  if (address !== undefined) candidates.push(address);
  for (const union of [...values.text.inside, ...values.text.outside]) candidates.push(...(union.literals ?? []));
  const found = oracle.find(values.text);
  if (found.kind === 'text') candidates.push(found.text);
  const value = candidates.find((candidate) => holdsValue(values, candidate));
  return value === undefined ? { kind: 'unclear' } : { kind: 'value', value };
}

/** Does a plain value satisfy all constraints for certain? */
export function holdsValue(values: ValueSet, value: string): boolean {
  return (
    contains(values.text, value) &&
    holdsNumber(values.number, parseDecimal(value)) &&
    holdsNumber(values.date, parseDate(value)) &&
    holdsAddress(values.address, value)
  );
}

function holdsNumber(set: ValueSet['number'], value: Decimal | undefined): boolean {
  if (set === undefined) return true;
  if (value === undefined) return set.other;
  return intersectNumbers(set.set, [{ low: value, lowIncluded: true, high: value, highIncluded: true }]).length > 0;
}

function holdsAddress(set: ValueSet['address'], value: string): boolean {
  if (set === undefined) return true;
  const range = parseIpRange(value);
  return range === undefined ? set.other : intersectAddresses(set.set, [range]).length > 0;
}
