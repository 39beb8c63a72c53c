import { hasBit, intersects, setBit } from './bits.ts';
import { type Glob, type Letter, EXCEPT_COLON, EXCEPT_NONE, EXCEPT_SLASH, NO_LOOP, takes } from './glob.ts';
import { relaxed, unitTakes } from './glob-relations.ts';

/**
 * How globs read a letter: the anchor only where it has the letter itself, `strict` ones there and under an open loop,
 * `loose` ones (which are relaxed) as any text it may stand for.
 */
type Reading = 'anchor' | 'strict' | 'loose';

interface Part {
  readonly glob: Glob;
  readonly start: number;
  readonly reading: Reading;
}

/** What a word must do: be taken by one glob of every group, and by none of `neg`. */
export interface Task {
  readonly groups: readonly (readonly Glob[])[];
  readonly neg: readonly Glob[];
}

/** A symbol of a word: a character code, or a letter as `-1 - id`. */
export type WordSymbol = number;

const COLON = 58;
const SLASH = 47;

/**
 * All globs of a task side by side as one bit-parallel automaton. Bit `start + s` says that a glob may be in state `s`.
 * A glob's last bit takes nothing, so shifting never carries into the next glob.
 */
export class Machine {
  readonly words: number;
  readonly #parts: readonly Part[];
  readonly #groups: readonly { readonly live: Uint32Array; readonly accept: Uint32Array }[];
  readonly #negAccept: Uint32Array;
  /** Accepting states of `neg` that no continuation leaves. */
  readonly #negForever: Uint32Array;
  readonly #masks = new Map<WordSymbol, { readonly unit: Uint32Array; readonly loop: Uint32Array }>();
  readonly #charAt: Int32Array;
  readonly #letters: readonly Letter[];
  readonly #extraSymbols: readonly WordSymbol[];

  constructor(task: Task) {
    const parts: Part[] = [];
    let bits = 0;
    const add = (glob: Glob, reading: Reading): Part => {
      const part = { glob, start: bits, reading };
      bits += glob.units.length + 1;
      parts.push(part);
      return part;
    };
    const anchor = anchorOf(task.groups);
    const groups = task.groups.map((globs, index) => globs.map((glob) => (index === anchor ? add(glob, 'anchor') : add(relaxed(glob), 'loose'))));
    const neg = task.neg.map((glob) => add(glob, 'strict'));
    this.words = Math.max(1, Math.ceil(bits / 32));
    this.#parts = parts;
    this.#groups = groups.map((members) => ({ live: this.#bitsOf(members, 'all'), accept: this.#bitsOf(members, 'accept') }));
    this.#negAccept = this.#bitsOf(neg, 'accept');
    this.#negForever = this.#bitsOf(neg.filter((part) => part.glob.loops.at(-1) === EXCEPT_NONE), 'accept');
    this.#charAt = this.#charCodes(bits);
    this.#letters = lettersOf(anchor === -1 ? [] : (task.groups[anchor] ?? []));
    this.#extraSymbols = this.#commonSymbols();
  }

  /** The state before the first symbol. */
  initial(): Uint32Array {
    const state = new Uint32Array(this.words);
    for (const part of this.#parts) setBit(state, part.start);
    return state;
  }

  /** Writes the state after a symbol to `next`; false when no word of the task goes on from there. */
  step(state: Uint32Array, symbol: WordSymbol, next: Uint32Array): boolean {
    if (symbol >= 0) this.#stepChar(state, symbol, next);
    else this.#stepLetter(state, -1 - symbol, next);
    for (const group of this.#groups) if (!intersects(next, group.live)) return false;
    return !intersects(next, this.#negForever);
  }

  accepts(state: Uint32Array): boolean {
    return this.#groups.every((group) => intersects(state, group.accept)) && !intersects(state, this.#negAccept);
  }

  /** The symbols that can tell states apart from here, and one character that none of the globs mentions. */
  symbols(state: Uint32Array): readonly WordSymbol[] {
    const found = new Set<WordSymbol>(this.#extraSymbols);
    for (let word = 0; word < this.words; word += 1) {
      let bits = state[word] ?? 0;
      while (bits !== 0) {
        const low = bits & -bits;
        const code = this.#charAt[word * 32 + (31 - Math.clz32(low))] ?? -1;
        if (code >= 0) {
          found.add(code & 0xffff);
          if (code > 0xffff) found.add(String.fromCharCode(code & 0xffff).toUpperCase().charCodeAt(0));
        }
        bits ^= low;
      }
    }
    // Letters come last: where a plain character will do, it reads better.
    for (const letter of this.#letters) found.add(-1 - letter.id);
    return [...found];
  }

  letter(symbol: WordSymbol): Letter | undefined {
    return symbol < 0 ? this.#letters.find((letter) => letter.id === -1 - symbol) : undefined;
  }

  #bitsOf(parts: readonly Part[], which: 'all' | 'accept'): Uint32Array {
    const bits = new Uint32Array(this.words);
    for (const { start, glob } of parts) {
      for (let at = which === 'all' ? 0 : glob.units.length; at <= glob.units.length; at += 1) setBit(bits, start + at);
    }
    return bits;
  }

  /** For each bit the character its unit takes (case-blind ones marked above 16 bits), or -1. */
  #charCodes(bits: number): Int32Array {
    const codes = new Int32Array(Math.max(bits, this.words * 32)).fill(-1);
    for (const { start, glob } of this.#parts) {
      for (const [at, unit] of glob.units.entries()) {
        if (unit.kind === 'char') codes[start + at] = unit.code;
        else if (unit.kind === 'fold') codes[start + at] = 0x10000 | unit.code;
      }
    }
    return codes;
  }

  #commonSymbols(): readonly WordSymbol[] {
    const symbols = new Set<WordSymbol>();
    const used = new Set<number>();
    for (const { glob } of this.#parts) {
      for (const unit of glob.units) {
        if (unit.kind === 'char' || unit.kind === 'fold') used.add(unit.code);
        if (unit.kind === 'digit') for (let digit = 48; digit <= 57; digit += 1) symbols.add(digit);
        if (unit.kind === 'one') addExceptions(unit.except, symbols);
      }
      for (const loop of glob.loops) if (loop !== NO_LOOP) addExceptions(loop, symbols);
    }
    symbols.add(freshCharacter(used));
    return [...symbols];
  }

  #masksOf(symbol: WordSymbol): { readonly unit: Uint32Array; readonly loop: Uint32Array } {
    const known = this.#masks.get(symbol);
    if (known !== undefined) return known;
    const unit = new Uint32Array(this.words);
    const loop = new Uint32Array(this.words);
    for (const { start, glob } of this.#parts) {
      for (let at = 0; at <= glob.units.length; at += 1) {
        const own = glob.units[at];
        const except = glob.loops[at] ?? NO_LOOP;
        if (except !== NO_LOOP && takes(except, symbol)) setBit(loop, start + at);
        if (own !== undefined && unitTakes(own, symbol)) setBit(unit, start + at);
      }
    }
    const made = { unit, loop };
    this.#masks.set(symbol, made);
    return made;
  }

  #stepChar(state: Uint32Array, symbol: WordSymbol, next: Uint32Array): void {
    const { unit, loop } = this.#masksOf(symbol);
    let carry = 0;
    for (let word = 0; word < this.words; word += 1) {
      const bits = state[word] ?? 0;
      const moved = bits & (unit[word] ?? 0);
      next[word] = (moved << 1) | carry | (bits & (loop[word] ?? 0));
      carry = moved >>> 31;
    }
  }

