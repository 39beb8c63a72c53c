import type { CompiledStatement } from '../compile.ts';
import { HOLE_OPEN } from '../../iam/token.ts';
import type { Request } from '../types.ts';
import { type Atom, type Cube, intersectCube, subtract } from './cube.ts';
import type { Glob } from './glob.ts';
import { type Assignment, NO_ASSIGNMENT } from './pattern-glob.ts';
import type { StatementSpace } from './space.ts';
import { assignmentsFor, capturedValues } from './variables.ts';
import { spellWitness } from './witness.ts';

/** The statements of the two sides of a comparison. */
export interface ComparedSides {
  readonly after: readonly CompiledStatement[];
  /** `undefined` when there is no other side: all that `after` allows is asked for. */
  readonly before: readonly CompiledStatement[] | undefined;
}

/** What is asked of the two sides. */
export interface Asked {
  /** One action in lower case; `undefined` when a whole pattern is asked for. */
  readonly name: string | undefined;
  readonly pattern: Glob | undefined;
  /** For each statement (after, then before) whether it meets the actions: surely, not, perhaps, or within a constraint. */
  readonly met: readonly ('y' | 'n' | '?' | Atom)[];
  /** Only requests within these constraints. */
  readonly given: readonly Atom[];
  /** Only what this statement allows. */
  readonly only: CompiledStatement | undefined;
}

export type Answer = { readonly kind: 'none' } | { readonly kind: 'witness'; readonly request: Request } | { readonly kind: 'unclear'; readonly reason: string };

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
/** What a refuted request costs, so that refuting cannot go on for ever. */
const REFUTED_COST = 50_000;

/** Asks, for one action or pattern at a time, whether a request is allowed after and not before. */
export class ActionQuestion {
  readonly #sides: ComparedSides;
  readonly #space: StatementSpace;
  readonly #statements: readonly CompiledStatement[];
  /** Parts of the last question that no request was confirmed for. */
  readonly #leftOver: Cube[] = [];

  constructor(sides: ComparedSides, space: StatementSpace) {
    this.#sides = sides;
    this.#space = space;
    this.#statements = [...sides.after, ...(sides.before ?? [])];
  }

