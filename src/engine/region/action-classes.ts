import type { ActionSet } from '../../iam/action.ts';
import type { Pattern } from '../../iam/wildcard.ts';
import type { ActionElement } from '../compile.ts';
import type { Budget } from './budget.ts';
import { type Glob, type GlobPart, EXCEPT_COLON, NO_LOOP, accepts, charUnits, conflict, covers, globOf, partsOfGlob, relaxed } from './glob.ts';
import { Machine } from './machine.ts';
import { globOfPattern, LetterTable, NO_ASSIGNMENT } from './pattern-glob.ts';

/** Actions that stand for all others: no two actions that some element tells apart share a representative. */
export interface ActionClasses {
  /** Lower case; names from the documents first, then made-up ones that stand for what the documents do not name. */
  readonly representatives: readonly string[];
  /** Some class may be missing: a bound was reached. */
  readonly bounded: boolean;
}

/** Never part of a real name, so it stands for any name that no pattern spells out. */
const FRESH = 'zqxj';
const MAX_CLASSES = 5_000;

/**
 * Splits the actions that some element of `wanted` covers into classes that no element of `all` divides further.
 * `everything` asks for the classes of all actions. IAM's action names are an open set: what no pattern spells out gets a
 * representative with a made-up name.
 */
export function classifyActions(wanted: readonly ActionElement[], all: readonly ActionElement[], everything: boolean, budget: Budget): ActionClasses {
  return new Classifier(all, budget).classify(wanted, everything);
}

class Classifier {
  readonly #budget: Budget;
  readonly #letters = new LetterTable();
  readonly #literals = new Map<string, Set<string>>();
  readonly #globs = new Map<string, Map<string, Glob>>();
  readonly #anyService = new Map<string, Glob>();
  readonly #found = new Set<string>();
  readonly #expanded = new Set<string>();
  #bounded = false;

  constructor(all: readonly ActionElement[], budget: Budget) {
    this.#budget = budget;
    for (const element of all) for (const set of setsOf(element)) this.#collect(set);
  }

  classify(wanted: readonly ActionElement[], everything: boolean): ActionClasses {
    const whole = everything || wanted.some((element) => element.negated || setsOf(element).some((set) => set.everything));
    for (const element of wanted) if (!element.negated) for (const set of setsOf(element)) for (const name of set.exact) this.#found.add(name);
    if (whole) this.#expandAnyService(globOf([{ kind: 'loop', except: EXCEPT_COLON }, ...charUnits(':'), { kind: 'loop', except: EXCEPT_COLON }]));
    else for (const element of wanted) for (const set of setsOf(element)) this.#expandSet(set);
    return { representatives: [...this.#found], bounded: this.#bounded };
  }

  #collect(set: ActionSet): void {
    for (const name of set.exact) {
      const service = name.slice(0, name.indexOf(':'));
      const known = this.#literals.get(service);
      if (known === undefined) this.#literals.set(service, new Set([name]));
      else known.add(name);
    }
    for (const [service, patterns] of set.byService) {
      const known = this.#globs.get(service) ?? new Map<string, Glob>();
      for (const pattern of patterns) this.#remember(known, pattern);
      this.#globs.set(service, known);
    }
    for (const pattern of set.anyService) this.#remember(this.#anyService, pattern);
  }

  #remember(globs: Map<string, Glob>, pattern: Pattern): void {
    const glob = this.#globOf(pattern);
    globs.set(glob.key, glob);
  }

  /** Holes in action names are rare; what they may stand for is split as if it were a star. */
  #globOf(pattern: Pattern): Glob {
    return relaxed(globOfPattern(pattern, this.#letters, NO_ASSIGNMENT) ?? globOf([]));
  }

  #expandSet(set: ActionSet): void {
    for (const [service, patterns] of set.byService) for (const pattern of patterns) this.#expand(service, this.#globOf(pattern));
    for (const pattern of set.anyService) this.#expandAnyService(this.#globOf(pattern));
  }

