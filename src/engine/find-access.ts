import { compilePattern } from '../iam/wildcard.ts';
import { AccessSearch } from './access-search.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import { type Atom } from './region/cube.ts';
import { type Glob, EXCEPT_SEPARATOR, SEPARATOR, charUnits, globOf, partsOfGlob } from './region/glob.ts';
import type { KeyAtom } from './region/key-set.ts';
import { globOfPattern } from './region/pattern-glob.ts';
import { regionOfPrincipalKey } from './region/principal-region.ts';
import { CALLER_CLASSES, type CallerClass, type ClassConstraint } from './region/principal-set.ts';
import { PRINCIPAL_KEYS } from './request-context.ts';
import type { CompareOptions, Request } from './types.ts';

/** Some callers: all of a kind, or those whose ARN (of a session: its role's) or name a pattern with `*` and `?` takes. */
export interface CallerFact {
  readonly kind: CallerClass;
  readonly patterns?: readonly string[];
}

/** What a key holds: whether it may be absent, and the values it may have as patterns with `*` and `?`. */
export interface KeyFact {
  readonly absent: boolean;
  readonly values: readonly string[] | 'any';
}

/** What is known of the requests that are asked for; what is left out may be anything. */
export interface AccessFacts {
  readonly callers?: readonly CallerFact[];
  /** By key name in any case. */
  readonly keys?: ReadonlyMap<string, KeyFact>;
}

/** `yes` with a request the evaluator confirms; `no` is certain; `unknown` with the reason. */
export interface FoundAccess {
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly witness?: Request;
  readonly reason?: string;
}

/** Asks documents of one kind whether they allow any request of which some facts are given. */
export class AccessFinder {
  readonly #search: AccessSearch;

  constructor(policies: readonly CompiledPolicy[], options: CompareOptions) {
    this.#search = new AccessSearch(undefined, policies, options);
  }

  /** `only` asks what one statement allows, the denies of all documents taken away. */
  find(facts: AccessFacts, only?: CompiledStatement): FoundAccess {
    const answer = this.#search.find({ given: this.#atomsOf(facts), only });
    switch (answer.kind) {
      case 'witness':
        return { verdict: 'yes', witness: answer.request };
      case 'none':
        return { verdict: 'no' };
      case 'unclear':
        return { verdict: 'unknown', reason: answer.reason };
    }
  }

  #atomsOf(facts: AccessFacts): readonly Atom[] {
    const atoms: Atom[] = [];
    if (facts.callers !== undefined) atoms.push(this.#callers(facts.callers));
    for (const [key, fact] of facts.keys ?? []) atoms.push(...this.#key(key.toLowerCase(), fact));
    return atoms;
  }

  #callers(callers: readonly CallerFact[]): Atom {
    const constraint = (kind: CallerClass): ClassConstraint => {
      const named = callers.filter((caller) => caller.kind === kind);
      if (named.length === 0) return 'none';
      if (named.some((caller) => caller.patterns === undefined)) return 'all';
      const globs = named.flatMap((caller) => caller.patterns ?? []).map((pattern) => this.#glob(pattern));
      return { union: this.#search.space.unions.of(kind === 'role' ? globs.map(withSession) : globs), sign: true };
    };
    return { kind: 'principal', atom: new Map(CALLER_CLASSES.map((kind): [CallerClass, ClassConstraint] => [kind, constraint(kind)])) };
  }

  #key(key: string, fact: KeyFact): readonly Atom[] {
    const { unions } = this.#search.space;
    const value = fact.values === 'any' ? ('all' as const) : ({ kind: 'text', union: unions.of(fact.values.map((pattern) => this.#glob(pattern))), sign: true } as const);
    const atom: KeyAtom = { absent: fact.absent, single: value, many: value === 'all' ? value : { quantifier: 'every', atom: value } };
    if (!PRINCIPAL_KEYS.has(key)) return [{ kind: 'key', key, atom }];
    const caller = regionOfPrincipalKey(key, atom, this.#search.space.vocabulary());
    return caller === undefined ? [] : [{ kind: 'principal', atom: caller }];
  }

  #glob(pattern: string): Glob {
    const { letters, assignment } = this.#search.space.vocabulary();
    return globOfPattern(compilePattern(pattern, { wildcards: true, variables: false }), letters, assignment) ?? globOf([]);
  }
}

function withSession(glob: Glob): Glob {
  return globOf([...partsOfGlob(glob, EXCEPT_SEPARATOR), ...charUnits(SEPARATOR), { kind: 'loop', except: EXCEPT_SEPARATOR }]);
}
