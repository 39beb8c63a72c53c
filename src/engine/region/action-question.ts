import type { CompiledStatement } from '../compile.ts';
import { isMultivaluedKey } from '../../iam/condition/keys.ts';
import type { CompareOptions, Request } from '../types.ts';
import type { Budget } from './budget.ts';
import type { Vocabulary } from './condition-region.ts';
import { type Atom, type Cube, intersectCube, subtract, type Workshop } from './cube.ts';
import { type Glob, globOf, literalGlob } from './glob.ts';
import { type Arity, allOfKey, type KeySet } from './key-set.ts';
import { type Assignment, LetterTable, NO_ASSIGNMENT } from './pattern-glob.ts';
import { allCallers, type CallerClass, CALLER_CLASSES } from './principal-set.ts';
import { regionOfStatement, type StatementRegion } from './statement-region.ts';
import { ALL_TEXTS, restrictText, TextOracle } from './text-set.ts';
import { UnionTable } from './union.ts';
import { ALL_VALUES, restrictValues } from './value-set.ts';
import { assignmentAtoms, assignmentsFor, capturedValues, variablesOf } from './variables.ts';
import { spellWitness, type WitnessStyle } from './witness.ts';

/** What the two sides of a comparison consist of. */
export interface ComparedSides {
  readonly after: readonly CompiledStatement[];
  readonly before: readonly CompiledStatement[];
  readonly options: CompareOptions;
  readonly budget: Budget;
}

export type Answer = { readonly kind: 'none' } | { readonly kind: 'witness'; readonly request: Request } | { readonly kind: 'unclear'; readonly reason: string };

/** The actions of one question. */
export interface AskedActions {
  /** One action in lower case; `undefined` when a whole pattern is asked for. */
  readonly name: string | undefined;
  readonly pattern: Glob | undefined;
  /** For each statement (after, then before) whether it meets the actions: surely, not, perhaps, or within a constraint. */
  readonly met: readonly ('y' | 'n' | '?' | Atom)[];
}

/** The regions of the statements of both sides that the actions meet. */
interface Met {
  readonly allows: readonly (readonly Atom[])[];
  readonly denies: readonly (readonly Atom[])[];
  readonly allowed: readonly (readonly Atom[])[];
  readonly denied: readonly (readonly Atom[])[];
}

const MAX_LEFT_OVER = 6;
const REFUTED = 'a request was found that the evaluator could not confirm: parts of it are not known';
const BOUND = 'the bound was reached';

/** Asks, for one action at a time, whether a request is allowed after and not before. */
export class ActionQuestion {
  readonly #sides: ComparedSides;
  readonly #statements: readonly CompiledStatement[];
  readonly unions = new UnionTable();
  readonly #letters = new LetterTable();
  readonly #oracle: TextOracle;
  readonly #workshop: Workshop;
  readonly #style: WitnessStyle;
  readonly #arities: ReadonlyMap<string, Arity>;
  readonly #wholeKeys = new Map<string, KeySet>();
  /** Regions of statements under the empty assignment. */
  readonly #regions = new Map<CompiledStatement, StatementRegion | 'nothing'>();

  constructor(sides: ComparedSides) {
    this.#sides = sides;
    this.#oracle = new TextOracle(this.unions, sides.budget);
    this.#workshop = { oracle: this.#oracle, budget: sides.budget, wholeKey: (key) => this.#wholeKey(key) };
    const statements = [...sides.after, ...sides.before];
    this.#statements = statements;
    this.#arities = aritiesOf(statements, sides.options);
    const keyNames = new Map<string, string>();
    for (const statement of statements) for (const condition of statement.conditions) keyNames.set(condition.key, condition.source.key.text);
    this.#style = { kind: sides.options.policyType, oracle: this.#oracle, catalogue: sides.options.catalogue, keyNames };
  }

  /** Parts of the last question that no request was confirmed for. */
  readonly #leftOver: Cube[] = [];

