/** Longer words are not compared: nobody mistypes those, and comparing them costs time. */
const LONGEST = 80;

/**
 * The candidate a mistyped word was probably meant to be: at most a third of its letters (but one in any case) differ,
 * or it is the shortest one that goes on where the word ends. `undefined` when none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length < 2 || word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best ?? shortestContinuation(word.toLowerCase(), candidates);
}

function shortestContinuation(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const candidate of word.length < 4 ? [] : candidates) {
    if (candidate.toLowerCase().startsWith(word) && candidate.length < (best?.length ?? Number.POSITIVE_INFINITY)) best = candidate;
  }
  return best;
}

/** `; did you mean \`x\`?` when something is near, else nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : `; did you mean \`${found}\`?`;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function editDistance(left: string, right: string): number {
  let above: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: right.length + 1 }, (_unused, index) => index);
  for (let i = 0; i < left.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const edit = Math.min((row[j] ?? 0) + (left[i] === right[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
      const swapped = i > 0 && j > 0 && left[i] === right[j - 1] && left[i - 1] === right[j];
      next.push(swapped ? Math.min(edit, (above[j - 1] ?? 0) + 1) : edit);
    }
    above = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