  /** A pattern over all services: each service that is named anywhere, and one that is not. */
  #expandAnyService(glob: Glob): void {
    for (const service of new Set([...this.#literals.keys(), ...this.#globs.keys(), ...this.#patternServices(), FRESH])) {
      const own = inService(glob, service);
      if (own !== undefined) this.#expand(service, own);
    }
  }

  /** Names that service parts with wildcards take. Two such parts may overlap in ways that are not searched. */
  #patternServices(): readonly string[] {
    const parts = [...this.#anyService.values()].map((glob) => servicePart(glob)).filter((part) => part !== undefined && !(part.units.length === 0 && part.loops[0] !== NO_LOOP));
    if (new Set(parts.map((part) => part?.key)).size > 1) this.#bounded = true;
    return parts.flatMap((part) => (part === undefined ? [] : (spellFresh(part) ?? [])));
  }

  #expand(service: string, glob: Glob): void {
    if (this.#expanded.has(glob.key) || this.#isFull()) return;
    this.#expanded.add(glob.key);
    for (const name of this.#literals.get(service) ?? []) if (accepts(glob, name)) this.#found.add(name);
    const others = this.#dividing(service, glob);
    if (!isPrefix(glob) || !others.every(isPrefix)) {
      this.#explore(service, glob, others);
      return;
    }
    // Prefixes nest, so each stands for what lies below it and below no longer one.
    for (const prefix of [glob, ...others]) this.#found.add(`${prefix.prefix}${FRESH}`);
  }

  /** Patterns that cover part of the glob only. */
  #dividing(service: string, glob: Glob): readonly Glob[] {
    const own = [...(this.#globs.get(service)?.values() ?? [])];
    const general = [...this.#anyService.values()].flatMap((other) => inService(other, service) ?? []);
    return [...own, ...general].filter((other) => other.key !== glob.key && !conflict(glob, other) && !covers(other, glob));
  }

  /** Names of every combination of patterns that some name has, by walking their common automaton. */
  #explore(service: string, glob: Glob, others: readonly Glob[]): void {
    const named = [...(this.#literals.get(service) ?? [])].filter((name) => accepts(glob, name));
    const simple = spellFresh(glob);
    if (others.length === 0 && simple !== undefined && !named.includes(simple)) {
      this.#found.add(simple);
      return;
    }
    const machine = new Machine({ groups: [[glob]], neg: named.map((name) => globOf(charUnits(name))), watch: others });
    const signatures = new Set<string>();
    const seen = new Set<string>();
    let frontier: { readonly state: Uint32Array; readonly name: string }[] = [{ state: machine.initial(), name: '' }];
    while (frontier.length > 0 && !this.#isFull()) {
      const next: { readonly state: Uint32Array; readonly name: string }[] = [];
      for (const { state, name } of frontier) {
        const symbols = machine.symbols(state);
        if (!this.#budget.spend(symbols.length * (machine.words + 4))) {
          this.#bounded = true;
          return;
        }
        for (const symbol of symbols) {
          // Names are compared in lower case and hold no blanks; capitals would only double the work.
          const reached = symbol < 0 || isCapital(symbol) ? undefined : machine.step(state, symbol);
          if (reached === undefined) continue;
          const key = String.fromCharCode(...new Uint16Array(reached.buffer));
          if (seen.has(key)) continue;
          seen.add(key);
          const spelled = name + String.fromCharCode(symbol);
          next.push({ state: reached, name: spelled });
          const signature = machine.watched(reached);
          if (!machine.accepts(reached) || signatures.has(signature) || spelled.endsWith(':')) continue;
          signatures.add(signature);
          this.#found.add(spelled);
        }
      }
      frontier = next;
    }
  }

  #isFull(): boolean {
    if (this.#found.size > MAX_CLASSES) this.#bounded = true;
    return this.#bounded;
  }
}

function setsOf(element: ActionElement): readonly ActionSet[] {
  return element.perhaps === undefined ? [element.sure] : [element.sure, element.perhaps];
}

/** The part of a pattern within one service; `undefined` when its service part takes another name. */
function inService(glob: Glob, service: string): Glob | undefined {
  const parts = partsOfGlob(glob);
  const colon = parts.findIndex((part) => part.kind === 'char' && part.code === 58);
  if (colon === -1) return glob.units.length === 0 && glob.loops[0] !== NO_LOOP ? globOf([...charUnits(`${service}:`), { kind: 'loop', except: EXCEPT_COLON }]) : undefined;
  if (!accepts(globOf(parts.slice(0, colon)), service)) return undefined;
  return globOf([...charUnits(`${service}:`), ...parts.slice(colon + 1)]);
}

function servicePart(glob: Glob): Glob | undefined {
  const parts = partsOfGlob(glob);
  const colon = parts.findIndex((part) => part.kind === 'char' && part.code === 58);
  return colon === -1 ? undefined : globOf(parts.slice(0, colon));
}

function isPrefix(glob: Glob): boolean {
  return glob.units.length === glob.prefix.length && glob.loops.at(-1) !== NO_LOOP && glob.prefix.includes(':');
}

function spellFresh(glob: Glob): string | undefined {
  let name = '';
  for (const part of partsOfGlob(glob)) name += part.kind === 'loop' ? FRESH : symbolOf(part);
  return accepts(glob, name) && !name.endsWith(':') ? name : undefined;
}

function symbolOf(part: GlobPart): string {
  return part.kind === 'char' || part.kind === 'fold' ? String.fromCharCode(part.code) : part.kind === 'digit' ? '1' : 'q';
}

function isCapital(symbol: number): boolean {
  return symbol >= 65 && symbol <= 90;
}
