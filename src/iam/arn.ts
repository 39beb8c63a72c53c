import { HOLE_CLOSE, HOLE_OPEN, hasHole } from './token.ts';
import { type Pattern, type PatternToken, compilePattern, matchesText, mergeText, patternOf } from './wildcard.ts';

/** The six parts of an ARN; `resource` keeps its colons and slashes. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Splits an ARN at its first five colons, holes kept whole; `undefined` when the text is no ARN.
 * Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
 */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const holes = hasHole(text);
  const first = colonAfter(text, 4, holes);
  const second = first === -1 ? -1 : colonAfter(text, first + 1, holes);
  const third = second === -1 ? -1 : colonAfter(text, second + 1, holes);
  const fourth = third === -1 ? -1 : colonAfter(text, third + 1, holes);
  if (fourth === -1) return undefined;
  return {
    partition: text.slice(4, first),
    service: text.slice(first + 1, second),
    region: text.slice(second + 1, third),
    account: text.slice(third + 1, fourth),
    resource: text.slice(fourth + 1),
  };
}

/** The next colon that is not part of a hole's name. */
function colonAfter(text: string, from: number, holes: boolean): number {
  if (!holes) return text.indexOf(':', from);
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === HOLE_OPEN) at = Math.max(at, text.indexOf(HOLE_CLOSE, at));
    else if (text[at] === ':') return at;
  }
  return -1;
}

/** Splits a text at a character, holes kept whole. */
export function splitOutsideHoles(text: string, separator: string): readonly string[] {
  if (!hasHole(text)) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === HOLE_OPEN) at = Math.max(at, text.indexOf(HOLE_CLOSE, at));
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Is the text an account id of twelve digits? */
export function isAccountId(text: string): boolean {
  if (text.length !== 12) return false;
  for (let at = 0; at < 12; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/**
 * A `Resource` or `NotResource` string as a pattern: wildcards stay inside their segment, except that a star that ends
 * its segment also matches beyond the colon. Variables count only in the sixth segment; before it `${` is plain text.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource" and "Variables and tags" (where variables can be used).
 */
export function compileResourcePattern(text: string, variables: boolean): Pattern {
  const pattern = compilePattern(text, { wildcards: true, variables });
  if (pattern.shape === 'everything' || pattern.shape === 'literal') return pattern;
  const tokens = bindToSegments(pattern.tokens, true);
  if (variables && tokens.some((token) => token.kind === 'variable') && hasEarlyVariable(tokens)) return compileResourcePattern(text, false);
  return patternOf(text, tokens);
}

/** A value of an ARN operator: six segments compared apart. `malformed` values match no ARN. */
export interface ArnPattern {
  readonly pattern: Pattern;
  readonly malformed: boolean;
}

/**
 * A value of `ArnEquals`/`ArnLike` as a pattern whose wildcards stay inside their segment (the sixth takes colons too).
 * Source: IAM User Guide, "Condition operators", "Amazon Resource Name (ARN) condition operators".
 */
export function compileArnPattern(text: string, variables: boolean): ArnPattern {
  const pattern = compilePattern(text, { wildcards: true, variables });
  const tokens = bindToSegments(pattern.tokens, false);
  const first = firstSegment(tokens);
  const sixSegments = countColons(tokens) >= 5;
  if (sixSegments && first !== undefined && matchesText(patternOf('', first.tokens), 'arn')) {
    return { pattern: patternOf(text, mergeText([{ kind: 'text', text: 'arn' }, ...first.rest])), malformed: false };
  }
  return { pattern: patternOf(text, pattern.tokens), malformed: !pattern.tokens.some((token) => token.kind === 'hole') };
}

function bindToSegments(tokens: readonly PatternToken[], starCrosses: boolean): readonly PatternToken[] {
  let segment = 0;
  return tokens.map((token, index): PatternToken => {
    if (token.kind === 'text') {
      segment += colonsIn(token.text);
      return token;
    }
    if (token.kind !== 'any' && token.kind !== 'one') return token;
    const next = tokens[index + 1];
    const ends = next === undefined || (next.kind === 'text' && next.text.startsWith(':'));
    return { kind: token.kind, within: segment < 5 && !(starCrosses && token.kind === 'any' && ends) };
  });
}

function hasEarlyVariable(tokens: readonly PatternToken[]): boolean {
  let segment = 0;
  for (const token of tokens) {
    if (token.kind === 'text') segment += colonsIn(token.text);
    else if (token.kind === 'variable' && segment < 5) return true;
  }
  return false;
}

function countColons(tokens: readonly PatternToken[]): number {
  return tokens.reduce((count, token) => (token.kind === 'text' ? count + colonsIn(token.text) : count), 0);
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}

/** The tokens before the first colon, and those from the colon on. */
function firstSegment(tokens: readonly PatternToken[]): { readonly tokens: readonly PatternToken[]; readonly rest: readonly PatternToken[] } | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'hole' || token.kind === 'variable') return undefined;
    if (token.kind !== 'text') continue;
    const colon = token.text.indexOf(':');
    if (colon === -1) continue;
    const head: PatternToken = { kind: 'text', text: token.text.slice(0, colon) };
    return { tokens: [...tokens.slice(0, index), head].filter((part) => part.kind !== 'text' || part.text !== ''), rest: [{ kind: 'text', text: token.text.slice(colon) }, ...tokens.slice(index + 1)] };
  }
  return undefined;
}
