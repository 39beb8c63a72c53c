import type { Expression, LiteralExpression, TemplatePart } from './ast.ts';
import { type Cursor, fail, peek, placeAt, skipSpace, spanOf, take, takeIdentifier, withLineBreaks } from './cursor.ts';
import { literalOf, type Run, trimBack, trimFront } from './text-runs.ts';

/** Parses a quoted string from its opening quote: a literal when it has no interpolation, else a template. */
export function parseQuoted(cursor: Cursor): Expression {
  const open = cursor.at;
  cursor.at += 1;
  const tokens: Token[] = [];
  while (!cursor.failed) {
    scanText(cursor, tokens, isQuotedStop);
    const code = peek(cursor);
    if (code === 0x22) break;
    if (code === 0x5c) scanEscape(cursor, tokens);
    else if (code === 0x24 || code === 0x25) scanMarker(cursor, tokens);
    else return fail(cursor, 'the string is not closed', open);
  }
  const close = cursor.at;
  cursor.at += 1;
  return assemble(cursor, tokens, { start: open, end: close + 1, textStart: open + 1, textEnd: close });
}

/** Parses a heredoc from its `<<` or `<<-`. */
export function parseHeredoc(cursor: Cursor): Expression {
  const open = cursor.at;
  cursor.at += 2;
  const flush = take(cursor, '-');
  const delimiter = takeIdentifier(cursor);
  const lineEnd = cursor.text.indexOf('\n', cursor.at);
  if (delimiter === '' || lineEnd === -1 || cursor.text.slice(cursor.at, lineEnd).trim() !== '') return fail(cursor, 'a heredoc needs a word alone behind `<<`', open);
  const start = lineEnd + 1;
  if (!isClosed(cursor.text, start, delimiter)) return fail(cursor, `the heredoc is not closed by \`${delimiter}\` on a line of its own`, open);
  cursor.at = start;
  const tokens: Token[] = [];
  for (;;) {
    if (endsHeredoc(cursor, delimiter)) break;
    if (cursor.at >= cursor.text.length) return fail(cursor, `the heredoc is not closed by \`${delimiter}\` on a line of its own`, open);
    scanHeredocLine(cursor, tokens);
    if (cursor.failed) return { kind: 'broken', source: cursor.source, start: placeAt(cursor, open), end: placeAt(cursor, cursor.at) };
  }
  const end = cursor.at;
  cursor.at = cursor.text.indexOf(delimiter, end) + delimiter.length;
  return assemble(cursor, flush ? unindent(tokens) : tokens, { start: open, end: cursor.at, textStart: start, textEnd: end });
}

/** Parses a whole text as a template: a template file, or a string of `.tf.json`. */
export function parseBareTemplate(cursor: Cursor): Expression {
  const tokens: Token[] = [];
  while (!cursor.failed && cursor.at < cursor.text.length) {
    scanText(cursor, tokens, isBareStop);
    if (cursor.at < cursor.text.length) scanMarker(cursor, tokens);
  }
  return assemble(cursor, tokens, { start: 0, end: cursor.text.length, textStart: 0, textEnd: cursor.text.length });
}

type Token = TextToken | InterpolationToken | DirectiveToken;

