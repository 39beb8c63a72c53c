/**
 * The states a search has reached, each once, in the order they were found. All in flat arrays: a search may reach a
 * hundred thousand states, and objects for them would cost more than the search.
 */
export class StateTable {
  readonly #words: number;
  #states: Uint32Array;
  #parents: Int32Array;
  #symbols: Int32Array;
  /** Open addressing; holds positions plus one. */
  #slots: Int32Array;
  #count = 0;

  constructor(words: number) {
    this.#words = words;
    this.#states = new Uint32Array(64 * words);
    this.#parents = new Int32Array(64);
    this.#symbols = new Int32Array(64);
    this.#slots = new Int32Array(128);
  }

  get count(): number {
    return this.#count;
  }

  /** Copies the state at a position into `target`. */
  load(position: number, target: Uint32Array): void {
    const from = position * this.#words;
    for (let word = 0; word < this.#words; word += 1) target[word] = this.#states[from + word] ?? 0;
  }

  parent(position: number): number {
    return this.#parents[position] ?? -1;
  }

  symbol(position: number): number {
    return this.#symbols[position] ?? 0;
  }

  /** Adds a state with where it came from; false when it is already there. */
  add(state: Uint32Array, parent: number, symbol: number): boolean {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#grow();
    const slot = this.#slotOf(state);
    if (this.#slots[slot] !== 0) return false;
    const position = this.#count;
    this.#slots[slot] = position + 1;
    this.#states.set(state, position * this.#words);
    this.#parents[position] = parent;
    this.#symbols[position] = symbol;
    this.#count += 1;
    return true;
  }

  /** The slot where the state is, or where it would go. */
  #slotOf(state: Uint32Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(state) & mask;
    for (let held = this.#slots[slot] ?? 0; held !== 0; held = this.#slots[slot] ?? 0) {
      if (this.#equals(held - 1, state)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #equals(position: number, state: Uint32Array): boolean {
    const from = position * this.#words;
    for (let word = 0; word < this.#words; word += 1) if (this.#states[from + word] !== state[word]) return false;
    return true;
  }

  #grow(): void {
    const room = this.#slots.length;
    this.#states = extended(this.#states, new Uint32Array(room * this.#words));
    this.#parents = extended(this.#parents, new Int32Array(room));
    this.#symbols = extended(this.#symbols, new Int32Array(room));
    this.#slots = new Int32Array(room * 2);
    const state = new Uint32Array(this.#words);
    for (let position = 0; position < this.#count; position += 1) {
      this.load(position, state);
      this.#slots[this.#slotOf(state)] = position + 1;
    }
  }
}

function hashOf(state: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of state) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function extended<Numbers extends Uint32Array | Int32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
