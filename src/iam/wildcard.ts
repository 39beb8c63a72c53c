import { type HoleMark, partsOf } from './token.ts';

/**
 * A string of a policy as a pattern. `within` marks a wildcard that stays inside its ARN segment (never matches `:`).
 * A `variable` is a policy variable that the request fills in; a `hole` is a part that is not known (see token.ts).
 */
export type PatternToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' | 'one'; readonly within: boolean }
  | { readonly kind: 'hole'; readonly mark: HoleMark; readonly name: string }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export interface Pattern {
  /** As written. */
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  readonly shape: PatternShape;
  /** For `literal` the whole text, for `prefix` what comes before the star, for `pieces` what stands between stars. */
  readonly literal: string;
  readonly pieces: readonly Piece[];
}

/**
 * How a pattern is matched: `pieces` are stars without other restriction, `within` has wildcards bound to a segment,
 * `variables` need the request's values first, `holes` have parts that are not known.
 */
export type PatternShape = 'everything' | 'literal' | 'prefix' | 'pieces' | 'within' | 'variables' | 'holes';

/** Text between two stars; `ones` are the offsets that match any single character. */
export interface Piece {
  readonly text: string;
  readonly ones: readonly number[];
}

/** Which special marks count; without `wildcards`, `*` and `?` are letters, without `variables`, so is `${`. */
export interface PatternGrammar {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

/**
 * Reads a policy string as a pattern. `${*}`, `${?}` and `${$}` are the letters themselves where variables count.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function compilePattern(text: string, grammar: PatternGrammar): Pattern {
  return patternOf(text, tokenize(text, grammar));
}

/** Builds a pattern from tokens, e.g. after its wildcards were bound to segments. */
export function patternOf(text: string, tokens: readonly PatternToken[]): Pattern {
  const shape = shapeOf(tokens);
  const first = tokens[0];
  const literal = first?.kind === 'text' ? first.text : '';
  return { text, tokens, shape, literal, pieces: shape === 'pieces' ? piecesOf(tokens) : [] };
}

/** Does a pattern without holes and variables match a text without holes? */
export function matchesText(pattern: Pattern, subject: string): boolean {
  switch (pattern.shape) {
    case 'everything':
      return true;
    case 'literal':
      return pattern.literal === subject;
    case 'prefix':
      return subject.startsWith(pattern.literal);
    case 'pieces':
      return matchesPieces(pattern.pieces, subject);
    default:
      return matchesUnits(unitsOf(pattern.tokens), subject);
  }
}

function shapeOf(tokens: readonly PatternToken[]): PatternShape {
  if (tokens.some((token) => token.kind === 'hole')) return 'holes';
  if (tokens.some((token) => token.kind === 'variable')) return 'variables';
  if (tokens.some((token) => (token.kind === 'any' || token.kind === 'one') && token.within)) return 'within';
  if (tokens.length === 0 || (tokens.length === 1 && tokens[0]?.kind === 'text')) return 'literal';
  if (tokens.length === 1 && tokens[0]?.kind === 'any') return 'everything';
  if (tokens.length === 2 && tokens[0]?.kind === 'text' && tokens[1]?.kind === 'any') return 'prefix';
  return 'pieces';
}

function tokenize(text: string, grammar: PatternGrammar): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  const parts = partsOf(text);
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') tokens.push({ kind: 'hole', mark: part.mark, name: part.name });
    else if (grammar.variables && index + 1 < parts.length && part.lastIndexOf('${') > part.lastIndexOf('}')) {
      // The name of the variable is itself not known, so neither is what the pattern matches.
      return [{ kind: 'hole', mark: '?', name: text }];
    } else tokenizeText(part, grammar, tokens);
  }
  return mergeText(tokens);
}

function tokenizeText(text: string, grammar: PatternGrammar, tokens: PatternToken[]): void {
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    const special = char === '*' || char === '?' ? grammar.wildcards : char === '$' && grammar.variables && text[at + 1] === '{';
    if (!special) continue;
    const end = char === '$' ? text.indexOf('}', at) : at;
    if (end === -1) break;
    if (at > from) tokens.push({ kind: 'text', text: text.slice(from, at) });
    tokens.push(char === '*' ? ANY : char === '?' ? ONE : variableOf(text.slice(at + 2, end)));
    from = end + 1;
    at = end;
  }
  if (from < text.length) tokens.push({ kind: 'text', text: text.slice(from) });
}

const ANY: PatternToken = { kind: 'any', within: false };
const ONE: PatternToken = { kind: 'one', within: false };

