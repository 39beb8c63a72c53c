import type { ActionSet } from '../../iam/action.ts';
import type { Pattern } from '../../iam/wildcard.ts';
import type { ActionElement } from '../compile.ts';
import { type Glob, type GlobPart, EXCEPT_COLON, EXCEPT_NONE, NO_LOOP, charUnits, globOf, partsOfGlob } from './glob.ts';
import { accepts, conflict, covers, relaxed } from './glob-relations.ts';
import { globOfPattern, LetterTable, NO_ASSIGNMENT } from './pattern-glob.ts';
import type { Budget } from './budget.ts';
import type { Atom } from './cube.ts';
import { EVERYTHING, type Union, type UnionTable } from './union.ts';

/** Actions that stand for all others. */
export interface ActionClasses {
  /**
   * Names in lower case: those the documents spell out, then made-up ones for what no pattern spells out. No element
   * tells a name apart from the others it stands for.
   */
  readonly names: readonly string[];
  /** Patterns of one service that others divide in ways one name cannot stand for. */
  readonly patterns: readonly OpenPattern[];
}

export interface OpenPattern {
  readonly service: string;
  readonly glob: Glob;
}

/** Never part of a real name, so it stands for any name that no pattern spells out. */
const FRESH = 'zqxj';

/** The action patterns of the documents of one comparison. */
export class ActionVocabulary {
  readonly #letters = new LetterTable();
  readonly #globs = new Map<Pattern, Glob>();
  readonly #literals = new Map<string, Set<string>>();
  readonly #byService = new Map<string, Map<string, Glob>>();
  readonly #anyService = new Map<string, Glob>();

  readonly #budget: Budget;

  constructor(elements: readonly ActionElement[], budget: Budget) {
    this.#budget = budget;
    for (const element of elements) for (const set of setsOf(element)) this.#collect(set);
  }

  /**
   * Splits the actions that some element of `wanted` covers into classes. IAM's action names are an open set: what no
   * pattern spells out gets a representative with a made-up name. `everything` asks for all actions. When the budget runs
   * out classes are missing, which its owner sees.
   */
  classify(wanted: readonly ActionElement[], everything: boolean): ActionClasses {
    const names = new Set<string>();
    const patterns = new Map<string, OpenPattern>();
    const whole = everything || wanted.some((element) => element.negated || setsOf(element).some((set) => set.everything));
    for (const element of wanted) if (!element.negated) for (const set of setsOf(element)) for (const name of set.exact) names.add(name);
    const open = whole ? this.#inAllServices(ANY_ACTION) : wanted.flatMap((element) => setsOf(element).flatMap((set) => this.#openOf(set)));
    const seen = new Set<string>();
    for (const pattern of open) {
      if (seen.has(pattern.glob.key)) continue;
      seen.add(pattern.glob.key);
      this.#split(pattern, names, patterns);
    }
    return { names: [...names], patterns: [...patterns.values()] };
  }

  /**
   * How an element meets the actions of an open pattern: all of them, none, or those of a constraint.
   */
  meet(element: ActionElement, pattern: OpenPattern, unions: UnionTable): 'all' | 'none' | Atom {
    const sure = this.#within(element.sure, pattern);
    const perhaps = element.perhaps === undefined ? [] : this.#within(element.perhaps, pattern);
    if (sure === 'all') return element.negated ? 'none' : 'all';
    const rest = perhaps === 'all' ? [EVERYTHING] : perhaps;
    if (sure.length === 0 && rest.length === 0) return element.negated ? 'all' : 'none';
    return { kind: 'action', union: unions.of(sure, rest), sign: !element.negated };
  }

  /** The names of an open pattern as a constraint. */
  unionOf(pattern: OpenPattern, unions: UnionTable): Union {
    return unions.of([pattern.glob]);
  }

