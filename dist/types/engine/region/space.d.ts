import type { CompiledStatement } from '../compile.js';
import type { ActionCatalogue, ComparableKind } from '../types.js';
import type { Budget } from './budget.js';
import type { Vocabulary } from './condition-region.js';
import type { Atom, Cube, Workshop } from './cube.js';
import { type Glob } from './glob.js';
import { type Assignment } from './pattern-glob.js';
import { type StatementRegion } from './statement-region.js';
import { TextOracle } from './text-set.js';
import { UnionTable } from './union.js';
import type { WitnessStyle } from './witness.js';
/** What a space is made for. */
export interface SpaceOptions {
    readonly kind: ComparableKind;
    readonly catalogue: ActionCatalogue | undefined;
    readonly budget: Budget;
}
/** The requests that statements of one kind of document can tell apart, and the region of each statement among them. */
export declare class StatementSpace {
    #private;
    readonly kind: ComparableKind;
    readonly unions: UnionTable;
    readonly oracle: TextOracle;
    readonly workshop: Workshop;
    readonly style: WitnessStyle;
    constructor(statements: readonly CompiledStatement[], options: SpaceOptions);
    /** Names shared by all regions of the space. */
    vocabulary(assignment?: Assignment): Vocabulary;
    /** All requests, for the actions of one pattern or for one action that need not be told apart. */
    whole(actions: Glob | undefined): Cube;
    /** The region of a statement under values for its variables; `undefined` when it applies to no request. */
    regionOf(statement: CompiledStatement, assignment: Assignment): StatementRegion | undefined;
    variablesOf(statement: CompiledStatement): readonly string[];
    /** Values for variables as constraints on their keys. */
    atomsOf(assignment: Assignment): readonly Atom[];
}