function variableOf(body: string): PatternToken {
  if (body === '*' || body === '?' || body === '$') return { kind: 'text', text: body };
  const comma = body.indexOf(',');
  if (comma !== -1) {
    const fallback = body.slice(comma + 1).trim();
    if (fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'")) {
      return { kind: 'variable', key: body.slice(0, comma).trim().toLowerCase(), fallback: fallback.slice(1, -1) };
    }
  }
  return { kind: 'variable', key: body.trim().toLowerCase(), fallback: undefined };
}

/** Joins neighbouring texts and stars, so that equal patterns have equal tokens. */
export function mergeText(tokens: readonly PatternToken[]): readonly PatternToken[] {
  const merged: PatternToken[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (token.kind === 'text' && token.text === '') continue;
    if (token.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = { kind: 'text', text: last.text + token.text };
    else if (token.kind === 'any' && last?.kind === 'any') merged[merged.length - 1] = { kind: 'any', within: last.within && token.within };
    else merged.push(token);
  }
  return merged;
}

function piecesOf(tokens: readonly PatternToken[]): readonly Piece[] {
  const pieces: { text: string; ones: number[] }[] = [{ text: '', ones: [] }];
  for (const token of tokens) {
    const piece = pieces.at(-1);
    if (piece === undefined || token.kind === 'any') pieces.push({ text: '', ones: [] });
    else if (token.kind === 'text') piece.text += token.text;
    else if (token.kind === 'one') {
      piece.ones.push(piece.text.length);
      piece.text += '?';
    }
  }
  return pieces;
}

/** Leftmost placement of each piece between the fixed first and last; no backtracking is needed for stars of one kind. */
function matchesPieces(pieces: readonly Piece[], subject: string): boolean {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined || !pieceAt(first, subject, 0)) return false;
  if (pieces.length === 1) return subject.length === first.text.length;
  const end = subject.length - last.text.length;
  let at = first.text.length;
  for (let index = 1; index < pieces.length - 1; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) return false;
    at = findPiece(piece, subject, at, end);
    if (at === -1) return false;
    at += piece.text.length;
  }
  return at <= end && pieceAt(last, subject, end);
}

function findPiece(piece: Piece, subject: string, from: number, end: number): number {
  if (piece.ones.length === 0) {
    const found = subject.indexOf(piece.text, from);
    return found !== -1 && found + piece.text.length <= end ? found : -1;
  }
  for (let at = from; at + piece.text.length <= end; at += 1) if (pieceAt(piece, subject, at)) return at;
  return -1;
}

function pieceAt(piece: Piece, subject: string, at: number): boolean {
  if (at < 0 || at + piece.text.length > subject.length) return false;
  if (piece.ones.length === 0) return subject.startsWith(piece.text, at);
  let next = 0;
  for (let offset = 0; offset < piece.text.length; offset += 1) {
    if (piece.ones[next] === offset) next += 1;
    else if (piece.text.charCodeAt(offset) !== subject.charCodeAt(at + offset)) return false;
  }
  return true;
}

/** One position of a pattern: a character code, or one of the wildcards below. */
type Unit = number;
const ANY_UNIT = -1;
const ANY_WITHIN = -2;
const ONE_UNIT = -3;
const ONE_WITHIN = -4;
const COLON = 58;

function unitsOf(tokens: readonly PatternToken[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const token of tokens) {
    if (token.kind === 'text') for (let at = 0; at < token.text.length; at += 1) units.push(token.text.charCodeAt(at));
    else if (token.kind === 'any') units.push(token.within ? ANY_WITHIN : ANY_UNIT);
    else if (token.kind === 'one') units.push(token.within ? ONE_WITHIN : ONE_UNIT);
  }
  return units;
}

/** Simulates all placements at once: text length times pattern length, whatever the pattern. */
function matchesUnits(units: readonly Unit[], subject: string): boolean {
  let current = new Uint8Array(units.length + 1);
  let next = new Uint8Array(units.length + 1);
  reach(current, units, 0);
  for (let at = 0; at < subject.length; at += 1) {
    const code = subject.charCodeAt(at);
    next.fill(0);
    let alive = false;
    for (let state = 0; state < units.length; state += 1) {
      if (current[state] === 0) continue;
      const unit = units[state] ?? 0;
      if (unit === code || unit === ONE_UNIT || (unit === ONE_WITHIN && code !== COLON)) reach(next, units, state + 1);
      else if (unit === ANY_UNIT || (unit === ANY_WITHIN && code !== COLON)) reach(next, units, state);
      else continue;
      alive = true;
    }
    if (!alive) return false;
    [current, next] = [next, current];
  }
  return current[units.length] === 1;
}

function reach(states: Uint8Array, units: readonly Unit[], from: number): void {
  let state = from;
  while (states[state] === 0) {
    states[state] = 1;
    const unit = units[state];
    if (unit !== ANY_UNIT && unit !== ANY_WITHIN) return;
    state += 1;
  }
}
