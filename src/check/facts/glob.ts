import { outline } from './outline.ts';

/** Longer patterns are not compared: no ARN or action is as long. */
const LONGEST = 2048;

/**
 * Is there a text that both patterns match (`*` and `?` in either)? Holes count as any text.
 * Patterns past the length bound are taken to intersect, so that nothing is claimed of them.
 */
export function globsIntersect(left: string, right: string): boolean {
  const a = wild(left);
  const b = wild(right);
  if (a.length > LONGEST || b.length > LONGEST) return true;
  const start = firstWildcard(a, b);
  // Literal beginnings that differ settle most pairs; after them a star on both sides fits anything.
  if (start === 'apart') return false;
  if (a[start] === '*' && b[start] === '*' && (start === a.length - 1 || start === b.length - 1)) return true;
  return tableIntersects(a.slice(start), b.slice(start));
}

/** Where the first wildcard of either stands, when both agree up to there. */
function firstWildcard(a: string, b: string): number | 'apart' {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const left = a[index];
    const right = b[index];
    if (left === '*' || left === '?' || right === '*' || right === '?') return index;
    if (left !== right) return 'apart';
  }
  return shorter;
}

function tableIntersects(a: string, b: string): boolean {
  let row = new Uint8Array(b.length + 1);
  row[0] = 1;
  for (let j = 0; j < b.length && b[j] === '*'; j += 1) row[j + 1] = 1;
  for (let i = 0; i < a.length; i += 1) {
    const next = new Uint8Array(b.length + 1);
    if (a[i] === '*' && row[0] === 1) next[0] = 1;
    for (let j = 0; j < b.length; j += 1) {
      const skip = (a[i] === '*' && (row[j + 1] === 1 || next[j] === 1)) || (b[j] === '*' && (next[j] === 1 || row[j + 1] === 1));
      const step = row[j] === 1 && (a[i] === b[j] || a[i] === '?' || b[j] === '?' || a[i] === '*' || b[j] === '*');
      if (skip || step) next[j + 1] = 1;
    }
    row = next;
  }
  return row[b.length] === 1;
}

/** Does the outer pattern match every text the inner one matches? Sound, not complete: an inner star must lie under an outer star. */
export function globCovers(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (outer.length > LONGEST || inner.length > LONGEST || !/[*?]/.test(outline(outer))) return false;
  const glob = outline(outer);
  const text = outline(inner);
  if (glob !== outer && !sharesHoles(outer, inner)) return false;
  let inGlob = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    const wanted = glob[inGlob];
    const met = text[inText];
    if (wanted === '*') {
      star = inGlob;
      resume = inText;
      inGlob += 1;
    } else if (wanted === met || (wanted === '?' && met !== '*')) {
      inGlob += 1;
      inText += 1;
    } else if (star >= 0) {
      inGlob = star + 1;
      resume += 1;
      inText = resume;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob += 1;
  return inGlob === glob.length;
}

/** Holes compare by name: the outer's literal beginning, holes included, must begin the inner. */
function sharesHoles(outer: string, inner: string): boolean {
  const star = outer.search(/[*](?![^\uE000]*\uE001)/);
  const head = star === -1 ? outer : outer.slice(0, star);
  return inner.startsWith(head) && !outer.slice(head.length).includes('\uE000');
}

function wild(text: string): string {
  if (!/[\uE000\uFFFC]|\*\*/.test(text)) return text;
  return outline(text).replaceAll('\uFFFC', '*').replace(/\*{2,}/g, '*');
}

/** A test for one pattern against many plain texts. */
export function compileGlobTest(pattern: string): (text: string) => boolean {
  return (text) => globCovers(pattern, text);
}
