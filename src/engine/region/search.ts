import { hole } from '../../iam/token.ts';
import type { Budget } from './budget.ts';
import { type Glob } from './glob.ts';
import { conflict, covers, relaxed } from './glob-relations.ts';
import { Machine, type Task } from './machine.ts';
import { StateTable } from './state-table.ts';

/** A text a search found, with holes where letters stand; or that there is none; or that the bound came first. */
export type Found = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' } | { readonly kind: 'bound' };

const NONE: Found = { kind: 'none' };

/**
 * Finds a text that one glob of every group takes and no glob of `neg`. `none` is certain, whatever the letters stand for.
 * Each glob of the smallest group is tried apart, with only what can meet it. Globs that one of `neg` covers are to be
 * left out by the caller.
 */
export function findText(task: Task, budget: Budget): Found {
  const [first, ...rest] = [...task.groups].sort((left, right) => left.length - right.length);
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

/** Breadth first over the lazily built automaton, so the text is a shortest one. */
function explore(task: Task, budget: Budget): Found {
  const machine = new Machine(task);
  if (!budget.spend(machine.words * 32)) return { kind: 'bound' };
  const table = new StateTable(machine.words);
  const from = machine.initial();
  const to = new Uint32Array(machine.words);
  if (machine.accepts(from)) return { kind: 'text', text: '' };
  table.add(from, -1, 0);
  for (let position = 0; position < table.count; position += 1) {
    table.load(position, from);
    const symbols = machine.symbols(from);
    if (!budget.spend(symbols.length * (machine.words + STEP_COST))) return { kind: 'bound' };
    for (const symbol of symbols) {
      if (!machine.step(from, symbol, to) || !table.add(to, position, symbol)) continue;
      if (machine.accepts(to)) return { kind: 'text', text: spell(table, machine) };
    }
  }
  return NONE;
}

/** What a step costs besides its words. */
const STEP_COST = 8;

/** The text that leads to the state found last. */
function spell(table: StateTable, machine: Machine): string {
  const parts: string[] = [];
  for (let at = table.count - 1; table.parent(at) !== -1; at = table.parent(at)) {
    const symbol = table.symbol(at);
    const letter = machine.letter(symbol);
    if (letter === undefined) parts.push(String.fromCharCode(symbol));
    else parts.push(letter.source.kind === 'hole' ? hole(letter.source.mark, letter.source.name) : hole('$', letter.source.key));
  }
  return parts.reverse().join('');
}
