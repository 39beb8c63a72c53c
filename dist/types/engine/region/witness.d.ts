import type { ActionCatalogue, ComparableKind, Request } from '../types.js';
import type { Cube } from './cube.js';
import { type TextOracle } from './text-set.js';
/** What a witness is spelled with. */
export interface WitnessStyle {
    readonly kind: ComparableKind;
    readonly oracle: TextOracle;
    readonly catalogue: ActionCatalogue | undefined;
    /** Keys as the documents spell them, by lower case. */
    readonly keyNames: ReadonlyMap<string, string>;
}
/** Spells out one request of a cube, for one action or for one of the cube's; `undefined` when a value could not be found. */
export declare function spellWitness(cube: Cube, name: string | undefined, style: WitnessStyle): Request | undefined;