  /** Asks about one action, or about all actions of an open pattern. */
  ask(asked: AskedActions, confirm: (request: Request) => boolean): Answer {
    this.#leftOver.length = 0;
    const generic = this.#solve(this.#meet(asked, NO_ASSIGNMENT), asked, [], confirm);
    if (generic.kind !== 'unclear') return generic;
    const met = this.#statements.filter((_, index) => asked.met[index] !== 'n');
    const variables = variablesOf(met);
    if (variables.length === 0) return generic;
    const { assignments, exhaustive } = assignmentsFor(variables, met, capturedValues(this.#leftOver, this.#oracle));
    let doubt = false;
    for (const assignment of assignments) {
      const answer = this.#solve(this.#meet(asked, assignment), asked, this.#atomsOf(assignment), confirm);
      if (answer.kind === 'witness') return answer;
      if (answer.kind === 'unclear') doubt = true;
    }
    if (exhaustive && !doubt) return { kind: 'none' };
    return { kind: 'unclear', reason: `policy variables (${variables.map((key) => `\`${key}\``).join(', ')}) decide, and no value of theirs was found that shows new access` };
  }

  #meet(asked: AskedActions, assignment: Assignment): Met {
    const { after, options } = this.#sides;
    const allows: (readonly Atom[])[] = [];
    const denies: (readonly Atom[])[] = [];
    const allowed: (readonly Atom[])[] = [];
    const denied: (readonly Atom[])[] = [];
    for (const [index, statement] of this.#statements.entries()) {
      const met = asked.met[index] ?? 'n';
      const region = met === 'n' ? undefined : this.#regionOf(statement, assignment);
      if (region === undefined) continue;
      const limits = typeof met === 'object' ? [met] : [];
      const may = [...limits, ...region.may];
      const must = met === '?' || region.must === undefined ? undefined : [...limits, ...region.must];
      if (index < after.length) {
        if (statement.effect !== 'Deny') allows.push(may);
        else if (must !== undefined) denies.push(must);
      } else {
        if (statement.effect !== 'Allow') denied.push(may);
        else if (must !== undefined) allowed.push(must);
      }
    }
    if (options.policyType === 'rcp') {
      allows.push([]);
      allowed.push([]);
    }
    return { allows, denies, allowed, denied };
  }

  #regionOf(statement: CompiledStatement, assignment: Assignment): StatementRegion | undefined {
    const vocabulary: Vocabulary = { unions: this.unions, letters: this.#letters, assignment };
    const kind = this.#sides.options.policyType;
    if (assignment.size > 0) return regionOfStatement(statement, kind, vocabulary);
    const known = this.#regions.get(statement);
    if (known !== undefined) return known === 'nothing' ? undefined : known;
    const made = regionOfStatement(statement, kind, vocabulary);
    this.#regions.set(statement, made ?? 'nothing');
    return made;
  }

  /**
   * What each allow of `after` leaves once the denies of `after` are taken away: outside every allow of `before`, or
   * inside one of the denies of `before`.
   */
  #solve(met: Met, asked: AskedActions, given: readonly Atom[], confirm: (request: Request) => boolean): Answer {
    let doubt: string | undefined;
    let request: Request | undefined;
    const visit = (rest: Cube): 'stop' | 'go on' => {
      const spelled = spellWitness(rest, asked.name, this.#style);
      if (spelled !== undefined && confirm(spelled)) {
        request = spelled;
        return 'stop';
      }
      doubt = REFUTED;
      if (this.#leftOver.length < MAX_LEFT_OVER) this.#leftOver.push(rest);
      return this.#workshop.budget.spend(REFUTED_COST) ? 'go on' : 'stop';
    };
    for (const base of met.allows) {
      const whole = intersectCube(this.#everything(asked), [...base, ...given], this.#workshop);
      if (whole === undefined) continue;
      const outcomes = [subtract(whole, [...met.denies, ...met.allowed], this.#workshop, visit)];
      for (const region of met.denied) {
        if (request !== undefined) break;
        const caught = intersectCube(whole, region, this.#workshop);
        if (caught !== undefined) outcomes.push(subtract(caught, met.denies, this.#workshop, visit));
      }
      if (request !== undefined) return { kind: 'witness', request };
      if (outcomes.includes('bound')) doubt = BOUND;
    }
    return doubt === undefined ? { kind: 'none' } : { kind: 'unclear', reason: doubt };
  }

  #everything(asked: AskedActions): Cube {
    const action = asked.pattern === undefined ? ALL_TEXTS : restrictText(ALL_TEXTS, this.unions.of([asked.pattern]), true);
    return { action, principal: allCallers(callersOf(this.#sides.options)), resource: ALL_TEXTS, keys: new Map() };
  }

  #atomsOf(assignment: Assignment): readonly Atom[] {
    return assignmentAtoms(assignment, { unions: this.unions, letters: this.#letters, assignment: NO_ASSIGNMENT });
  }

  #resourceAccounts(): KeySet {
    return { absent: false, single: restrictValues(ALL_VALUES, { kind: 'text', union: this.unions.of([TWELVE_DIGITS]), sign: true }), many: undefined };
  }

  #wholeKey(key: string): KeySet {
    const known = this.#wholeKeys.get(key);
    if (known !== undefined) return known;
    const arity = this.#arities.get(key) ?? 'single';
    const made = key === RESOURCE_ACCOUNT ? this.#resourceAccounts() : allOfKey(arity, arity === 'single' ? undefined : this.unions.of([literalGlob('')]));
    this.#wholeKeys.set(key, made);
    return made;
  }
}

/** Every resource belongs to an account, so the key is never absent. */
const RESOURCE_ACCOUNT = 'aws:resourceaccount';
const TWELVE_DIGITS = globOf(Array.from({ length: 12 }, () => ({ kind: 'digit' }) as const));

/** What a refuted request costs, so that refuting cannot go on for ever. */
const REFUTED_COST = 50_000;

const ATTACHED: readonly CallerClass[] = ['user', 'role', 'federated-user'];

function callersOf(options: CompareOptions): readonly CallerClass[] {
  switch (options.policyType) {
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
function aritiesOf(statements: readonly CompiledStatement[], options: CompareOptions): ReadonlyMap<string, Arity> {
  const arities = new Map<string, Arity>();
  for (const statement of statements) {
    for (const { key, use } of statement.conditions) {
      const told = isMultivaluedKey(key) ?? options.catalogue?.isMultivalued?.(key);
      if (told === true) arities.set(key, 'many');
      else if (told === undefined && use !== undefined && use.quantifier !== 'one') arities.set(key, 'either');
    }
  }
  return arities;
}