interface TextToken {
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

interface InterpolationToken extends Marked {
  readonly kind: 'interpolation';
  readonly value: Expression;
}

interface DirectiveToken extends Marked {
  readonly kind: 'directive';
  readonly word: string;
  readonly names: readonly string[];
  readonly subject: Expression | undefined;
}

function isQuotedStop(code: number): boolean {
  return code === 0x22 || code === 0x5c || code === 0x24 || code === 0x25 || code === 0x0a;
}

function isBareStop(code: number): boolean {
  return code === 0x24 || code === 0x25;
}

function isHeredocStop(code: number): boolean {
  return code === 0x24 || code === 0x25 || code === 0x0a;
}

function scanText(cursor: Cursor, tokens: Token[], isStop: (code: number) => boolean): void {
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

function scanEscape(cursor: Cursor, tokens: Token[]): void {
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
function scanMarker(cursor: Cursor, tokens: Token[]): void {
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
function isClosed(text: string, from: number, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter, from); at !== -1; at = text.indexOf(delimiter, at + delimiter.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const lineEnd = text.indexOf('\n', at);
    if (text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).trim() === delimiter) return true;
  }
  return false;
}

function endsHeredoc(cursor: Cursor, delimiter: string): boolean {
  const lineEnd = cursor.text.indexOf('\n', cursor.at);
  const line = cursor.text.slice(cursor.at, lineEnd === -1 ? cursor.text.length : lineEnd);
  return line.includes(delimiter) && line.trim() === delimiter;
}

function scanHeredocLine(cursor: Cursor, tokens: Token[]): void {
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

/** `<<-` takes the smallest indentation of all lines off each; blank lines do not count. */
function unindent(tokens: readonly Token[]): readonly Token[] {
  let least = Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    if (token.kind !== 'text' || !token.lineStart) continue;
    const text = token.runs.map((run) => run.text).join('');
    if (text.trim() !== '' || !text.endsWith('\n')) least = Math.min(least, text.length - text.trimStart().length);
  }
  if (least === 0 || least === Number.POSITIVE_INFINITY) return tokens;
  return tokens.map((token) => {
    const isBlank = token.kind === 'text' && token.runs.every((run) => run.text.trim() === '') && token.runs.at(-1)?.text.endsWith('\n') === true;
    return token.kind === 'text' && token.lineStart && !isBlank ? { ...token, runs: trimFront(token.runs, least) } : token;
  });
}

interface Extent {
  readonly start: number;
  readonly end: number;
  readonly textStart: number;
  readonly textEnd: number;
}

function assemble(cursor: Cursor, tokens: readonly Token[], extent: Extent): Expression {
  if (cursor.failed) return { kind: 'broken', source: cursor.source, start: placeAt(cursor, extent.start), end: placeAt(cursor, extent.end) };
  const reader: Reader = { cursor, tokens: trimMarked(tokens), at: 0, depth: 0 };
  const parts = readParts(reader, []);
  if (reader.at < reader.tokens.length) return fail(cursor, 'a template directive has no beginning', extent.start);
  const only = parts[0];
  if (only === undefined || (parts.length === 1 && only.kind === 'literal')) {
    return only === undefined ? literalOf(cursor, [], extent.textStart, extent.textEnd) : only;
  }
  return { kind: 'template', parts, source: cursor.source, start: placeAt(cursor, extent.start), end: placeAt(cursor, extent.end) };
}

/** Applies the `~` of markers to the texts beside them. */
function trimMarked(tokens: readonly Token[]): readonly Token[] {
  const trimmed = [...tokens];
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') continue;
    if (token.trimsBefore) eachText(trimmed, index - 1, -1, trimBack);
    if (token.trimsAfter) eachText(trimmed, index + 1, 1, trimFront);
  }
  return trimmed;
}

/** A heredoc has a text for each line: trimming goes on while whole texts vanish. */
function eachText(tokens: Token[], from: number, step: number, trim: (runs: readonly Run[]) => Run[]): void {
  for (let index = from; ; index += step) {
    const token = tokens[index];
    if (token?.kind !== 'text') return;
    const runs = trim(token.runs);
    tokens[index] = { ...token, runs };
    if (runs.length > 0) return;
  }
}

interface Reader {
  readonly cursor: Cursor;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const MAX_DIRECTIVE_DEPTH = 50;

/** Reads parts up to a directive that closes or divides what is open (it is not consumed). */
function readParts(reader: Reader, stops: readonly string[]): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  while (reader.at < reader.tokens.length && !reader.cursor.failed) {
    const token = reader.tokens[reader.at];
    if (token === undefined) break;
    if (token.kind === 'text') {
      const literal = readText(reader);
      if (literal.text !== '') parts.push(literal);
    } else if (token.kind === 'interpolation') {
      reader.at += 1;
      parts.push({ kind: 'interpolation', value: token.value, source: reader.cursor.source, start: placeAt(reader.cursor, token.start), end: placeAt(reader.cursor, token.end) });
    } else if (stops.includes(token.word)) break;
    else if (token.word === 'if' || token.word === 'for') parts.push(...readDirective(reader, token));
    else break;
  }
  return parts;
}

/** Texts that follow one another are one literal. */
function readText(reader: Reader): LiteralExpression {
  const runs: Run[] = [];
  for (let token = reader.tokens[reader.at]; token?.kind === 'text'; token = reader.tokens[reader.at]) {
    for (const run of token.runs) {
      const last = runs.at(-1);
      if (last !== undefined && last.verbatim && run.verbatim && last.at + last.text.length === run.at) runs[runs.length - 1] = { ...last, text: last.text + run.text };
      else runs.push(run);
    }
    reader.at += 1;
  }
  const first = runs[0];
  const last = runs.at(-1);
  return literalOf(reader.cursor, runs, first?.at ?? 0, last === undefined ? 0 : last.at + last.text.length);
}

function readDirective(reader: Reader, open: DirectiveToken): readonly TemplatePart[] {
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > MAX_DIRECTIVE_DEPTH || open.subject === undefined) {
    fail(reader.cursor, 'template directives are nested too deeply', open.start);
    return [];
  }
  const body = readParts(reader, open.word === 'if' ? ['else', 'endif'] : ['endfor']);
  const otherwise = open.word === 'if' && closes(reader, 'else') ? readParts(reader, ['endif']) : [];
  const closed = closes(reader, open.word === 'if' ? 'endif' : 'endfor');
  reader.depth -= 1;
  if (!closed) {
    fail(reader.cursor, `\`%{ ${open.word} }\` is not closed by \`%{ end${open.word} }\``, open.start);
    return [];
  }
  const end = reader.tokens[reader.at - 1];
  const place = spanOf(reader.cursor, open.start, end !== undefined && end.kind !== 'text' ? end.end : open.end);
  if (open.word === 'if') return [{ kind: 'template-if', condition: open.subject, then: body, otherwise, ...place }];
  const [first = '', second] = open.names;
  return [{ kind: 'template-for', keyName: second === undefined ? undefined : first, valueName: second ?? first, collection: open.subject, body, ...place }];
}

function closes(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'directive' || token.word !== word) return false;
  reader.at += 1;
  return true;
}

/** Does a text hold anything that a template would replace? */
export function isTemplate(text: string): boolean {
  return text.includes('${') || text.includes('%{');
}
