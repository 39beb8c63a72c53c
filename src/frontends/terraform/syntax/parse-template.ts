import type { Expression } from './ast.ts';
import { type Cursor, fail, peek, placeAt, take, takeIdentifier } from './cursor.ts';
import { endsHeredoc, isBareStop, isClosed, isQuotedStop, scanEscape, scanHeredocLine, scanMarker, scanText, type Token } from './template-tokens.ts';
import { assemble, unindent } from './template-tree.ts';

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

/** Does a text hold anything that a template would replace? */
export function isTemplate(text: string): boolean {
  return text.includes('${') || text.includes('%{');
}
