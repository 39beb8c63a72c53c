import type { LiteralExpression } from './ast.ts';
import { type Cursor, placeAt } from './cursor.ts';

/**
 * A stretch of decoded text. `at` is its offset in the cursor's text. A verbatim run maps character by character; any other
 * (an escape) maps as a whole to where it starts.
 */
export interface Run {
  readonly text: string;
  readonly at: number;
  readonly verbatim: boolean;
}

/** One string literal out of runs, with the mapping of its characters to the source. */
export function literalOf(cursor: Cursor, runs: readonly Run[], start: number, end: number): LiteralExpression {
  const { source } = cursor;
  const from = placeAt(cursor, start);
  const to = placeAt(cursor, end);
  const only = runs[0];
  if (only === undefined) return { kind: 'literal', type: 'string', text: '', source, start: from, end: from };
  if (runs.length === 1 && only.verbatim && only.at === start && cursor.place === undefined) {
    return { kind: 'literal', type: 'string', text: only.text, source, start: from, end: from + only.text.length };
  }
  const text = runs.map((run) => run.text).join('');
  return { kind: 'literal', type: 'string', text, source, start: from, end: to, place: placing(cursor, runs, end) };
}

function placing(cursor: Cursor, runs: readonly Run[], end: number): (offset: number) => number {
  const starts: number[] = [];
  let length = 0;
  for (const run of runs) {
    starts.push(length);
    length += run.text.length;
  }
  return (offset) => {
    const at = offset >= length ? end : offsetIn(runs, starts, offset);
    return placeAt(cursor, at);
  };
}

function offsetIn(runs: readonly Run[], starts: readonly number[], offset: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  if (run === undefined) return 0;
  return run.verbatim ? run.at + offset - (starts[low] ?? 0) : run.at;
}

/** Cuts white space off the front of a line of runs. */
export function trimFront(runs: readonly Run[], most = Number.POSITIVE_INFINITY): Run[] {
  const kept: Run[] = [];
  let left = most;
  for (const run of runs) {
    if (kept.length > 0 || left <= 0 || !run.verbatim) {
      kept.push(run);
      left = 0;
      continue;
    }
    const space = Math.min(left, run.text.length - run.text.trimStart().length);
    if (space < run.text.length) {
      kept.push({ text: run.text.slice(space), at: run.at + space, verbatim: true });
      left = 0;
    } else left -= space;
  }
  return kept;
}

/** Cuts white space off the end of a line of runs. */
export function trimBack(runs: readonly Run[]): Run[] {
  const kept = [...runs];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    if (!last.verbatim) return [...kept, last];
    const text = last.text.trimEnd();
    if (text !== '') return [...kept, { ...last, text }];
  }
  return [];
}