  #stepLetter(state: Uint32Array, id: number, next: Uint32Array): void {
    const letter = this.#letters.find((known) => known.id === id);
    next.fill(0);
    if (letter === undefined) return;
    for (const part of this.#parts) {
      if (part.reading === 'loose') stepLoose(part, state, next, letter);
      else stepStrict(part, state, next, letter);
    }
  }
}

function stepStrict({ glob, start, reading }: Part, state: Uint32Array, next: Uint32Array, letter: Letter): void {
  for (let at = 0; at <= glob.units.length; at += 1) {
    if (!hasBit(state, start + at)) continue;
    const loop = glob.loops[at] ?? NO_LOOP;
    if (reading === 'strict' && (loop === EXCEPT_NONE || (loop !== NO_LOOP && letter.word))) setBit(next, start + at);
    const unit = glob.units[at];
    if (unit?.kind === 'letter' && unit.letter.id === letter.id) setBit(next, start + at + 1);
  }
}

/** Wherever some text of the letter could lead; a `~` name is no plain text, so it must meet a wildcard on the way. */
function stepLoose({ glob, start }: Part, state: Uint32Array, next: Uint32Array, letter: Letter): void {
  const own = letter.source.kind === 'hole' && letter.source.mark === '~';
  let plain = false;
  let wild = false;
  for (let at = 0; at <= glob.units.length; at += 1) {
    if (hasBit(state, start + at)) {
      if (own) plain = true;
      else wild = true;
    }
    const loop = glob.loops[at] ?? NO_LOOP;
    if (loop !== NO_LOOP && (plain || wild)) wild = true;
    if (wild) setBit(next, start + at);
    const unit = glob.units[at];
    if (unit === undefined) return;
    if (unit.kind === 'char' || unit.kind === 'fold') {
      if (letter.word && (unit.code === COLON || unit.code === SLASH)) plain = wild = false;
    } else if (plain) wild = true;
  }
}

/**
 * One group fixes where letters stand in the word, and the others must only allow them there. The group with the fewest
 * loops says most precisely where; -1 when no group holds letters.
 */
function anchorOf(groups: readonly (readonly Glob[])[]): number {
  let anchor = -1;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [index, globs] of groups.entries()) {
    if (!globs.some((glob) => glob.hasLetters)) continue;
    const loops = Math.max(...globs.map((glob) => glob.loops.filter((loop) => loop !== NO_LOOP).length));
    if (loops >= fewest) continue;
    anchor = index;
    fewest = loops;
  }
  return anchor;
}

function lettersOf(globs: readonly Glob[]): readonly Letter[] {
  const letters = new Map<number, Letter>();
  for (const glob of globs) for (const unit of glob.units) if (unit.kind === 'letter') letters.set(unit.letter.id, unit.letter);
  return [...letters.values()];
}

function addExceptions(except: number, symbols: Set<WordSymbol>): void {
  if ((except & EXCEPT_COLON) !== 0) symbols.add(COLON);
  if ((except & EXCEPT_SLASH) !== 0) symbols.add(SLASH);
}

/** A readable character that no glob names; beyond the alphabet when they name all of it. */
function freshCharacter(used: ReadonlySet<number>): number {
  for (const char of 'xyzwvutqkjhgfXYZWVUQKJ-_.~') if (!used.has(char.charCodeAt(0)) && !used.has(char.toLowerCase().charCodeAt(0))) return char.charCodeAt(0);
  let code = 0x3b1;
  while (used.has(code)) code += 1;
  return code;
}
