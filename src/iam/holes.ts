import type { Verdict } from '../core/verdict.ts';
import { type Hole, type HoleMark, hasHole, partsOf } from './token.ts';
import { type Pattern, type PatternToken, matchesText } from './wildcard.ts';

/**
 * Does a pattern match a text, where either may have holes? `yes` and `no` hold whatever the holes stand for.
 * A `~` hole is a word of its own: it equals itself and no text or other name, though a wildcard may match part of it.
 * An `@` hole is one word without colon, slash or wildcard; any other hole may be any text.
 */
export function matchWithHoles(tokens: readonly PatternToken[], subject: string): Verdict {
  const pattern = tokens.flatMap(stepsOfToken);
  const text = partsOf(subject).flatMap((part) => (typeof part === 'string' ? stepsOfText(part) : [holeStep(part)]));
  if (surelyMatches(pattern, text)) return 'yes';
  return mayMatch(pattern.flatMap(expand), text.flatMap(expand)) ? 'unknown' : 'no';
}

/** Matches a pattern without variables against any text. */
export function matchPattern(pattern: Pattern, subject: string): Verdict {
  if (pattern.shape === 'everything') return 'yes';
  if (pattern.shape !== 'holes' && !hasHole(subject)) return matchesText(pattern, subject) ? 'yes' : 'no';
  return matchWithHoles(pattern.tokens, subject);
}

/** Are two texts the same string? */
export function sameText(left: string, right: string): Verdict {
  if (left === right) return 'yes';
  if (!hasHole(left) && !hasHole(right)) return 'no';
  const tokens = partsOf(left).map((part): PatternToken => (typeof part === 'string' ? { kind: 'text', text: part } : { kind: 'hole', mark: part.mark, name: part.name }));
  return matchWithHoles(tokens, right);
}

/** One position of a text or pattern: a letter, a wildcard, or a hole. */
type Step =
  | { readonly kind: 'letter'; readonly code: number }
  | { readonly kind: 'any' | 'one'; readonly within: boolean }
  | { readonly kind: 'hole'; readonly mark: HoleMark; readonly id: string };

const COLON = 58;
const SLASH = 47;

function stepsOfText(text: string): readonly Step[] {
  return Array.from({ length: text.length }, (_, at): Step => ({ kind: 'letter', code: text.charCodeAt(at) }));
}

function stepsOfToken(token: PatternToken): readonly Step[] {
  if (token.kind === 'text') return stepsOfText(token.text);
  if (token.kind === 'hole') return [holeStep(token)];
  if (token.kind === 'variable') return [{ kind: 'hole', mark: '?', id: `?variable ${token.key}` }];
  return [token];
}

function holeStep(hole: Hole): Step {
  return { kind: 'hole', mark: hole.mark, id: `${hole.mark}${hole.name}` };
}

/** Whatever the holes stand for, the pattern matches: letters meet letters, a hole meets itself or lies under a star. */
function surelyMatches(pattern: readonly Step[], text: readonly Step[]): boolean {
  let row = new Uint8Array(text.length + 1);
  row[0] = 1;
  for (const step of pattern) {
    const next = new Uint8Array(text.length + 1);
    for (let at = 0; at <= text.length; at += 1) {
      const met = text[at];
      if (step.kind === 'any') {
        if (row[at] === 1) next[at] = 1;
        if (next[at] === 1 && met !== undefined && swallows(step.within, met)) next[at + 1] = 1;
      } else if (row[at] === 1 && met !== undefined && meets(step, met)) next[at + 1] = 1;
    }
    row = next;
  }
  return row[text.length] === 1;
}

function swallows(within: boolean, met: Step): boolean {
  if (!within) return true;
  return met.kind === 'letter' ? met.code !== COLON : met.kind === 'hole' && (met.mark === '@' || met.mark === '~');
}

function meets(step: Step, met: Step): boolean {
  if (step.kind === 'letter') return met.kind === 'letter' && met.code === step.code;
  if (step.kind === 'one') return met.kind === 'letter' && !(step.within && met.code === COLON);
  return step.kind === 'hole' && met.kind === 'hole' && met.id === step.id;
}

/** A position of the product search: `single` takes one character, `loop` any number; `own` is a `~` name. */
interface Position {
  readonly loop: boolean;
  readonly takes: number | 'all' | 'no-colon' | 'word' | 'own';
  /** The hole that begins here, with how many positions it spans. */
  readonly hole: string | undefined;
  readonly span: number;
}

function expand(step: Step): readonly Position[] {
  if (step.kind === 'letter') return [{ loop: false, takes: step.code, hole: undefined, span: 1 }];
  if (step.kind !== 'hole') return [{ loop: step.kind === 'any', takes: step.within ? 'no-colon' : 'all', hole: undefined, span: 1 }];
  if (step.mark === '@' || step.mark === '~') {
    const takes = step.mark === '@' ? 'word' : 'own';
    return [
      { loop: false, takes, hole: step.id, span: 2 },
      { loop: true, takes, hole: undefined, span: 1 },
    ];
  }
  return [{ loop: true, takes: 'all', hole: step.id, span: 1 }];
}

/**
 * Is there any reading of the holes under which the pattern matches? Searches the product of both position lists.
 * The third coordinate says whether the `~` name being read has met a wildcard: met by letters alone it cannot match.
 */
function mayMatch(pattern: readonly Position[], text: readonly Position[]): boolean {
  const width = text.length + 1;
  const seen = new Uint8Array((pattern.length + 1) * width * 2);
  const open: number[] = [1];
  const visit = (i: number, j: number, met: number): void => {
    const key = (i * width + j) * 2 + met;
    if (seen[key] === 1) return;
    seen[key] = 1;
    open.push(key);
  };
  open.length = 0;
  visit(0, 0, 1);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const met = key & 1;
    const i = Math.floor(key / 2 / width);
    const j = Math.floor(key / 2) % width;
    if (i === pattern.length && j === text.length) return true;
    const left = pattern[i];
    const right = text[j];
    if (left?.loop === true && (left.takes !== 'own' || met === 1)) visit(i + 1, j, 1);
    if (right?.loop === true && (right.takes !== 'own' || met === 1)) visit(i, j + 1, 1);
    if (left === undefined || right === undefined) continue;
    if (left.hole !== undefined && left.hole === right.hole) visit(i + left.span, j + right.span, 1);
    if (!overlap(left.takes, right.takes)) continue;
    visit(left.loop ? i : i + 1, right.loop ? j : j + 1, nextMet(left, right, met));
  }
  return false;
}

function nextMet(left: Position, right: Position, met: number): number {
  const own = left.takes === 'own' ? left : right.takes === 'own' ? right : undefined;
  if (own === undefined) return 1;
  const other = own === left ? right : left;
  const before = own.loop ? met : 0;
  return typeof other.takes === 'number' ? before : 1;
}

function overlap(left: Position['takes'], right: Position['takes']): boolean {
  if (left === 'own' || right === 'own') {
    const other = left === 'own' ? right : left;
    return other !== 'own' && other !== COLON && other !== SLASH;
  }
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  return accepts(left, right) && accepts(right, left);
}

function accepts(set: Position['takes'], met: Position['takes']): boolean {
  if (typeof met !== 'number') return true;
  if (set === 'no-colon') return met !== COLON;
  if (set === 'word') return met !== COLON && met !== SLASH;
  return true;
}
