import type { CompiledStatement } from '../compile.ts';
import { isMultivaluedKey } from '../../iam/condition/keys.ts';
import type { ActionCatalogue, ComparableKind } from '../types.ts';
import type { Budget } from './budget.ts';
import type { Vocabulary } from './condition-region.ts';
import type { Atom, Cube, Workshop } from './cube.ts';
import { type Glob, globOf, literalGlob } from './glob.ts';
import { type Arity, allOfKey, type KeySet } from './key-set.ts';
import { type Assignment, LetterTable, NO_ASSIGNMENT } from './pattern-glob.ts';
import { allCallers, type CallerClass, CALLER_CLASSES } from './principal-set.ts';
import { regionOfStatement, type StatementRegion } from './statement-region.ts';
import { ALL_TEXTS, restrictText, TextOracle } from './text-set.ts';
import { UnionTable } from './union.ts';
import { ALL_VALUES, restrictValues } from './value-set.ts';
import { assignmentAtoms, variablesOf } from './variables.ts';
import type { WitnessStyle } from './witness.ts';

/** What a space is made for. */
export interface SpaceOptions {
  readonly kind: ComparableKind;
  readonly catalogue: ActionCatalogue | undefined;
  readonly budget: Budget;
}

/** The requests that statements of one kind of document can tell apart, and the region of each statement among them. */
export class StatementSpace {
  readonly kind: ComparableKind;
  readonly unions = new UnionTable();
  readonly oracle: TextOracle;
  readonly workshop: Workshop;
  readonly style: WitnessStyle;
  readonly #letters = new LetterTable();
  readonly #arities: ReadonlyMap<string, Arity>;
  readonly #wholeKeys = new Map<string, KeySet>();
  readonly #regions = new Map<CompiledStatement, StatementRegion | 'nothing'>();
  readonly #variables = new Map<CompiledStatement, readonly string[]>();

  constructor(statements: readonly CompiledStatement[], options: SpaceOptions) {
    this.kind = options.kind;
    this.oracle = new TextOracle(this.unions, options.budget);
    this.workshop = { oracle: this.oracle, budget: options.budget, wholeKey: (key) => this.#wholeKey(key) };
    this.#arities = aritiesOf(statements, options.catalogue);
    const keyNames = new Map<string, string>();
    for (const statement of statements) for (const condition of statement.conditions) keyNames.set(condition.key, condition.source.key.text);
    this.style = { kind: options.kind, oracle: this.oracle, catalogue: options.catalogue, keyNames };
  }

  /** Names shared by all regions of the space. */
  vocabulary(assignment: Assignment = NO_ASSIGNMENT): Vocabulary {
    return { unions: this.unions, letters: this.#letters, assignment };
  }

  /** All requests, for the actions of one pattern or for one action that need not be told apart. */
  whole(actions: Glob | undefined): Cube {
    const action = actions === undefined ? ALL_TEXTS : restrictText(ALL_TEXTS, this.unions.of([actions]), true);
    return { action, principal: allCallers(callersOf(this.kind)), resource: ALL_TEXTS, keys: new Map() };
  }

  /** The region of a statement under values for its variables; `undefined` when it applies to no request. */
  regionOf(statement: CompiledStatement, assignment: Assignment): StatementRegion | undefined {
    if (assignment.size > 0 && this.variablesOf(statement).length > 0) return regionOfStatement(statement, this.kind, this.vocabulary(assignment));
    const known = this.#regions.get(statement);
    if (known !== undefined) return known === 'nothing' ? undefined : known;
    const made = regionOfStatement(statement, this.kind, this.vocabulary());
    this.#regions.set(statement, made ?? 'nothing');
    return made;
  }

  variablesOf(statement: CompiledStatement): readonly string[] {
    const known = this.#variables.get(statement);
    if (known !== undefined) return known;
    const made = variablesOf([statement]);
    this.#variables.set(statement, made);
    return made;
  }

  /** Values for variables as constraints on their keys. */
  atomsOf(assignment: Assignment): readonly Atom[] {
    return assignmentAtoms(assignment, this.vocabulary());
  }

  #wholeKey(key: string): KeySet {
    const known = this.#wholeKeys.get(key);
    if (known !== undefined) return known;
    const arity = this.#arities.get(key) ?? (isMultivaluedKey(key) === true ? 'many' : 'single');
    const made = key === RESOURCE_ACCOUNT ? this.#resourceAccounts() : allOfKey(arity, arity === 'single' ? undefined : this.unions.of([literalGlob('')]));
    this.#wholeKeys.set(key, made);
    return made;
  }

  #resourceAccounts(): KeySet {
    return { absent: false, single: restrictValues(ALL_VALUES, { kind: 'text', union: this.unions.of([TWELVE_DIGITS]), sign: true }), many: undefined };
  }
}

/** Every resource belongs to an account, so the key is never absent. */
const RESOURCE_ACCOUNT = 'aws:resourceaccount';
const TWELVE_DIGITS = globOf(Array.from({ length: 12 }, () => ({ kind: 'digit' }) as const));

const ATTACHED: readonly CallerClass[] = ['user', 'role', 'federated-user'];

/** Who can make the requests that a kind of document decides. */
function callersOf(kind: ComparableKind): readonly CallerClass[] {
  switch (kind) {
    case 'identity':
    case 'boundary':
    case 'session':
      return ATTACHED;
    case 'scp':
      return [...ATTACHED, 'root'];
    default:
      return CALLER_CLASSES;
  }
}

/** A key can hold several values when AWS says so, or, where nothing is said, when a set operator asks for them. */
function aritiesOf(statements: readonly CompiledStatement[], catalogue: ActionCatalogue | undefined): ReadonlyMap<string, Arity> {
  const arities = new Map<string, Arity>();
  for (const statement of statements) {
    for (const { key, use } of statement.conditions) {
      const told = isMultivaluedKey(key) ?? catalogue?.isMultivalued?.(key);
      if (told === true) arities.set(key, 'many');
      else if (told === undefined && use !== undefined && use.quantifier !== 'one') arities.set(key, 'either');
    }
  }
  return arities;
}
