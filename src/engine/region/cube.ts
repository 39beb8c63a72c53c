import type { Budget } from './budget.ts';
import { type KeyAtom, type KeySet, complementKey, isEmptyKey, restrictKey } from './key-set.ts';
import { ABSENT_WITHOUT_ACCOUNT } from '../request-context.ts';
import { ACCOUNT_CLASSES, type CallerClass, type PrincipalAtom, type PrincipalSet, complementPrincipal, restrictPrincipal } from './principal-set.ts';
import { restrictText, type TextOracle, type TextSet } from './text-set.ts';
import type { Union } from './union.ts';

/** A set of requests: every combination of an action, a caller, a resource and values of keys. */
export interface Cube {
  /** Unlimited when one action is asked for. */
  readonly action: TextSet;
  readonly principal: PrincipalSet;
  readonly resource: TextSet;
  /** Keys that are constrained at all. */
  readonly keys: ReadonlyMap<string, KeySet>;
}

/** One constraint on one dimension. Its complement is again one, so differences stay cubes. */
export type Atom =
  | { readonly kind: 'principal'; readonly atom: PrincipalAtom }
  | { readonly kind: 'resource' | 'action'; readonly union: Union; readonly sign: boolean }
  | { readonly kind: 'key'; readonly key: string; readonly atom: KeyAtom };

/** What cubes are cut with. */
export interface Workshop {
  readonly oracle: TextOracle;
  readonly budget: Budget;
  /** Everything a key may hold. */
  readonly wholeKey: (key: string) => KeySet;
}

/** The part of a cube inside (or outside) a constraint; `undefined` when it is surely empty. */
export function restrictCube(cube: Cube, atom: Atom, inside: boolean, workshop: Workshop): Cube | undefined {
  switch (atom.kind) {
    case 'principal': {
      const principal = restrictPrincipal(cube.principal, inside ? atom.atom : complementPrincipal(atom.atom), workshop.oracle);
      return principal.size === 0 ? undefined : linkKeys({ ...cube, principal });
    }
    case 'resource':
    case 'action': {
      const texts = restrictText(cube[atom.kind], atom.union, atom.sign === inside);
      return workshop.oracle.isEmpty(texts) ? undefined : { ...cube, [atom.kind]: texts };
    }
    case 'key': {
      const known = cube.keys.get(atom.key) ?? workshop.wholeKey(atom.key);
      const set = restrictKey(known, inside ? atom.atom : complementKey(atom.atom), workshop.oracle);
      if (isEmptyKey(set)) return undefined;
      const next: Cube = { ...cube, keys: new Map(cube.keys).set(atom.key, set) };
      return needsAccount(atom.key) ? linkKeys(next) : next;
    }
  }
}

/** Some keys are carried only by callers from an account, so a cube that needs one has no other callers, and the reverse. */
function linkKeys(cube: Cube): Cube | undefined {
  let principal = cube.principal;
  let keys = cube.keys;
  for (const [key, set] of cube.keys) {
    if (!needsAccount(key)) continue;
    if (!set.absent) principal = new Map([...principal].filter(([kind]) => CARRIES_ACCOUNT_KEYS.has(kind)));
    else if (![...principal.keys()].some((kind) => CARRIES_ACCOUNT_KEYS.has(kind))) keys = new Map(keys).set(key, { absent: true, single: undefined, many: undefined });
  }
  return principal.size === 0 ? undefined : { ...cube, principal, keys };
}

const CARRIES_ACCOUNT_KEYS: ReadonlySet<CallerClass> = new Set<CallerClass>([...ACCOUNT_CLASSES, 'canonical']);

/** Is a key absent for callers that belong to no account? */
function needsAccount(key: string): boolean {
  return ABSENT_WITHOUT_ACCOUNT.some((prefix) => key.startsWith(prefix));
}

/** The part of a cube inside all constraints; `undefined` when surely empty. */
export function intersectCube(cube: Cube, atoms: readonly Atom[], workshop: Workshop): Cube | undefined {
  let result: Cube | undefined = cube;
  for (const atom of atoms) {
    if (result === undefined) return undefined;
    result = restrictCube(result, atom, true, workshop);
  }
  return result;
}

/** What to do on reaching a part that nothing covers: stop, or look for others. */
export type Visit = (rest: Cube) => 'stop' | 'go on';

/**
 * Visits what remains of a cube after taking away others (each a conjunction of constraints). When nothing is visited the
 * cube is surely covered. Splits on the subtrahend that leaves the fewest pieces. False when the bound was reached.
 */
export function subtract(cube: Cube, others: readonly (readonly Atom[])[], workshop: Workshop, visit: Visit): 'stopped' | 'done' | 'bound' {
  if (!workshop.budget.spend(8 + others.length * 8)) return 'bound';
  const open: { readonly atoms: readonly Atom[]; readonly index: number }[] = [];
  for (const [index, other] of others.entries()) {
    const uncovered = uncoveredAtoms(cube, other, workshop);
    if (uncovered === undefined) continue;
    if (uncovered.length === 0) return 'done';
    open.push({ atoms: uncovered, index });
  }
  const [best] = open.sort((left, right) => left.atoms.length - right.atoms.length);
  if (best === undefined) return visit(cube) === 'stop' ? 'stopped' : 'done';
  const rest = open.flatMap(({ index }) => (index === best.index ? [] : [others[index] ?? []]));
  let kept: Cube | undefined = cube;
  for (const atom of best.atoms) {
    if (kept === undefined) break;
    const piece = restrictCube(kept, atom, false, workshop);
    const result = piece === undefined ? 'done' : subtract(piece, rest, workshop, visit);
    if (result !== 'done') return result;
    kept = restrictCube(kept, atom, true, workshop);
  }
  return 'done';
}

/** The constraints that do not already hold all over the cube; `undefined` when the two do not meet. */
function uncoveredAtoms(cube: Cube, other: readonly Atom[], workshop: Workshop): readonly Atom[] | undefined {
  const uncovered: Atom[] = [];
  let meeting: Cube | undefined = cube;
  for (const atom of other) {
    if (restrictCube(cube, atom, false, workshop) === undefined) continue;
    meeting = restrictCube(meeting, atom, true, workshop);
    if (meeting === undefined) return undefined;
    uncovered.push(atom);
  }
  return uncovered;
}
