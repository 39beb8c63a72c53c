import { hasHole } from '../../iam/token.ts';
import type { Budget } from './budget.ts';
import { type Glob, NO_LOOP } from './glob.ts';
import { accepts, covers } from './glob-relations.ts';
import { type Found, findText } from './search.ts';
import { type Union, type UnionTable, unionAccepts } from './union.ts';

/**
 * The texts that lie in every union of `inside` and in none of `outside`. Kept as a conjunction: intersection and
 * difference only add a union, and emptiness is decided when asked.
 */
export interface TextSet {
  readonly inside: readonly Union[];
  readonly outside: readonly Union[];
  readonly key: string;
}

export const ALL_TEXTS: TextSet = { inside: [], outside: [], key: '|' };

/** Decides emptiness of text sets and finds members, remembering every answer of one comparison. */
export class TextOracle {
  readonly unions: UnionTable;
  readonly budget: Budget;
  readonly #found = new Map<string, Found>();

  constructor(unions: UnionTable, budget: Budget) {
    this.unions = unions;
    this.budget = budget;
  }

  /** A member, or that there surely is none, or that the bound was reached first. */
  find(set: TextSet): Found {
    const known = this.#found.get(set.key);
    if (known !== undefined) return known;
    const found = this.#decide(set);
    // A later question has a budget of its own and may get further.
    if (found.kind !== 'bound') this.#found.set(set.key, found);
    return found;
  }

  /** Surely no member? */
  isEmpty(set: TextSet): boolean {
    return this.find(set).kind === 'none';
  }

  /** A member that is one of the candidates, else any. */
  sample(set: TextSet, candidates: readonly string[]): string | undefined {
    for (const candidate of candidates) if (contains(set, candidate)) return candidate;
    for (const union of set.inside) {
      for (const glob of union.globs) for (const text of spellings(glob)) if (contains(set, text)) return text;
    }
    const found = this.find(set);
    return found.kind === 'text' ? found.text : undefined;
  }

  #decide(set: TextSet): Found {
    if (set.outside.some((union) => union.everything)) return { kind: 'none' };
    const lists = set.inside.filter((union) => union.literals !== undefined);
    const [shortest] = [...lists].sort((left, right) => left.globs.length - right.globs.length);
    if (shortest?.literals !== undefined && ![...set.inside, ...set.outside].some((union) => union.hasLetters)) {
      for (const text of shortest.literals) if (contains(set, text)) return { kind: 'text', text };
      return { kind: 'none' };
    }
    const neg = set.outside.flatMap((union) => union.sure);
    const groups: (readonly Glob[])[] = [];
    for (const union of set.inside) {
      if (union.everything) continue;
      if (!this.budget.spend((union.globs.length * neg.length) >> PAIRS_SHIFT)) return { kind: 'bound' };
      const open = neg.length === 0 ? union.globs : union.globs.filter((glob) => !set.outside.some((other) => other.sureKeys.has(glob.key)) && !neg.some((other) => covers(other, glob)));
      if (open.length === 0) return { kind: 'none' };
      groups.push(open);
    }
    const guess = guessMember(set, groups);
    return guess === undefined ? findText({ groups, neg }, this.budget) : { kind: 'text', text: guess };
  }
}

/** Most sets that are not empty hold one of a few plain spellings of their shortest group. */
function guessMember(set: TextSet, groups: readonly (readonly Glob[])[]): string | undefined {
  const [first] = [...groups].sort((left, right) => left.length - right.length);
  if (first === undefined) return ['xyzzy', 'x', ''].find((text) => contains(set, text));
  const tried = first.slice(0, MAX_GUESSED);
  for (const glob of tried) for (const text of spellings(glob)) if (contains(set, text)) return text;
  for (const glob of tried) {
    if (glob.literal !== undefined || glob.hasLetters) continue;
    for (const length of FILLER_LENGTHS) {
      const text = spell(glob, () => 'x'.repeat(length));
      if (contains(set, text)) return text;
    }
  }
  return undefined;
}

/** Is a plain text in the set for certain? */
export function contains(set: TextSet, text: string): boolean {
  return set.inside.every((union) => insideSurely(union, text)) && set.outside.every((union) => !outsidePerhaps(union, text));
}

function insideSurely(union: Union, text: string): boolean {
  return unionAccepts(union, text, false);
}

/** Letters may stand for what would take the text; such a text is no certain member. */
function outsidePerhaps(union: Union, text: string): boolean {
  return unionAccepts(union, text, true);
}

/** A set with one more union that its members lie in, or outside of. */
export function restrictText(set: TextSet, union: Union, sign: boolean): TextSet {
  if (sign ? set.inside.includes(union) : set.outside.includes(union)) return set;
  return textSetOf(sign ? [...set.inside, union] : set.inside, sign ? set.outside : [...set.outside, union]);
}

/** The texts inside all of some unions and outside all of others. */
export function textSetOf(inside: readonly Union[], outside: readonly Union[]): TextSet {
  const within = inOrder(inside);
  const without = inOrder(outside);
  return { inside: within, outside: without, key: `${within.map((item) => item.id).join(',')}|${without.map((item) => item.id).join(',')}` };
}

function inOrder(unions: readonly Union[]): readonly Union[] {
  return [...new Set(unions)].sort((left, right) => left.id - right.id);
}

/** All members of two sets. */
export function intersectText(left: TextSet, right: TextSet): TextSet {
  let set = left;
  for (const union of right.inside) set = restrictText(set, union, true);
  for (const union of right.outside) set = restrictText(set, union, false);
  return set;
}

/** Most pairs of globs are told apart by their first characters, so sixteen of them cost one step. */
const PAIRS_SHIFT = 4;
const MAX_GUESSED = 16;
const FILLER_LENGTHS = [2, 3, 5, 12, 30] as const;

const REGION_SEGMENT = 3;
const ACCOUNT_SEGMENT = 4;

/** Plain texts a glob takes, the most natural first; none when it holds a policy variable. */
export function spellings(glob: Glob): readonly string[] {
  if (glob.literal !== undefined) return [glob.literal];
  if (glob.hasLetters) return [];
  const texts = [spell(glob, naturalFiller), spell(glob, () => 'x'), spell(glob, () => '')].filter((text) => !hasHole(text) && accepts(glob, text));
  return [...new Set(texts)];
}

function naturalFiller(before: string, wide: boolean): string {
  const segment = before.split(':').length - 1;
  if (!before.startsWith('arn:')) return 'example';
  if (segment === REGION_SEGMENT) return 'us-east-1';
  if (segment === ACCOUNT_SEGMENT) return '123456789012';
  if (segment === 1) return 'aws';
  if (segment === 2) return 's3';
  return wide || segment === 5 ? 'example' : 'x';
}

function spell(glob: Glob, filler: (before: string, wide: boolean) => string): string {
  let text = '';
  for (let state = 0; state <= glob.units.length; state += 1) {
    if ((glob.loops[state] ?? NO_LOOP) !== NO_LOOP) text += filler(text, glob.loops[state] === 0);
    const unit = glob.units[state];
    if (unit === undefined) break;
    if (unit.kind === 'char' || unit.kind === 'fold') text += String.fromCharCode(unit.code);
    else text += unit.kind === 'digit' ? '1' : 'x';
  }
  return text;
}
