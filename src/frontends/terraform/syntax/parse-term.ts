import type { Expression, ForExpression, LiteralExpression, ObjectItem } from './ast.ts';
import { type Cursor, fail, isDigit, looksAt, peek, placeAt, skipLines, skipSpace, take, takeIdentifier, withLineBreaks } from './cursor.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';

/** Parses a term: a literal, a name, a call, a collection, or an expression in parentheses. */
export function parseTerm(cursor: Cursor): Expression {
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
    const value = cursor.parseExpression(cursor);
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
      args.push(cursor.parseExpression(cursor));
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
      items.push(cursor.parseExpression(cursor));
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
  return { key, value: cursor.failed ? key : cursor.parseExpression(cursor) };
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
  return cursor.parseExpression(cursor);
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
  const collection = cursor.parseExpression(cursor);
  skipSpace(cursor);
  if (!cursor.failed && !take(cursor, ':')) return fail(cursor, '`for` needs `:` before its result');
  const first = cursor.parseExpression(cursor);
  skipSpace(cursor);
  const isMap = take(cursor, '=>');
  const value = isMap ? cursor.parseExpression(cursor) : first;
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
  const condition = cursor.parseExpression(cursor);
  skipSpace(cursor);
  return condition;
}
