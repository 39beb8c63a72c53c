/**
 * A glob of `*` and `?` over one whole string, compared without regard to case.
 * Linear in practice and never worse than pattern length × text length: on a mismatch only the last `*` is retried.
 */
export interface Glob {
  /** Lower-case text before the first wildcard: a cheap first test. */
  readonly prefix: string;
  readonly matches: (lowerCaseText: string) => boolean;
}

/** Compiles a glob; `matches` expects lower-case text. */
export function compileGlob(pattern: string): Glob {
  const glob = pattern.toLowerCase().replace(/\*+/g, '*');
  const wildcard = glob.search(/[*?]/);
  if (wildcard < 0) return { prefix: glob, matches: (text) => text === glob };
  const prefix = glob.slice(0, wildcard);
  if (glob === `${prefix}*`) return { prefix, matches: (text) => text.startsWith(prefix) };
  return { prefix, matches: (text) => text.startsWith(prefix) && matchGlob(glob, text) };
}

/** Number of characters a text must at least have to match. */
export function shortestMatch(pattern: string): number {
  let length = 0;
  for (const character of pattern) if (character !== '*') length += 1;
  return length;
}

function matchGlob(glob: string, text: string): boolean {
  let inGlob = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    const wanted = glob[inGlob];
    if (wanted === '*') {
      star = inGlob;
      resume = inText;
      inGlob += 1;
    } else if (wanted === '?' || wanted === text[inText]) {
      inGlob += 1;
      inText += 1;
    } else if (star >= 0) {
      inGlob = star + 1;
      resume += 1;
      inText = resume;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === '*') inGlob += 1;
  return inGlob === glob.length;
}
