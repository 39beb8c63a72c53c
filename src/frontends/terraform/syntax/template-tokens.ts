import type { Expression } from './ast.ts';
import { type Cursor, fail, peek, skipSpace, take, takeIdentifier, withLineBreaks } from './cursor.ts';
import type { Run } from './text-runs.ts';

/** What a template is made of, in order. */
export type Token = TextToken | InterpolationToken | DirectiveToken;

export interface TextToken {
  readonly kind: 'text';
  readonly runs: Run[];
  /** Begins a line of a heredoc. */
  readonly lineStart: boolean;
}

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

export interface InterpolationToken extends Marked {
  readonly kind: 'interpolation';
  readonly value: Expression;
}

export interface DirectiveToken extends Marked {
  readonly kind: 'directive';
  readonly word: string;
  readonly names: readonly string[];
  readonly subject: Expression | undefined;
}

/** Characters at which the plain text of a quoted string ends. */
export function isQuotedStop(code: number): boolean {
  return code === 0x22 || code === 0x5c || code === 0x24 || code === 0x25 || code === 0x0a;
}

/** Characters at which the plain text of a template file ends. */
export function isBareStop(code: number): boolean {
  return code === 0x24 || code === 0x25;
}

function isHeredocStop(code: number): boolean {
  return code === 0x24 || code === 0x25 || code === 0x0a;
}

/** Reads plain text up to a character that may mean something. */
export function scanText(cursor: Cursor, tokens: Token[], isStop: (code: number) => boolean): void {
  const start = cursor.at;
  const { text } = cursor;
  let at = start;
  while (at < text.length && !isStop(text.charCodeAt(at))) at += 1;
  cursor.at = at;
  addRun(tokens, { text: text.slice(start, at), at: start, verbatim: true }, false);
}

function addRun(tokens: Token[], run: Run, lineStart: boolean): void {
  const last = tokens.at(-1);
  if (lineStart || last?.kind !== 'text') {
    if (run.text !== '' || lineStart) tokens.push({ kind: 'text', runs: run.text === '' ? [] : [run], lineStart });
    return;
  }
  const before = last.runs.at(-1);
  if (before !== undefined && before.verbatim && run.verbatim && before.at + before.text.length === run.at) {
    last.runs[last.runs.length - 1] = { text: before.text + run.text, at: before.at, verbatim: true };
  } else if (run.text !== '') last.runs.push(run);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** Reads a backslash escape; one that is none stays as it is. */
export function scanEscape(cursor: Cursor, tokens: Token[]): void {
  const start = cursor.at;
  const letter = cursor.text[start + 1] ?? '';
  const simple = ESCAPES.get(letter);
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  const code = digits === 0 ? undefined : /^[0-9a-fA-F]+$/.exec(cursor.text.slice(start + 2, start + 2 + digits))?.[0];
  if (simple !== undefined) {
    cursor.at = start + 2;
    addRun(tokens, { text: simple, at: start, verbatim: false }, false);
  } else if (code?.length === digits && Number.parseInt(code, 16) <= 0x10ffff) {
    cursor.at = start + 2 + digits;
    addRun(tokens, { text: String.fromCodePoint(Number.parseInt(code, 16)), at: start, verbatim: false }, false);
  } else {
    cursor.at = start + 1;
    addRun(tokens, { text: '\\', at: start, verbatim: true }, false);
  }
}

/** `${…}`, `%{…}`, their escapes `$${` and `%%{`, or a plain `$` or `%`. */
export function scanMarker(cursor: Cursor, tokens: Token[]): void {
  const start = cursor.at;
  const mark = cursor.text[start] ?? '';
  if (cursor.text[start + 1] === '{') {
    if (mark === '$') scanInterpolation(cursor, tokens);
    else scanDirective(cursor, tokens);
    return;
  }
  const escaped = cursor.text[start + 1] === mark && cursor.text[start + 2] === '{';
  cursor.at += escaped ? 3 : 1;
  addRun(tokens, escaped ? { text: `${mark}{`, at: start + 1, verbatim: true } : { text: mark, at: start, verbatim: true }, false);
}

function scanInterpolation(cursor: Cursor, tokens: Token[]): void {
  const start = cursor.at;
  cursor.at += 2;
  const trimsBefore = take(cursor, '~');
  withLineBreaks(cursor, false, () => {
    const value = cursor.parseExpression(cursor);
    skipSpace(cursor);
    const trimsAfter = take(cursor, '~');
    if (!cursor.failed && !take(cursor, '}')) fail(cursor, 'the interpolation `${` is not closed by `}`', start);
    tokens.push({ kind: 'interpolation', value, start, end: cursor.at, trimsBefore, trimsAfter });
  });
}

function scanDirective(cursor: Cursor, tokens: Token[]): void {
  const start = cursor.at;
  cursor.at += 2;
  const trimsBefore = take(cursor, '~');
  withLineBreaks(cursor, false, () => {
    skipSpace(cursor);
    const word = takeIdentifier(cursor);
    const { names, subject } = scanDirectiveSubject(cursor, word);
    skipSpace(cursor);
    const trimsAfter = take(cursor, '~');
    if (!cursor.failed && !take(cursor, '}')) fail(cursor, 'the directive `%{` is not closed by `}`', start);
    tokens.push({ kind: 'directive', word, names, subject, start, end: cursor.at, trimsBefore, trimsAfter });
  });
}

function scanDirectiveSubject(cursor: Cursor, word: string): { readonly names: readonly string[]; readonly subject: Expression | undefined } {
  if (word === 'if') return { names: [], subject: cursor.parseExpression(cursor) };
  if (word !== 'for') {
    if (!['else', 'endif', 'endfor'].includes(word)) fail(cursor, `\`%{ ${word} }\` is no template directive`);
    return { names: [], subject: undefined };
  }
  const names: string[] = [];
  do {
    skipSpace(cursor);
    names.push(takeIdentifier(cursor));
    skipSpace(cursor);
  } while (take(cursor, ','));
  if (takeIdentifier(cursor) !== 'in') fail(cursor, '`for` needs `in`');
  return { names, subject: cursor.failed ? undefined : cursor.parseExpression(cursor) };
}

/** Does a line with nothing but the delimiter follow? */
export function isClosed(text: string, from: number, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter, from); at !== -1; at = text.indexOf(delimiter, at + delimiter.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const lineEnd = text.indexOf('\n', at);
    if (text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).trim() === delimiter) return true;
  }
  return false;
}

/** Does the line here hold nothing but the delimiter? */
export function endsHeredoc(cursor: Cursor, delimiter: string): boolean {
  const lineEnd = cursor.text.indexOf('\n', cursor.at);
  const line = cursor.text.slice(cursor.at, lineEnd === -1 ? cursor.text.length : lineEnd);
  return line.includes(delimiter) && line.trim() === delimiter;
}

/** Reads one line of a heredoc. */
export function scanHeredocLine(cursor: Cursor, tokens: Token[]): void {
  tokens.push({ kind: 'text', runs: [], lineStart: true });
  while (!cursor.failed && cursor.at < cursor.text.length) {
    scanText(cursor, tokens, isHeredocStop);
    if (peek(cursor) === 0x0a) {
      addRun(tokens, { text: '\n', at: cursor.at, verbatim: true }, false);
      cursor.at += 1;
      return;
    }
    if (cursor.at < cursor.text.length) scanMarker(cursor, tokens);
  }
}
