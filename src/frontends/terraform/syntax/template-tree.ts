import type { Expression, LiteralExpression, TemplatePart } from './ast.ts';
import { type Cursor, fail, placeAt, spanOf } from './cursor.ts';
import type { DirectiveToken, Token } from './template-tokens.ts';
import { literalOf, type Run, trimBack, trimFront } from './text-runs.ts';

/** `<<-` takes the smallest indentation of all lines off each; blank lines do not count. */
export function unindent(tokens: readonly Token[]): readonly Token[] {
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

/** Where a template stands, with and without its delimiters. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly textStart: number;
  readonly textEnd: number;
}

/** Makes the tree of a template out of its tokens: a literal when it is nothing but text. */
export function assemble(cursor: Cursor, tokens: readonly Token[], extent: Extent): Expression {
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
