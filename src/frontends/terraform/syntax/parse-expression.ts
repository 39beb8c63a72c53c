import { type BinaryOperator, type Expression, type ForExpression, type LiteralExpression, type ObjectItem, SPLAT_ITEM } from './ast.ts';
import { type Cursor, fail, isDigit, looksAt, nested, peek, placeAt, skipLines, skipSpace, take, takeIdentifier, withLineBreaks } from './cursor.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';

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

function parseTerm(cursor: Cursor): Expression {
  const start = cursor.at;
  const code = peek(cursor);
  if (code === 0x22) return parseQuoted(cursor);
  if (code === 0x5b) return parseTuple(cursor);
  if (code === 0x7b) return parseObject(cursor);
  if (code === 0x28) return parseParenthesis(cursor);
  if (code === 0x3c && looksAt(cursor, '<<')) return parseHeredoc(cursor);
  if (isDigit(code)) return parseNumber(cursor);
  const name = takeIdentifier(cursor);
  if (name === '') return fail(cursor, cursor.at >= cursor.text.length ? 'the file ends where a value is needed' : `\`${cursor.text[cursor.at] ?? ''}\` is no value`);
  return parseWord(cursor, name, start);
}

function parseWord(cursor: Cursor, word: string, start: number): Expression {
  let name = word;
  while (looksAt(cursor, '::')) {
    cursor.at += 2;
    name += `::${takeIdentifier(cursor)}`;
  }
  const end = cursor.at;
  skipSpace(cursor);
  if (looksAt(cursor, '(')) return parseCall(cursor, name, start);
  cursor.at = end;
  const { source } = cursor;
  const from = placeAt(cursor, start);
  const to = placeAt(cursor, end);
  if (name === 'true' || name === 'false') return { kind: 'literal', type: 'boolean', text: name, source, start: from, end: to };
  if (name === 'null') return { kind: 'literal', type: 'null', text: name, source, start: from, end: to };
  return { kind: 'variable', name, source, start: from, end: to };
}