  /**
   * With variables left open first; what that cannot settle is asked again with values for them. `none` is certain, and a
   * witness has been confirmed.
   */
  ask(asked: Asked, confirm: (request: Request) => boolean): Answer {
    this.#leftOver.length = 0;
    const generic = this.#solve(asked, NO_ASSIGNMENT, confirm);
    if (generic.kind !== 'unclear') return generic;
    const met = this.#statements.filter((_, index) => asked.met[index] !== 'n');
    const variables = [...new Set(met.flatMap((statement) => this.#space.variablesOf(statement)))];
    if (variables.length === 0) return generic;
    const { assignments, exhaustive } = assignmentsFor(variables, met, capturedValues(this.#leftOver, this.#space.oracle));
    let doubt = false;
    for (const assignment of assignments) {
      const answer = this.#solve(asked, assignment, confirm);
      if (answer.kind === 'witness') return answer;
      if (answer.kind === 'unclear') doubt = true;
    }
    if (exhaustive && !doubt) return { kind: 'none' };
    return { kind: 'unclear', reason: `policy variables (${variables.map((key) => `\`${key}\``).join(', ')}) decide, and no value of theirs was found that shows access` };
  }

  /** Does a statement, for the actions asked, surely apply only where others do? */
  isCovered(asked: Asked, statement: CompiledStatement, others: readonly CompiledStatement[]): boolean {
    const { workshop } = this.#space;
    const [own] = this.#regionsOf([statement], asked, 'may');
    if (own === undefined) return true;
    const whole = intersectCube(this.#space.whole(asked.pattern), own, workshop);
    if (whole === undefined) return true;
    let covered = true;
    const outcome = subtract(whole, this.#regionsOf(others, asked, 'must'), workshop, () => {
      covered = false;
      return 'stop';
    });
    return covered && outcome === 'done';
  }

  #regionsOf(statements: readonly CompiledStatement[], asked: Asked, side: 'may' | 'must'): readonly (readonly Atom[])[] {
    return statements.flatMap((statement) => {
      const met = asked.met[this.#statements.indexOf(statement)] ?? 'n';
      const region = met === 'n' || (met === '?' && side === 'must') ? undefined : this.#space.regionOf(statement, NO_ASSIGNMENT);
      const atoms = region?.[side];
      return atoms === undefined ? [] : [typeof met === 'object' ? [met, ...atoms] : atoms];
    });
  }

  #meet(asked: Asked, assignment: Assignment): Met {
    const allows: (readonly Atom[])[] = [];
    const denies: (readonly Atom[])[] = [];
    const allowed: (readonly Atom[])[] = [];
    const denied: (readonly Atom[])[] = [];
    for (const [index, statement] of this.#statements.entries()) {
      const met = asked.met[index] ?? 'n';
      const region = met === 'n' ? undefined : this.#space.regionOf(statement, assignment);
      if (region === undefined) continue;
      const limits = typeof met === 'object' ? [met] : [];
      const may = [...limits, ...region.may];
      const must = met === '?' || region.must === undefined ? undefined : [...limits, ...region.must];
      if (index < this.#sides.after.length) {
        if (statement.effect !== 'Deny' && (asked.only === undefined || asked.only === statement)) allows.push(may);
        if (statement.effect === 'Deny' && must !== undefined) denies.push(must);
      } else {
        if (statement.effect !== 'Allow') denied.push(may);
        else if (must !== undefined) allowed.push(must);
      }
    }
    // A policy that allows everything stands under all resource control policies.
    if (this.#space.kind === 'rcp' && asked.only === undefined) allows.push([]);
    if (this.#space.kind === 'rcp' && this.#sides.before !== undefined) allowed.push([]);
    return { allows, denies, allowed, denied };
  }

  /**
   * What each allow of `after` leaves once the denies of `after` are taken away: outside every allow of `before`, or
   * inside one of the denies of `before`.
   */
  #solve(asked: Asked, assignment: Assignment, confirm: (request: Request) => boolean): Answer {
    const { workshop } = this.#space;
    if (!workshop.budget.spend(this.#statements.length)) return { kind: 'unclear', reason: BOUND };
    const met = this.#meet(asked, assignment);
    const given = [...asked.given, ...this.#space.atomsOf(assignment)];
    let doubt: string | undefined;
    let request: Request | undefined;
    const visit = (rest: Cube): 'stop' | 'go on' => {
      const spelled = spellWitness(rest, asked.name, this.#space.style);
      if (spelled !== undefined && !namesVariable(spelled) && confirm(spelled)) {
        request = spelled;
        return 'stop';
      }
      doubt = REFUTED;
      if (this.#leftOver.length < MAX_LEFT_OVER) this.#leftOver.push(rest);
      return workshop.budget.spend(REFUTED_COST) ? 'go on' : 'stop';
    };
    for (const base of met.allows) {
      const whole = intersectCube(this.#space.whole(asked.pattern), [...base, ...given], workshop);
      if (whole === undefined) continue;
      const outcomes = [subtract(whole, [...met.denies, ...met.allowed], workshop, visit)];
      for (const region of met.denied) {
        if (request !== undefined) break;
        const caught = intersectCube(whole, region, workshop);
        if (caught !== undefined) outcomes.push(subtract(caught, met.denies, workshop, visit));
      }
      if (request !== undefined) return { kind: 'witness', request };
      if (outcomes.includes('bound')) doubt = BOUND;
    }
    return doubt === undefined ? { kind: 'none' } : { kind: 'unclear', reason: doubt };
  }
}

/** A request in which a variable still stands for its value is no request. */
function namesVariable(request: Request): boolean {
  const values = Object.values(request.context ?? {}).flat();
  return [request.principal, request.action, request.resource, request.resourceAccount, ...values].some((value) => typeof value === 'string' && value.includes(VARIABLE_HOLE));
}

const VARIABLE_HOLE = `${HOLE_OPEN}$`;
