import { ALL_VALUES, complementAtom, findValue, restrictValues, type ValueAtom, type ValueFound, type ValueSet } from './value-set.ts';
import type { TextOracle } from './text-set.ts';
import type { Union } from './union.ts';

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
export type ManyAtom = 'all' | 'none' | { readonly quantifier: 'any' | 'every'; readonly atom: ValueAtom };

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
export function allOfKey(arity: Arity, empty: Union | undefined): KeySet {
  const notEmpty = empty === undefined ? [] : [restrictValues(ALL_VALUES, { kind: 'text', union: empty, sign: false })];
  return {
    absent: true,
    single: arity === 'many' ? undefined : ALL_VALUES,
    many: arity === 'single' ? undefined : { every: ALL_VALUES, some: notEmpty },
  };
}

export function complementKey(atom: KeyAtom): KeyAtom {
  return {
    absent: !atom.absent,
    single: atom.single === 'all' ? 'none' : atom.single === 'none' ? 'all' : complementAtom(atom.single),
    many: complementMany(atom.many),
  };
}

function complementMany(many: ManyAtom): ManyAtom {
  if (many === 'all') return 'none';
  if (many === 'none') return 'all';
  return { quantifier: many.quantifier === 'any' ? 'every' : 'any', atom: complementAtom(many.atom) };
}

/** The part of a set that satisfies a constraint; parts that surely hold nothing are dropped. */
export function restrictKey(set: KeySet, atom: KeyAtom, oracle: TextOracle): KeySet {
  return {
    absent: set.absent && atom.absent,
    single: restrictSingle(set.single, atom.single, oracle),
    many: restrictMany(set.many, atom.many, oracle),
  };
}

function restrictSingle(values: ValueSet | undefined, atom: KeyAtom['single'], oracle: TextOracle): ValueSet | undefined {
  if (values === undefined || atom === 'none') return undefined;
  if (atom === 'all') return values;
  const restricted = restrictValues(values, atom);
  return findValue(restricted, oracle).kind === 'none' ? undefined : restricted;
}

function restrictMany(set: ManySet | undefined, atom: ManyAtom, oracle: TextOracle): ManySet | undefined {
  if (set === undefined || atom === 'none') return undefined;
  if (atom === 'all') return set;
  // Whatever holds for every value also holds for those that must be there.
  const restricted: ManySet =
    atom.quantifier === 'every'
      ? { every: restrictValues(set.every, atom.atom), some: set.some.map((values) => restrictValues(values, atom.atom)) }
      : { every: set.every, some: [...set.some, restrictValues(set.every, atom.atom)] };
  const empty = findValue(restricted.every, oracle).kind === 'none' || restricted.some.some((values) => findValue(values, oracle).kind === 'none');
  return empty ? undefined : restricted;
}

export function isEmptyKey(set: KeySet): boolean {
  return !set.absent && set.single === undefined && set.many === undefined;
}

/** A member of a set as a request holds it: absent (`undefined`), one value, or several. */
export type KeySample = { readonly kind: 'sample'; readonly value: string | readonly string[] | undefined } | { readonly kind: 'unclear' };

/** The plainest member: absent where allowed, then one value, then the fewest. */
export function sampleKey(set: KeySet, oracle: TextOracle): KeySample {
  if (set.absent) return { kind: 'sample', value: undefined };
  if (set.single !== undefined) {
    const found = findValue(set.single, oracle);
    if (found.kind === 'value') return { kind: 'sample', value: found.value };
  }
  if (set.many !== undefined) {
    const found: readonly ValueFound[] = (set.many.some.length > 0 ? set.many.some : [set.many.every]).map((values) => findValue(values, oracle));
    const values = found.flatMap((item) => (item.kind === 'value' ? [item.value] : []));
    if (values.length === found.length) return { kind: 'sample', value: [...new Set(values)] };
  }
  return { kind: 'unclear' };
}
