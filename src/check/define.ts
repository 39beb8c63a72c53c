import type { Origin } from '../core/source.ts';
import type { Hit, Rule, Undecided } from './rule.ts';

/** Declares a code rule; the type of `check`'s subject follows from `on`. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}

/** A hit at a place; everything else is optional. */
export function hit(at: Origin, details: Omit<Hit, 'kind' | 'at'> = {}): Hit {
  return { kind: 'hit', at, ...details };
}

/** The rule cannot judge here, with the reason a person will read. */
export function undecided(at: Origin, because: string): Undecided {
  return { kind: 'undecided', at, because };
}
