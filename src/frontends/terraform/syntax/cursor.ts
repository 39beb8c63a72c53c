import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import type { BrokenExpression, Expression } from './ast.ts';

/**
 * Where the parser stands in a text. The text is usually the source's own; for a template inside a JSON string or a file it is
 * the decoded text, and `place` maps its offsets to the source.
 */
export interface Cursor {
  readonly source: Source;
  readonly text: string;
  readonly place: ((offset: number) => number) | undefined;
  at: number;
  /** Do line breaks end things here? They do in bodies and objects, not inside parentheses, brackets and interpolations. */
  lineBreaks: boolean;
  /** Set when the text stops making sense: everything returns until somebody resynchronises. */
  failed: boolean;
  depth: number;
  readonly comments: Comment[];
  readonly problems: Problem[];
  /** Templates hold expressions and expressions hold templates: the one learns of the other here. */
  readonly parseExpression: (cursor: Cursor) => Expression;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** Deeper nesting than any real configuration has. */
const MAX_DEPTH = 200;

/** Skips white space and comments; line breaks too unless they count here. */
export function skipSpace(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 0x20 || code === 0x09 || code === 0x0d || code === 0xfeff) cursor.at += 1;
    else if (code === 0x0a && !cursor.lineBreaks) cursor.at += 1;
    else if (code === 0x23 || (code === 0x2f && text.charCodeAt(cursor.at + 1) === 0x2f)) skipLineComment(cursor);
    else if (code === 0x2f && text.charCodeAt(cursor.at + 1) === 0x2a) skipBlockComment(cursor);
    else return;
  }
}

/** The parser may come by a comment again after going back. */
function keepComment(cursor: Cursor, end: number): void {
  const last = cursor.comments.at(-1);
  if (last === undefined || last.start < cursor.at) cursor.comments.push({ start: cursor.at, end });
}

/** Where the code before the cursor ends, without the white space and comments behind it. */
export function codeEnd(cursor: Cursor): number {
  let end = cursor.text.slice(0, cursor.at).trimEnd().length;
  for (let index = cursor.comments.length - 1; index >= 0; index -= 1) {
    const comment = cursor.comments[index];
    if (comment === undefined || comment.end < end || comment.start >= end) break;
    end = cursor.text.slice(0, comment.start).trimEnd().length;
  }
  return end;
}

/** Skips white space, comments and line breaks wherever it stands. */
export function skipLines(cursor: Cursor): void {
  const before = cursor.lineBreaks;
  cursor.lineBreaks = false;
  skipSpace(cursor);
  cursor.lineBreaks = before;
}

function skipLineComment(cursor: Cursor): void {
  const end = cursor.text.indexOf('\n', cursor.at);
  const stop = end === -1 ? cursor.text.length : end;
  keepComment(cursor, stop);
  cursor.at = stop;
}

function skipBlockComment(cursor: Cursor): void {
  const end = cursor.text.indexOf('*/', cursor.at + 2);
  const stop = end === -1 ? cursor.text.length : end + 2;
  keepComment(cursor, stop);
  cursor.at = stop;
}

/** The character code here; NaN at the end. */
export function peek(cursor: Cursor): number {
  return cursor.text.charCodeAt(cursor.at);
}

export function looksAt(cursor: Cursor, word: string): boolean {
  return cursor.text.startsWith(word, cursor.at);
}

/** Steps over a word of punctuation if it stands here. */
export function take(cursor: Cursor, word: string): boolean {
  if (!looksAt(cursor, word)) return false;
  cursor.at += word.length;
  return true;
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** Reads an identifier (dashes are part of it); '' when none stands here. */
export function takeIdentifier(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  let at = start;
  if (!isWordStart(text.charCodeAt(at))) return takeForeignIdentifier(cursor);
  at += 1;
  while (isWordPart(text.charCodeAt(at))) at += 1;
  if (text.charCodeAt(at) > 0x7f) return takeForeignIdentifier(cursor);
  cursor.at = at;
  return text.slice(start, at);
}

function takeForeignIdentifier(cursor: Cursor): string {
  if (!(peek(cursor) > 0x7f) && !isWordStart(peek(cursor))) return '';
  IDENTIFIER.lastIndex = cursor.at;
  const word = IDENTIFIER.exec(cursor.text)?.[0] ?? '';
  cursor.at += word.length;
  return word;
}

function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** An offset of the cursor's text as an offset of the source. */
export function placeAt(cursor: Cursor, offset: number): number {
  return cursor.place === undefined ? offset : cursor.place(offset);
}

/** The origin of a stretch of the cursor's text. */
export function spanOf(cursor: Cursor, start: number, end: number): Origin {
  const { source, place } = cursor;
  return place === undefined ? { source, start, end } : { source, start: place(start), end: place(end) };
}

/** Reports a syntax fault, once per resynchronisation, and stops the parsing of what is open. */
export function fail(cursor: Cursor, message: string, start = cursor.at): BrokenExpression {
  const origin = spanOf(cursor, start, Math.min(start + 1, cursor.text.length));
  if (!cursor.failed) cursor.problems.push({ code: 'unreadable-input', message, origin });
  cursor.failed = true;
  return { kind: 'broken', ...origin };
}

/** Runs a nested parse unless it would nest too deeply. */
export function nested(cursor: Cursor, parse: (cursor: Cursor) => Expression): Expression {
  if (cursor.depth >= MAX_DEPTH) return fail(cursor, `expressions are nested more than ${MAX_DEPTH} levels deep`);
  cursor.depth += 1;
  const parsed = parse(cursor);
  cursor.depth -= 1;
  return parsed;
}

/** Parses where line breaks count, or where they do not, and restores what held before. */
export function withLineBreaks<T>(cursor: Cursor, count: boolean, parse: () => T): T {
  const before = cursor.lineBreaks;
  cursor.lineBreaks = count;
  const parsed = parse();
  cursor.lineBreaks = before;
  return parsed;
}
