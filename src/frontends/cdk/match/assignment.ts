import type { Value } from '../../../core/value.ts';
import type { Candidate } from './candidates.ts';
import { COMPANION, type Judge, likeness, LIKELY, targetsOf } from './likeness.ts';

/** More of one document than this is not told apart. */
const MAX_STATEMENTS = 200;
const MAX_CANDIDATES = 500;

interface Pairing {
  readonly statement: number;
  readonly order: number;
  readonly candidate: Candidate;
  readonly score: number;
}

/**
 * The likeliest pairs of statement and candidate come first; among equals those in order, because the CDK keeps statements in the
 * order they were added. A candidate may make several statements, but only of the resources its first one speaks of.
 */
export function assign(candidates: readonly Candidate[], statements: readonly Value[], judge: Judge): Assignment {
  const pairings: Pairing[] = [];
  for (const [statement, value] of statements.slice(0, MAX_STATEMENTS).entries()) {
    for (const [order, candidate] of candidates.slice(0, MAX_CANDIDATES).entries()) {
      const score = likeness(candidate, value, judge);
      if (score > 0) pairings.push({ statement, order, candidate, score });
    }
  }
  pairings.sort((left, right) => right.score - left.score || left.statement - right.statement || left.order - right.order);
  const made = new Map<number, Candidate>();
  const taken = new Map<Candidate, string>();
  const targets = (statement: number): string => {
    const value = statements[statement];
    return value === undefined ? '' : targetsOf(value).join(' ');
  };
  const take = (fits: (pairing: Pairing) => boolean): void => {
    for (const pairing of pairings) {
      const { statement, candidate, score } = pairing;
      if (made.has(statement) || score === COMPANION || !fits(pairing)) continue;
      made.set(statement, candidate);
      if (!taken.has(candidate)) taken.set(candidate, targets(statement));
    }
  };
  take(({ candidate, score }) => score >= LIKELY && !taken.has(candidate));
  // What one call adds as several statements stands together, or speaks of the same resources.
  take(({ statement, candidate, score }) => score >= LIKELY && (taken.get(candidate) === targets(statement) || (targets(statement) === '' && (made.get(statement - 1) === candidate || made.get(statement + 1) === candidate))));
  take(({ candidate }) => !taken.has(candidate));
  take(({ candidate }) => candidate.kind.kind === 'other');
  return { made, companions: pairings.filter(({ score }) => score === COMPANION) };
}

/** Which candidate made which statement of one document, by the statement's index. */
export interface Assignment {
  readonly made: ReadonlyMap<number, Candidate>;
  readonly companions: readonly Pairing[];
}

/** The candidate that made a statement. */
export function candidateOf({ made, companions }: Assignment, index: number): Candidate | undefined {
  return made.get(index) ?? companion(made.get(index - 1), index, companions);
}

/** The grant whose statement stands right before, when it may have made this one too; else the first that may. */
function companion(before: Candidate | undefined, index: number, pairings: readonly Pairing[]): Candidate | undefined {
  const possible = pairings.filter(({ statement }) => statement === index);
  return (possible.find(({ candidate }) => candidate === before) ?? possible[0])?.candidate;
}