  #within(set: ActionSet, { service, glob }: OpenPattern): 'all' | readonly Glob[] {
    if (set.everything) return 'all';
    const globs: Glob[] = [];
    const prefix = `${service}:`;
    for (const name of set.exact) if (name.startsWith(prefix) && accepts(glob, name)) globs.push(globOf(charUnits(name)));
    const own = (set.byService.get(service) ?? []).map((item) => this.#globOf(item));
    const general = set.anyService.flatMap((item) => inService(this.#globOf(item), service) ?? []);
    for (const other of [...own, ...general]) {
      if (covers(other, glob)) return 'all';
      if (!conflict(other, glob)) globs.push(other);
    }
    return globs;
  }

  #collect(set: ActionSet): void {
    for (const name of set.exact) {
      const service = name.slice(0, name.indexOf(':'));
      const known = this.#literals.get(service);
      if (known === undefined) this.#literals.set(service, new Set([name]));
      else known.add(name);
    }
    for (const [service, patterns] of set.byService) {
      const known = this.#byService.get(service) ?? new Map<string, Glob>();
      for (const pattern of patterns) known.set(this.#globOf(pattern).key, this.#globOf(pattern));
      this.#byService.set(service, known);
    }
    for (const pattern of set.anyService) this.#anyService.set(this.#globOf(pattern).key, this.#globOf(pattern));
  }

  /** Holes in action names are rare; what they may stand for is taken to be anything. */
  #globOf(pattern: Pattern): Glob {
    const known = this.#globs.get(pattern);
    if (known !== undefined) return known;
    const made = relaxed(globOfPattern(pattern, this.#letters, NO_ASSIGNMENT) ?? globOf([]));
    this.#globs.set(pattern, made);
    return made;
  }

  #openOf(set: ActionSet): readonly OpenPattern[] {
    const own = [...set.byService].flatMap(([service, patterns]) => patterns.map((pattern) => ({ service, glob: this.#globOf(pattern) })));
    return [...own, ...set.anyService.flatMap((pattern) => this.#inAllServices(this.#globOf(pattern)))];
  }

  /** A pattern over all services, once for each service that is named anywhere and once for one that is not. */
  #inAllServices(glob: Glob): readonly OpenPattern[] {
    const services = new Set([...this.#literals.keys(), ...this.#byService.keys(), ...this.#servicePatterns(), FRESH]);
    return [...services].flatMap((service) => {
      const own = inService(glob, service);
      return own === undefined ? [] : [{ service, glob: own }];
    });
  }

  /** Names that service parts with wildcards take; AWS has none, but a policy may hold them. */
  #servicePatterns(): readonly string[] {
    return [...this.#anyService.values()].flatMap((glob) => {
      const parts = partsOfGlob(glob);
      const colon = parts.findIndex(isColon);
      return colon === -1 ? [] : [spellFresh(globOf(parts.slice(0, colon)))];
    });
  }

  /** Prefixes nest, so each stands for what lies below it and below no longer one; other patterns stay as they are. */
  #split(pattern: OpenPattern, names: Set<string>, patterns: Map<string, OpenPattern>): void {
    const { service, glob } = pattern;
    for (const name of this.#literals.get(service) ?? []) if (accepts(glob, name)) names.add(name);
    const others = this.#dividing(service, glob);
    if (isPrefix(glob) && others.every(isPrefix)) {
      for (const prefix of [glob, ...others]) names.add(`${prefix.prefix}${FRESH}`);
      return;
    }
    const fresh = spellFresh(glob);
    if (others.length === 0 && accepts(glob, fresh) && this.#literals.get(service)?.has(fresh) !== true) names.add(fresh);
    else patterns.set(glob.key, pattern);
  }

  /** Patterns that take part of the glob only. */
  #dividing(service: string, glob: Glob): readonly Glob[] {
    const own = [...(this.#byService.get(service)?.values() ?? [])];
    const general = [...this.#anyService.values()].flatMap((other) => inService(other, service) ?? []);
    if (!this.#budget.spend((own.length + general.length) >> 1)) return [];
    return [...own, ...general].filter((other) => other.key !== glob.key && !conflict(glob, other) && !covers(other, glob));
  }
}

function setsOf(element: ActionElement): readonly ActionSet[] {
  return element.perhaps === undefined ? [element.sure] : [element.sure, element.perhaps];
}

const NAME: readonly GlobPart[] = [
  { kind: 'one', except: EXCEPT_COLON },
  { kind: 'loop', except: EXCEPT_COLON },
];
const ANY_ACTION = globOf([...NAME, ...charUnits(':'), { kind: 'loop', except: EXCEPT_COLON }]);

/** The part of a pattern within one service; `undefined` when its service part takes another name. */
function inService(glob: Glob, service: string): Glob | undefined {
  const parts = partsOfGlob(glob);
  const colon = parts.findIndex(isColon);
  if (colon === -1) return glob.units.length === 0 && glob.loops[0] !== NO_LOOP ? globOf([...charUnits(`${service}:`), { kind: 'loop', except: EXCEPT_NONE }]) : undefined;
  if (!accepts(globOf(parts.slice(0, colon)), service)) return undefined;
  return globOf([...charUnits(`${service}:`), ...parts.slice(colon + 1)]);
}

function isColon(part: GlobPart): boolean {
  return part.kind === 'char' && part.code === 58;
}

function isPrefix(glob: Glob): boolean {
  return glob.units.length === glob.prefix.length && glob.loops.at(-1) !== NO_LOOP && glob.prefix.includes(':');
}

function spellFresh(glob: Glob): string {
  return partsOfGlob(glob)
    .map((part) => (part.kind === 'loop' ? FRESH : part.kind === 'char' || part.kind === 'fold' ? String.fromCharCode(part.code) : part.kind === 'digit' ? '1' : 'q'))
    .join('');
}
