import type { Source } from '../core/source.ts';

/**
 * GitHub's `primaryLocationLineHash`: alerts keep their identity by it when lines move. It is computed as GitHub's own
 * upload action does (github/codeql-action, src/fingerprints.ts), because an upload by other means must bring the same value.
 */
const BLOCK = 100;
const MULTIPLIER = 37;
const END_OF_FILE = 0xffff;
const TWO_POW_32 = 2 ** 32;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/**
 * The hashes of some 1-based lines of a text, e.g. `c9cb1d1c4ae1b7c2:1`. A hash covers the next 100 units from the start of the line,
 * without blanks and tabs, every line break counting as one line feed; the number after the colon tells equal lines apart.
 * Lines past the end are missing in the answer.
 */
export function lineHashes(source: Source, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const last = Math.max(0, ...wanted);
  const hashes = new Map<number, string>();
  const counts = new Map<string, number>();
  let start = 0;
  for (let line = 1; line <= last && start <= source.text.length; line += 1) {
    const hash = blockHash(source.text, start);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    if (wanted.has(line)) hashes.set(line, `${hash}:${count}`);
    start = nextLine(source.text, start);
  }
  return hashes;
}

/** A 64-bit polynomial with wrap-around, kept in two halves of 32 bits; all intermediate numbers stay exact. */
function blockHash(text: string, start: number): string {
  let high = 0;
  let low = 0;
  let at = start;
  for (let count = 0; count < BLOCK; count += 1) {
    const [unit, next] = nextUnit(text, at);
    at = next;
    const product = low * MULTIPLIER + unit;
    low = product % TWO_POW_32;
    high = (high * MULTIPLIER + Math.floor(product / TWO_POW_32)) % TWO_POW_32;
  }
  const digits = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
  return digits;
}

/** The unit that counts at or after an offset, and where to go on. After the text come the end mark and then zeros. */
function nextUnit(text: string, from: number): readonly [unit: number, next: number] {
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === CARRIAGE_RETURN) return [LINE_FEED, text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1];
    if (unit !== SPACE && unit !== TAB) return [unit, at + 1];
    at += 1;
  }
  return [at === text.length ? END_OF_FILE : 0, at + 1];
}

/** Where the next line starts: a lone carriage return ends a line too. */
function nextLine(text: string, start: number): number {
  const lineBreak = /\r\n|\r|\n/g;
  lineBreak.lastIndex = start;
  return lineBreak.test(text) ? lineBreak.lastIndex : text.length + 1;
}
