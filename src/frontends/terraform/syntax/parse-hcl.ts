import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import type { Attribute, Block, Body, Expression, Label } from './ast.ts';
import { codeEnd, type Comment, type Cursor, fail, looksAt, peek, placeAt, skipLines, skipSpace, spanOf, take, takeIdentifier } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import { parseBareTemplate, parseQuoted } from './parse-template.ts';

/** A parsed file. What could be read is there even when `problems` says that something could not. */
export interface ParsedHcl {
  readonly body: Body;
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

/** A file with more syntax faults than this is given up: it is not Terraform. */
const MAX_FAULTS = 50;
const MAX_BLOCK_DEPTH = 100;

/**
 * Parses native Terraform syntax (`.tf`, `.tofu`, `.tfvars`). Never throws. Yields `unreadable-input` for each syntax fault;
 * parsing goes on at the next line with the indentation of what failed, so one bad line does not hide the rest of the file.
 */
export function parseHcl(source: Source): ParsedHcl {
  const cursor = cursorOn(source, source.text, undefined, true);
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  parseBody(cursor, { attributes, blocks }, 0);
  while (cursor.at < cursor.text.length && cursor.problems.length < MAX_FAULTS) {
    // A `}` that closes nothing.
    fail(cursor, '`}` closes nothing');
    cursor.failed = false;
    cursor.at += 1;
    parseBody(cursor, { attributes, blocks }, 0);
  }
  return { body: { attributes, blocks }, comments: cursor.comments, problems: cursor.problems };
}

export interface ParsedExpression {
  readonly expression: Expression;
  readonly problems: readonly Problem[];
}

/** Parses a text as one expression. `place` maps its offsets to the source that holds it. */
export function parseExpressionText(source: Source, text: string, place?: (offset: number) => number): ParsedExpression {
  const cursor = cursorOn(source, text, place, false);
  const expression = parseExpression(cursor);
  skipSpace(cursor);
  if (!cursor.failed && cursor.at < text.length) fail(cursor, 'more text than one expression');
  return { expression, problems: cursor.problems };
}

/** Parses a text as a template, as `templatefile` and the strings of `.tf.json` have it. */
export function parseTemplateText(source: Source, text: string, place?: (offset: number) => number): ParsedExpression {
  const cursor = cursorOn(source, text, place, false);
  return { expression: parseBareTemplate(cursor), problems: cursor.problems };
}

function cursorOn(source: Source, text: string, place: ((offset: number) => number) | undefined, lineBreaks: boolean): Cursor {
  return { source, text, place, at: 0, lineBreaks, failed: false, depth: 0, comments: [], problems: [], parseExpression };
}

interface OpenBody {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
}

/** Reads items up to `}` (left standing) or the end of the text. */
function parseBody(cursor: Cursor, body: OpenBody, depth: number): void {
  for (;;) {
    skipLines(cursor);
    if (cursor.at >= cursor.text.length || looksAt(cursor, '}')) return;
    const start = cursor.at;
    parseItem(cursor, body, depth);
    if (cursor.failed && !resume(cursor, start, depth)) return;
  }
}

function parseItem(cursor: Cursor, body: OpenBody, depth: number): void {
  const start = cursor.at;
  const name = takeIdentifier(cursor);
  if (name === '') {
    fail(cursor, `\`${cursor.text[cursor.at] ?? ''}\` begins no argument and no block`);
    return;
  }
  const origin = spanOf(cursor, start, cursor.at);
  skipSpace(cursor);
  if (looksAt(cursor, '=') && !looksAt(cursor, '==')) parseAttribute(cursor, name, origin, body);
  else parseBlock(cursor, name, start, body, depth);
  if (cursor.failed) return;
  skipSpace(cursor);
  if (cursor.at < cursor.text.length && peek(cursor) !== 0x0a && !looksAt(cursor, '}')) fail(cursor, 'a line break is missing');
}

function parseAttribute(cursor: Cursor, name: string, origin: Origin, body: OpenBody): void {
  cursor.at += 1;
  const value = parseExpression(cursor);
  const end = cursor.failed ? value.end : placeAt(cursor, codeEnd(cursor));
  body.attributes.push({ name, origin, value, extent: { source: cursor.source, start: origin.start, end: Math.max(origin.end, end) } });
}

function parseBlock(cursor: Cursor, type: string, start: number, body: OpenBody, depth: number): void {
  const labels: Label[] = [];
  let headEnd = cursor.at;
  for (; !cursor.failed && !looksAt(cursor, '{'); skipSpace(cursor)) {
    const label = parseLabel(cursor);
    if (label === undefined) return;
    labels.push(label);
    headEnd = cursor.at;
  }
  if (cursor.failed) return;
  if (depth >= MAX_BLOCK_DEPTH) {
    fail(cursor, `blocks are nested more than ${MAX_BLOCK_DEPTH} levels deep`);
    return;
  }
  cursor.at += 1;
  const inner: OpenBody = { attributes: [], blocks: [] };
  parseBody(cursor, inner, depth + 1);
  if (!cursor.failed && !take(cursor, '}')) fail(cursor, `the block \`${type}\` is not closed by \`}\``, start);
  const origin = spanOf(cursor, start, Math.max(headEnd, start + type.length));
  body.blocks.push({ type, labels, body: inner, origin, extent: spanOf(cursor, start, cursor.at) });
}

function parseLabel(cursor: Cursor): Label | undefined {
  const start = cursor.at;
  if (looksAt(cursor, '"')) {
    const text = parseQuoted(cursor);
    if (text.kind === 'literal') return { text: text.text, origin: text };
    if (!cursor.failed) fail(cursor, 'a block label takes no interpolation', start);
    return undefined;
  }
  const word = takeIdentifier(cursor);
  if (word !== '') return { text: word, origin: spanOf(cursor, start, cursor.at) };
  fail(cursor, 'an argument needs `=`, a block needs `{`');
  return undefined;
}

/**
 * After a fault, goes on at the next line that is indented like the item that failed and looks like an item. A line that is
 * indented less ends the body instead; then the fault stays for the body around it to deal with, unless it is the `}` of this one.
 */
function resume(cursor: Cursor, start: number, depth: number): boolean {
  const { text } = cursor;
  if (cursor.problems.length >= MAX_FAULTS) {
    cursor.at = text.length;
    return false;
  }
  const column = columnOf(text, start);
  for (let line = nextLine(text, start); line < text.length; line = nextLine(text, line)) {
    const at = firstVisible(text, line);
    const code = text.charCodeAt(at);
    if (at >= text.length || code === 0x0a || code === 0x23) continue;
    const isItem = ITEM.test(text.slice(at, at + 120));
    if (at - line === column && isItem) return restart(cursor, at);
    if (at - line < column && code === 0x7d && depth > 0) {
      restart(cursor, at);
      return false;
    }
    if (at - line < column && isItem) {
      cursor.at = at;
      cursor.depth = 0;
      return false;
    }
  }
  cursor.at = text.length;
  cursor.failed = false;
  return false;
}

const ITEM = /^[\p{ID_Start}_][\p{ID_Continue}-]*\s*(=[^=]|\{|"[^"]*"|[\p{ID_Start}_]+\s*\{)/u;

function restart(cursor: Cursor, at: number): true {
  cursor.at = at;
  cursor.failed = false;
  cursor.lineBreaks = true;
  cursor.depth = 0;
  return true;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function firstVisible(text: string, lineStart: number): number {
  let at = lineStart;
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at += 1;
  return at;
}
