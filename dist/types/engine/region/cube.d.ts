import type { Budget } from './budget.js';
import { type KeyAtom, type KeySet } from './key-set.js';
import { type PrincipalAtom, type PrincipalSet } from './principal-set.js';
import { type TextOracle, type TextSet } from './text-set.js';
import type { Union } from './union.js';
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
export type Atom = {
    readonly kind: 'principal';
    readonly atom: PrincipalAtom;
} | {
    readonly kind: 'resource' | 'action';
    readonly union: Union;
    readonly sign: boolean;
} | {
    readonly kind: 'key';
    readonly key: string;
    readonly atom: KeyAtom;
};
/** What cubes are cut with. */
export interface Workshop {
    readonly oracle: TextOracle;
    readonly budget: Budget;
    /** Everything a key may hold. */
    readonly wholeKey: (key: string) => KeySet;
}
/** The part of a cube inside (or outside) a constraint; `undefined` when it is surely empty. */
export declare function restrictCube(cube: Cube, atom: Atom, inside: boolean, workshop: Workshop): Cube | undefined;
/** The part of a cube inside all constraints; `undefined` when surely empty. */
export declare function intersectCube(cube: Cube, atoms: readonly Atom[], workshop: Workshop): Cube | undefined;
/** What to do on reaching a part that nothing covers: stop, or look for others. */
export type Visit = (rest: Cube) => 'stop' | 'go on';
/**
 * Visits what remains of a cube after taking away others (each a conjunction of constraints). When nothing is visited the
 * cube is surely covered. Splits on the subtrahend that leaves the fewest pieces. False when the bound was reached.
 */
export declare function subtract(cube: Cube, others: readonly (readonly Atom[])[], workshop: Workshop, visit: Visit): 'stopped' | 'done' | 'bound';
