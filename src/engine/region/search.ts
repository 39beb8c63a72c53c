import { hole } from '../../iam/token.ts';
import type { Budget } from './budget.ts';
import { type Glob, conflict, covers, relaxed } from './glob.ts';
import { Machine, type Symbol, type Task } from './machine.ts';

/** A text a search found, with holes where letters stand; or that there is none; or that the bound came first. */
export type Found = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' } | { readonly kind: 'bound' };

const NONE: Found = { kind: 'none' };

/**
 * Finds a text that one glob of every group takes and no glob of `neg`. `none` is certain, whatever the letters stand for.
 * What `neg` covers is left out first; each glob of the smallest group is then tried apart, with only what can meet it.
 */
export function findText(task: Task, budget: Budget): Found {
  const open = task.groups.map((group) => group.filter((glob) => !task.neg.some((other) => covers(other, glob))));
  const [first, ...rest] = open.sort((left, right) => left.length - right.length);
  if (first === undefined) return explore({ groups: [], neg: task.neg }, budget);
  let bounded = false;
  for (const glob of first) {
    const narrowed = narrow(glob, rest, task.neg);
    if (narrowed === undefined) continue;
    const found = explore(narrowed, budget);
    if (found.kind === 'text') return found;
    if (found.kind === 'bound') bounded = true;
  }
  return bounded ? { kind: 'bound' } : NONE;
}

/** The task for one glob, without what cannot meet it; `undefined` when it is shut out. */
function narrow(glob: Glob, rest: readonly (readonly Glob[])[], neg: readonly Glob[]): Task | undefined {
  const wide = relaxed(glob);
  const groups: (readonly Glob[])[] = [[glob]];
  for (const group of rest) {
    const meeting = group.filter((other) => !conflict(wide, relaxed(other)));
    if (meeting.length === 0) return undefined;
    // Letters must be fixed by the same group on every path, so a group with letters is never left out.
    if (!group.some((other) => !other.hasLetters && covers(other, glob))) groups.push(meeting);
  }
  return { groups, neg: neg.filter((other) => !conflict(wide, relaxed(other))) };
}

interface Node {
  readonly state: Uint32Array;
  readonly symbol: Symbol;
  readonly parent: Node | undefined;
}

/** Breadth first over the lazily built automaton, so the text is a shortest one. */
function explore(task: Task, budget: Budget): Found {
  const machine = new Machine(task);
  if (!budget.spend(machine.words * 32)) return { kind: 'bound' };
  const start: Node = { state: machine.initial(), symbol: 0, parent: undefined };
  if (machine.accepts(start.state)) return { kind: 'text', text: '' };
  const seen = new Set<string | number>([stateKey(start.state)]);
  let frontier: Node[] = [start];
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      const symbols = machine.symbols(node.state);
      if (!budget.spend(symbols.length * (machine.words + 4))) return { kind: 'bound' };
      for (const symbol of symbols) {
        const state = machine.step(node.state, symbol);
        if (state === undefined) continue;
        const key = stateKey(state);
        if (seen.has(key)) continue;
        seen.add(key);
        const reached: Node = { state, symbol, parent: node };
        if (machine.accepts(state)) return { kind: 'text', text: spell(reached, machine) };
        next.push(reached);
      }
    }
    frontier = next;
  }
  return NONE;
}

/** Small automata have numbers for keys, which is several times faster than text. */
function stateKey(state: Uint32Array): string | number {
  if (state.length === 1) return state[0] ?? 0;
  let key = '';
  for (const word of state) key += String.fromCharCode(word >>> 16, word & 0xffff);
  return key;
}

function spell(node: Node, machine: Machine): string {
  const parts: string[] = [];
  for (let at: Node | undefined = node; at?.parent !== undefined; at = at.parent) {
    const letter = machine.letter(at.symbol);
    if (letter === undefined) parts.push(String.fromCharCode(at.symbol));
    else parts.push(letter.source.kind === 'hole' ? hole(letter.source.mark, letter.source.name) : hole('$', letter.source.key));
  }
  return parts.reverse().join('');
}
