import { type BinaryOperator, type Expression, type LiteralExpression, SPLAT_ITEM } from './ast.ts';
import { type Cursor, fail, isDigit, looksAt, nested, peek, placeAt, skipLines, skipSpace, take, takeIdentifier, withLineBreaks } from './cursor.ts';
import { parseTerm } from './parse-term.ts';

/** Longer chains of operators or accessors are refused: the tree they make is walked recursively. */
const MAX_CHAIN = 400;

/** Parses one expression where the cursor stands. A fault is reported and marks the cursor as failed. */
export function parseExpression(cursor: Cursor): Expression {
  return nested(cursor, parseConditional);
}

function parseConditional(cursor: Cursor): Expression {
  skipSpace(cursor);
  const condition = parseBinary(cursor, 1);
  skipSpace(cursor);
  if (cursor.failed || !looksAt(cursor, '?')) return condition;
  cursor.at += 1;
  skipLines(cursor);
  const then = parseExpression(cursor);
  skipLines(cursor);
  if (!cursor.failed && !take(cursor, ':')) return fail(cursor, 'a conditional needs `:` between its two results');
  skipLines(cursor);
  const otherwise = parseExpression(cursor);
  return { kind: 'conditional', condition, then, otherwise, source: cursor.source, start: condition.start, end: otherwise.end };
}

const PRECEDENCE: ReadonlyMap<BinaryOperator, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['<=', 4],
  ['>=', 4],
  ['<', 4],
  ['>', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
]);

function parseBinary(cursor: Cursor, least: number): Expression {
  let left = parseUnary(cursor);
  for (let count = 0; !cursor.failed; count += 1) {
    skipSpace(cursor);
    const operator = operatorAt(cursor);
    const precedence = operator === undefined ? 0 : (PRECEDENCE.get(operator) ?? 0);
    if (operator === undefined || precedence < least) break;
    if (count >= MAX_CHAIN) return fail(cursor, `more than ${MAX_CHAIN} operators in a row`);
    cursor.at += operator.length;
    skipLines(cursor);
    const right = parseBinary(cursor, precedence + 1);
    left = { kind: 'binary', operator, left, right, source: cursor.source, start: left.start, end: right.end };
  }
  return left;
}

function operatorAt(cursor: Cursor): BinaryOperator | undefined {
  const next = cursor.text.charCodeAt(cursor.at + 1);
  switch (peek(cursor)) {
    case 0x7c:
      return next === 0x7c ? '||' : undefined;
    case 0x26:
      return next === 0x26 ? '&&' : undefined;
    case 0x3d:
      return next === 0x3d ? '==' : undefined;
    case 0x21:
      return next === 0x3d ? '!=' : undefined;
    case 0x3c:
      return next === 0x3d ? '<=' : '<';
    case 0x3e:
      return next === 0x3d ? '>=' : '>';
    case 0x2b:
      return '+';
    case 0x2d:
      return '-';
    case 0x2a:
      return '*';
    case 0x2f:
      return '/';
    case 0x25:
      return '%';
    default:
      return undefined;
  }
}

function parseUnary(cursor: Cursor): Expression {
  const code = peek(cursor);
  if (code !== 0x21 && code !== 0x2d) return parseAccess(cursor);
  const start = cursor.at;
  cursor.at += 1;
  skipSpace(cursor);
  const operand = nested(cursor, parseUnary);
  return { kind: 'unary', operator: code === 0x21 ? '!' : '-', operand, source: cursor.source, start: placeAt(cursor, start), end: operand.end };
}

/** A term and the accessors behind it. */
function parseAccess(cursor: Cursor): Expression {
  const start = cursor.at;
  let value = parseTerm(cursor);
  for (let count = 0; !cursor.failed; count += 1) {
    if (!cursor.lineBreaks) skipSpace(cursor);
    if (count >= MAX_CHAIN) return fail(cursor, `more than ${MAX_CHAIN} accessors in a row`);
    const code = peek(cursor);
    if (code === 0x2e && looksAt(cursor, '.*')) {
      cursor.at += 2;
      value = parseSplat(cursor, value, start, false);
    } else if (code === 0x5b && /^\[\s*\*\s*\]/.test(cursor.text.slice(cursor.at, cursor.at + 20))) {
      cursor.at = cursor.text.indexOf(']', cursor.at) + 1;
      value = parseSplat(cursor, value, start, true);
    } else {
      const next = parseStep(cursor, value, start, true);
      if (next === undefined) break;
      value = next;
    }
  }
  return value;
}

/** `.name`, `.0` or `[key]`; `undefined` when none follows. */
function parseStep(cursor: Cursor, of: Expression, start: number, withIndex: boolean): Expression | undefined {
  const code = peek(cursor);
  if (code === 0x2e) {
    if (looksAt(cursor, '...') || looksAt(cursor, '.*')) return undefined;
    cursor.at += 1;
    if (!cursor.lineBreaks) skipSpace(cursor);
    const from = cursor.at;
    if (isDigit(peek(cursor))) {
      while (isDigit(peek(cursor))) cursor.at += 1;
      const key: LiteralExpression = { kind: 'literal', type: 'number', text: cursor.text.slice(from, cursor.at), source: cursor.source, start: placeAt(cursor, from), end: placeAt(cursor, cursor.at) };
      return { kind: 'index', of, key, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
    }
    const name = takeIdentifier(cursor);
    return name === '' ? fail(cursor, 'a name is missing behind `.`') : { kind: 'attribute', of, name, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
  }
  if (code !== 0x5b || !withIndex) return undefined;
  cursor.at += 1;
  const key = withLineBreaks(cursor, false, () => {
    const parsed = parseExpression(cursor);
    skipSpace(cursor);
    return parsed;
  });
  if (!cursor.failed && !take(cursor, ']')) return fail(cursor, 'the index is not closed by `]`');
  return { kind: 'index', of, key, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
}

/** `[*]` takes every accessor behind it to the elements, `.*` only names, as an index behind it means the resulting list. */
function parseSplat(cursor: Cursor, of: Expression, start: number, full: boolean): Expression {
  let each: Expression = { kind: 'variable', name: SPLAT_ITEM, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
  for (let count = 0; !cursor.failed && count < MAX_CHAIN; count += 1) {
    const next = parseStep(cursor, each, start, full && !/^\[\s*\*\s*\]/.test(cursor.text.slice(cursor.at, cursor.at + 20)));
    if (next === undefined) break;
    each = next;
  }
  return { kind: 'splat', of, each, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
}