function parseNumber(cursor: Cursor): LiteralExpression {
  const start = cursor.at;
  while (isDigit(peek(cursor))) cursor.at += 1;
  if (peek(cursor) === 0x2e && isDigit(cursor.text.charCodeAt(cursor.at + 1))) {
    cursor.at += 1;
    while (isDigit(peek(cursor))) cursor.at += 1;
  }
  const exponent = /^[eE][+-]?\d{1,3}/.exec(cursor.text.slice(cursor.at, cursor.at + 5))?.[0] ?? '';
  cursor.at += exponent.length;
  return { kind: 'literal', type: 'number', text: cursor.text.slice(start, cursor.at), source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
}

function parseParenthesis(cursor: Cursor): Expression {
  cursor.at += 1;
  return withLineBreaks(cursor, false, () => {
    const value = parseExpression(cursor);
    skipSpace(cursor);
    return cursor.failed || take(cursor, ')') ? value : fail(cursor, 'the parenthesis is not closed by `)`');
  });
}

function parseCall(cursor: Cursor, name: string, start: number): Expression {
  cursor.at += 1;
  return withLineBreaks(cursor, false, () => {
    const args: Expression[] = [];
    let spread = false;
    for (skipSpace(cursor); !cursor.failed && !looksAt(cursor, ')'); skipSpace(cursor)) {
      args.push(parseExpression(cursor));
      skipSpace(cursor);
      spread = take(cursor, '...');
      if (spread) skipSpace(cursor);
      if (!take(cursor, ',') && !looksAt(cursor, ')')) return fail(cursor, `the arguments of \`${name}\` are not closed by \`)\``);
    }
    cursor.at += 1;
    return { kind: 'call', name, args, spread, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
  });
}

function parseTuple(cursor: Cursor): Expression {
  const start = cursor.at;
  cursor.at += 1;
  return withLineBreaks(cursor, false, () => {
    skipSpace(cursor);
    if (isFor(cursor)) return parseFor(cursor, start, ']');
    const items: Expression[] = [];
    for (; !cursor.failed && !looksAt(cursor, ']'); skipSpace(cursor)) {
      items.push(parseExpression(cursor));
      skipSpace(cursor);
      if (!take(cursor, ',') && !looksAt(cursor, ']')) return fail(cursor, 'the list is not closed by `]`');
    }
    cursor.at += 1;
    return { kind: 'tuple', items, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
  });
}

function parseObject(cursor: Cursor): Expression {
  const start = cursor.at;
  cursor.at += 1;
  skipLines(cursor);
  if (isFor(cursor)) return withLineBreaks(cursor, false, () => parseFor(cursor, start, '}'));
  return withLineBreaks(cursor, true, () => {
    const items: ObjectItem[] = [];
    while (!cursor.failed && !looksAt(cursor, '}')) {
      items.push(parseItem(cursor));
      skipSpace(cursor);
      const comma = take(cursor, ',');
      const before = cursor.at;
      skipLines(cursor);
      if (!cursor.failed && !comma && !looksAt(cursor, '}') && !cursor.text.slice(before, cursor.at).includes('\n')) return fail(cursor, 'the object is not closed by `}`');
    }
    cursor.at += 1;
    return { kind: 'object', items, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at) };
  });
}

function parseItem(cursor: Cursor): ObjectItem {
  const key = parseKey(cursor);
  skipSpace(cursor);
  if (!cursor.failed && !take(cursor, '=') && !take(cursor, ':')) fail(cursor, 'an object key needs `=` and a value');
  skipLines(cursor);
  return { key, value: cursor.failed ? key : parseExpression(cursor) };
}

/** A bare word is the key itself; everything else is an expression that yields the key. */
function parseKey(cursor: Cursor): Expression {
  const start = cursor.at;
  const word = takeIdentifier(cursor);
  const end = cursor.at;
  skipSpace(cursor);
  const isKey = word !== '' && (looksAt(cursor, ':') || (looksAt(cursor, '=') && !looksAt(cursor, '==')));
  if (isKey) return { kind: 'literal', type: 'string', text: word, source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, end) };
  cursor.at = start;
  return parseExpression(cursor);
}

function isFor(cursor: Cursor): boolean {
  return looksAt(cursor, 'for') && /^for[\s/#]+[\p{ID_Start}_]/u.test(cursor.text.slice(cursor.at, cursor.at + 200));
}

function parseFor(cursor: Cursor, start: number, close: string): Expression {
  cursor.at += 3;
  const names: string[] = [];
  do {
    skipSpace(cursor);
    names.push(takeIdentifier(cursor));
    skipSpace(cursor);
  } while (take(cursor, ','));
  if (takeIdentifier(cursor) !== 'in') return fail(cursor, '`for` needs `in`');
  const collection = parseExpression(cursor);
  skipSpace(cursor);
  if (!cursor.failed && !take(cursor, ':')) return fail(cursor, '`for` needs `:` before its result');
  const first = parseExpression(cursor);
  skipSpace(cursor);
  const isMap = take(cursor, '=>');
  const value = isMap ? parseExpression(cursor) : first;
  skipSpace(cursor);
  const grouped = take(cursor, '...');
  skipSpace(cursor);
  const condition = parseForCondition(cursor);
  if (!cursor.failed && !take(cursor, close)) return fail(cursor, `\`for\` is not closed by \`${close}\``);
  const [one = '', two] = names;
  const made: ForExpression = {
    kind: 'for',
    keyName: two === undefined ? undefined : one,
    valueName: two ?? one,
    collection,
    key: isMap ? first : undefined,
    value,
    grouped,
    condition,
    source: cursor.source, start: placeAt(cursor, start), end: placeAt(cursor, cursor.at),
  };
  return made;
}

function parseForCondition(cursor: Cursor): Expression | undefined {
  if (!/^if[\s(!]/.test(cursor.text.slice(cursor.at, cursor.at + 3))) return undefined;
  cursor.at += 2;
  const condition = parseExpression(cursor);
  skipSpace(cursor);
  return condition;
}
