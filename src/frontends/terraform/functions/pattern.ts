/** Backtracking steps that a search may take in the worst case. */
const MAX_STEPS = 2e8;

/**
 * A regular expression of the configuration as one that is safe to run on a text of this length. Terraform's engine is linear,
 * JavaScript's is not: patterns that repeat a group which itself repeats are refused, and so are those whose repetitions could
 * take too long together. `undefined` when refused or not a pattern.
 */
export function safePattern(pattern: string, length: number, flags = 'u'): RegExp | undefined {
  const translated = pattern.replaceAll('(?P<', '(?<').replaceAll('\\z', '$').replaceAll('\\A', '^');
  const repetitions = countRepetitions(translated);
  if (pattern.length > 500 || repetitions === undefined || Math.pow(length + 1, repetitions + 1) > MAX_STEPS) return undefined;
  const loose = flags.replace('u', '');
  return compile(translated, flags) ?? compile(translated, loose);
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** The number of unbounded repetitions; `undefined` when one repeats a group that holds a repetition or an alternative. */
function countRepetitions(pattern: string): number | undefined {
  let count = 0;
  const groups: { risky: boolean }[] = [];
  let closed: { risky: boolean } | undefined;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '\\') {
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return undefined;
      at += 1;
      closed = undefined;
    } else if (char === '[') {
      at = endOfClass(pattern, at);
      closed = undefined;
    } else if (char === '(') {
      if (/^\(\?(=|!|<=|<!)/.test(pattern.slice(at, at + 4))) return undefined;
      groups.push({ risky: false });
      closed = undefined;
    } else if (char === ')') {
      closed = groups.pop();
      const around = groups.at(-1);
      if (around !== undefined && closed?.risky === true) around.risky = true;
    } else if (char === '|') {
      for (const group of groups) group.risky = true;
      closed = undefined;
    } else if (isRepetition(pattern, at)) {
      if (closed?.risky === true) return undefined;
      count += 1;
      for (const group of groups) group.risky = true;
      closed = undefined;
    } else if (char !== '?' && char !== '{') closed = undefined;
  }
  return count;
}

function endOfClass(pattern: string, open: number): number {
  let at = open + 1;
  if (pattern[at] === '^') at += 1;
  if (pattern[at] === ']') at += 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}

/** `*`, `+`, `{n,}`, and counted repetitions that are large. */
function isRepetition(pattern: string, at: number): boolean {
  const char = pattern[at];
  if (char === '*' || char === '+') return true;
  const counted = char === '{' ? /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(at, at + 20)) : null;
  return counted !== null && (Number(counted[1]) > 8 || (counted[2] === ',' && (counted[3] === '' || Number(counted[3]) > 8)));
}
