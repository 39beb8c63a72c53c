import { type Glob, type GlobPart, type Unit, EXCEPT_COLON, EXCEPT_NONE, EXCEPT_SLASH, NO_LOOP, globOf, partsOfGlob, takes } from './glob.ts';

/** Does the glob take a text without letters? A letter takes no plain text. */
export function accepts(glob: Glob, text: string): boolean {
  if (glob.literal !== undefined) return glob.literal === text;
  if (text.length < glob.units.length || !text.startsWith(glob.prefix) || !text.endsWith(glob.suffix)) return false;
  return glob.greedy ? acceptsGreedily(glob, text) : acceptsInAllWays(glob, text);
}

/** Goes back to the last loop only: an earlier one could not do better. */
function acceptsGreedily({ units, loops }: Glob, text: string): boolean {
  let state = 0;
  let at = 0;
  let loopState = -1;
  let loopAt = 0;
  while (at < text.length) {
    if (loops[state] !== NO_LOOP && loopState !== state) {
      if (state === units.length) return true;
      loopState = state;
      loopAt = at;
    }
    const unit = units[state];
    if (unit !== undefined && unitTakes(unit, text.charCodeAt(at))) {
      state += 1;
      at += 1;
    } else if (loopState === -1) return false;
    else {
      loopAt += 1;
      at = loopAt;
      state = loopState;
    }
  }
  return state === units.length;
}

function acceptsInAllWays({ units, loops }: Glob, text: string): boolean {
  let states = new Uint8Array(units.length + 1);
  let next = new Uint8Array(units.length + 1);
  states[0] = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    next.fill(0);
    for (let state = 0; state <= units.length; state += 1) {
      if (states[state] === 0) continue;
      const loop = loops[state] ?? NO_LOOP;
      if (loop !== NO_LOOP && takes(loop, code)) next[state] = 1;
      const unit = units[state];
      if (unit !== undefined && unitTakes(unit, code)) next[state + 1] = 1;
    }
    [states, next] = [next, states];
  }
  return states[units.length] === 1;
}

/** Does one unit take the character? */
export function unitTakes(unit: Unit, code: number): boolean {
  switch (unit.kind) {
    case 'char':
      return unit.code === code;
    case 'fold':
      return unit.code === foldCode(code);
    case 'one':
      return takes(unit.except, code);
    case 'digit':
      return code >= 48 && code <= 57;
    case 'letter':
      return false;
  }
}

/** Simple lower case of one character. */
export function foldCode(code: number): number {
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}

/** Must the two globs differ at their beginning or end? Then they share no text. */
export function conflict(left: Glob, right: Glob): boolean {
  if (!left.prefix.startsWith(right.prefix) && !right.prefix.startsWith(left.prefix)) return true;
  if (!left.suffix.endsWith(right.suffix) && !right.suffix.endsWith(left.suffix)) return true;
  if (left.hasLetters || right.hasLetters) return false;
  if (left.literal !== undefined) return !accepts(right, left.literal);
  return right.literal !== undefined && !accepts(left, right.literal);
}

/**
 * Does `big` surely take every text of `small`? Polynomial; may miss a containment that holds, never claims one that does not.
 * Runs the states of `big` over `small`: a loop of `small` keeps only states whose own loop takes all of it.
 */
export function covers(big: Glob, small: Glob): boolean {
  if (small.literal !== undefined && !big.hasLetters) return accepts(big, small.literal);
  if (small.units.length < big.units.length || !small.prefix.startsWith(big.prefix) || !small.suffix.endsWith(big.suffix)) return false;
  if (big.prefixOnly) return true;
  if (!big.chunks.every((chunk) => small.chunks.some((own) => own.includes(chunk)))) return false;
  let states = new Uint8Array(big.units.length + 1);
  let next = new Uint8Array(big.units.length + 1);
  states[0] = 1;
  keepLooping(states, big, small.loops[0] ?? NO_LOOP);
  for (let at = 0; at < small.units.length; at += 1) {
    const unit = small.units[at];
    if (unit === undefined) return false;
    next.fill(0);
    let alive = false;
    for (let state = 0; state <= big.units.length; state += 1) {
      if (states[state] === 0) continue;
      const loop = big.loops[state] ?? NO_LOOP;
      const own = big.units[state];
      if (loop !== NO_LOOP && loopCovers(loop, unit)) {
        next[state] = 1;
        alive = true;
      }
      if (own !== undefined && unitCovers(own, unit)) {
        next[state + 1] = 1;
        alive = true;
      }
    }
    if (!alive) return false;
    [states, next] = [next, states];
    keepLooping(states, big, small.loops[at + 1] ?? NO_LOOP);
  }
  return states[big.units.length] === 1;
}

/** A loop of `small` leaves only the states of `big` whose own loop takes all of it. */
function keepLooping(states: Uint8Array, big: Glob, loop: number): void {
  if (loop === NO_LOOP) return;
  for (let state = 0; state < states.length; state += 1) if (states[state] === 1 && !isWider(big.loops[state] ?? NO_LOOP, loop)) states[state] = 0;
}

function isWider(wide: number, narrow: number): boolean {
  return wide !== NO_LOOP && (wide & narrow) === wide;
}

function loopCovers(loop: number, unit: Unit): boolean {
  switch (unit.kind) {
    case 'char':
      return takes(loop, unit.code);
    case 'one':
      return isWider(loop, unit.except);
    case 'letter':
      return loop === EXCEPT_NONE || unit.letter.word;
    default:
      return true;
  }
}

function unitCovers(own: Unit, unit: Unit): boolean {
  if (own.kind === 'one') return unit.kind === 'char' ? takes(own.except, unit.code) : unit.kind === 'one' ? isWider(own.except, unit.except) : unit.kind !== 'letter';
  if (own.kind === 'letter') return unit.kind === 'letter' && unit.letter.id === own.letter.id;
  if (own.kind === 'digit') return unit.kind === 'digit' || (unit.kind === 'char' && unitTakes(own, unit.code));
  if (own.kind === 'fold') return (unit.kind === 'fold' && unit.code === own.code) || (unit.kind === 'char' && foldCode(unit.code) === own.code);
  return unit.kind === 'char' && unit.code === own.code;
}

/** A glob where letters stand for any text: what the glob takes whatever its variables and holes turn out to be. */
export function relaxed(glob: Glob): Glob {
  if (!glob.hasLetters) return glob;
  return globOf(
    partsOfGlob(glob).map((part): GlobPart => {
      if (part.kind !== 'letter') return part;
      return { kind: 'loop', except: part.letter.word ? EXCEPT_COLON | EXCEPT_SLASH : EXCEPT_NONE };
    }),
  );
}
