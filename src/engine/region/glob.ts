import type { HoleMark } from '../../iam/token.ts';

/**
 * A pattern as a small automaton: between its states stand units, each taking one symbol, and a state may loop.
 * Letters are symbols for what has no known spelling: a policy variable or a hole.
 */
export interface Glob {
  /** Equal globs have equal keys. */
  readonly key: string;
  readonly units: readonly Unit[];
  /** For each state (one more than units) which characters its loop leaves out, or `NO_LOOP`. */
  readonly loops: readonly number[];
  /** The one text a glob of plain characters takes. */
  readonly literal: string | undefined;
  /** Characters every text begins and ends with. */
  readonly prefix: string;
  readonly suffix: string;
  readonly hasLetters: boolean;
  /** All its loops take every character, so texts can be matched greedily. */
  readonly greedy: boolean;
  /** It takes exactly the texts that begin with its prefix. */
  readonly prefixOnly: boolean;
  /** The longest stretches of plain characters, in order: every text holds them. */
  readonly chunks: readonly string[];
}

export type Unit =
  | { readonly kind: 'char'; readonly code: number }
  /** Either case; `code` is the lower one. */
  | { readonly kind: 'fold'; readonly code: number }
  | { readonly kind: 'one'; readonly except: number }
  | { readonly kind: 'digit' }
  | { readonly kind: 'letter'; readonly letter: Letter };

/** A symbol without known spelling. `word` letters stand for text without colon and slash. */
export interface Letter {
  readonly id: number;
  readonly word: boolean;
  readonly source: { readonly kind: 'hole'; readonly mark: HoleMark; readonly name: string } | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };
}

/** Characters a wildcard may leave out, as a bit set. */
export const EXCEPT_NONE = 0;
export const EXCEPT_COLON = 1;
export const EXCEPT_SLASH = 2;
export const EXCEPT_SEPARATOR = 4;
export const NO_LOOP = -1;

/** Stands between a role's ARN and the session's name where both are one text. No ARN holds it. */
export const SEPARATOR = '\u001F';

const COLON = 58;
const SLASH = 47;
const SEPARATOR_CODE = 31;

/** Does a wildcard with these exceptions take the character? */
export function takes(except: number, code: number): boolean {
  if (except === EXCEPT_NONE) return true;
  if (code === COLON) return (except & EXCEPT_COLON) === 0;
  if (code === SLASH) return (except & EXCEPT_SLASH) === 0;
  if (code === SEPARATOR_CODE) return (except & EXCEPT_SEPARATOR) === 0;
  return true;
}

/** One piece of a glob under construction. */
export type GlobPart = Unit | { readonly kind: 'loop'; readonly except: number };

/** Assembles a glob; neighbouring loops become one that takes what either takes. */
export function globOf(parts: readonly GlobPart[]): Glob {
  const units: Unit[] = [];
  const loops: number[] = [NO_LOOP];
  for (const part of parts) {
    const last = loops.length - 1;
    if (part.kind === 'loop') {
      const known = loops[last] ?? NO_LOOP;
      loops[last] = known === NO_LOOP ? part.except : known & part.except;
    } else {
      units.push(part);
      loops.push(NO_LOOP);
    }
  }
  const { key, chunks, prefix, suffix } = spellingOf(units, loops);
  const plain = prefix.length === units.length && loops.at(-1) === NO_LOOP;
  return {
    key,
    units,
    loops,
    literal: plain ? prefix : undefined,
    prefix,
    suffix,
    hasLetters: units.some((unit) => unit.kind === 'letter'),
    greedy: loops.every((loop) => loop === NO_LOOP || loop === EXCEPT_NONE),
    prefixOnly: prefix.length === units.length && loops.at(-1) === EXCEPT_NONE,
    chunks,
  };
}

/** Reads the plain stretches of a glob, and a key that tells globs apart. */
function spellingOf(units: readonly Unit[], loops: readonly number[]): Pick<Glob, 'key' | 'chunks' | 'prefix' | 'suffix'> {
  const chunks: string[] = [];
  let key = '';
  let chunk = '';
  let prefix: string | undefined;
  const close = (): void => {
    prefix ??= chunk;
    if (chunk !== '') chunks.push(chunk);
    key += chunk;
    chunk = '';
  };
  for (let state = 0; state <= units.length; state += 1) {
    const loop = loops[state] ?? NO_LOOP;
    if (loop !== NO_LOOP) {
      close();
      key += `\u0001${loop}`;
    }
    const unit = units[state];
    if (unit === undefined) break;
    if (unit.kind === 'char') chunk += String.fromCharCode(unit.code);
    else {
      close();
      key += unitKey(unit);
    }
  }
  const suffix = chunk;
  close();
  return { key, chunks, prefix: prefix ?? '', suffix };
}

function unitKey(unit: Exclude<Unit, { kind: 'char' }>): string {
  if (unit.kind === 'fold') return `\u0002${String.fromCharCode(unit.code)}`;
  if (unit.kind === 'one') return `\u0003${unit.except}`;
  return unit.kind === 'digit' ? '\u0004' : `\u0005${unit.letter.id}\u0005`;
}

/** The units of Latin characters, shared: policies are made of little else. */
const LATIN: readonly Unit[] = Array.from({ length: 0x180 }, (_, code): Unit => ({ kind: 'char', code }));

/** Units of a plain text. */
export function charUnits(text: string): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    units.push(LATIN[code] ?? { kind: 'char', code });
  }
  return units;
}

export function literalGlob(text: string): Glob {
  return globOf(charUnits(text));
}

/** The parts a glob was made of, to build others from. */
export function partsOfGlob(glob: Glob, moreExceptions = EXCEPT_NONE): readonly GlobPart[] {
  const parts: GlobPart[] = [];
  for (let state = 0; state <= glob.units.length; state += 1) {
    const loop = glob.loops[state] ?? NO_LOOP;
    if (loop !== NO_LOOP) parts.push({ kind: 'loop', except: loop | moreExceptions });
    const unit = glob.units[state];
    if (unit !== undefined) parts.push(unit.kind === 'one' ? { kind: 'one', except: unit.except | moreExceptions } : unit);
  }
  return parts;
}
