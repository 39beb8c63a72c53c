import type { Problem } from '../core/problem.ts';
import type { Source } from '../core/source.ts';

/** A JSON text read by `JSON.parse`, for large inputs whose places are looked up only when a finding needs them. */
export interface ParsedJson {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Parses strict JSON without positions. Yields `unreadable-input` at the place the reader stopped. Never throws. */
export function parseJson(source: Source): ParsedJson {
  try {
    return { value: JSON.parse(source.text.charCodeAt(0) === 0xfeff ? source.text.slice(1) : source.text), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [jsonProblem(source, error)] };
  }
}

function jsonProblem(source: Source, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const offset = jsonErrorOffset(message, source.text.length);
  const reason = message.replace(/\s*(in JSON )?at position \d+.*$/s, '').replace(/, ".*$/s, '');
  return { code: 'unreadable-input', message: `not valid JSON: ${reason}`, origin: { source, start: offset, end: offset + 1 } };
}

/** The offset named in a message of `JSON.parse`; the end of the text where it names none. */
export function jsonErrorOffset(message: string, length: number): number {
  const match = /at position (\d+)/.exec(message);
  return match?.[1] === undefined ? length : Number(match[1]);
}

/**
 * Finds the span of the value at `pointer` in JSON text without building a tree, e.g. `['a', 0, 'b']`.
 * Strings give the span inside their quotes. The last of doubled keys is taken, as `JSON.parse` does.
 * Gives `undefined` when the path leads nowhere.
 */
export function locate(text: string, pointer: readonly (string | number)[]): { start: number; end: number } | undefined {
  let at = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  for (const step of pointer) {
    const next = text[at] === '{' ? findKey(text, at, String(step)) : text[at] === '[' ? findIndex(text, at, Number(step)) : undefined;
    if (next === undefined) return undefined;
    at = next;
  }
  const end = skipValue(text, at);
  return text[at] === '"' ? { start: at + 1, end: end - 1 } : { start: at, end };
}

function findKey(text: string, open: number, key: string): number | undefined {
  const quoted = JSON.stringify(key);
  let found: number | undefined;
  let at = skipSpace(text, open + 1);
  while (at < text.length && text[at] === '"') {
    const keyEnd = skipString(text, at);
    const matches = text.startsWith(quoted, at) ? keyEnd - at === quoted.length : text.slice(at, keyEnd).includes('\\') && sameKey(text.slice(at, keyEnd), key);
    at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (matches) found = at;
    at = skipSpace(text, skipValue(text, at));
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function sameKey(written: string, key: string): boolean {
  try {
    return JSON.parse(written) === key;
  } catch {
    return false;
  }
}

function findIndex(text: string, open: number, index: number): number | undefined {
  let at = skipSpace(text, open + 1);
  for (let count = 0; at < text.length && text[at] !== ']'; count += 1) {
    if (count === index) return at;
    at = skipSpace(text, skipValue(text, at));
    if (text[at] !== ',') return undefined;
    at = skipSpace(text, at + 1);
  }
  return undefined;
}

function skipValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return skipString(text, from);
  if (first !== '{' && first !== '[') {
    let at = from;
    while (at < text.length && !',]} \n\r\t'.includes(text[at] ?? '')) at += 1;
    return at;
  }
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = skipString(text, at);
    else {
      at += 1;
      if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
  }
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    at += 1;
  }
  return at;
}
