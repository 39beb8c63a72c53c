import { matchPattern } from '../iam/holes.ts';
import { type Caller, readCaller } from '../iam/principal.ts';
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
import type { CompareOptions, Request, RequestValue } from './types.ts';

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
    const answer = this.#search.find({ given: this.#atomsOf(facts), only, accepts: (request) => satisfies(request, facts) });
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

/** Does a request bear the facts out for certain? Where holes are involved the search may have gone too far. */
function satisfies(request: Request, facts: AccessFacts): boolean {
  const caller = readCaller(request.principal, request.anonymous === true);
  const given = new Map(Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
  const name = callerName(caller, given.get('aws:principalarn'));
  const named = facts.callers?.some(({ kind, patterns }) => kind === caller.kind && (patterns === undefined || patterns.some((pattern) => takes(pattern, name)))) ?? true;
  return named && [...(facts.keys ?? [])].every(([key, fact]) => PRINCIPAL_KEYS.has(key.toLowerCase()) || holdsFact(given.get(key.toLowerCase()), fact));
}

function callerName(caller: Caller, given: RequestValue): string {
  if (caller.kind === 'role') return typeof given === 'string' ? given : caller.roleArn;
  return caller.kind === 'anonymous' || caller.kind === 'unclear' ? '' : 'arn' in caller ? caller.arn : caller.name;
}

function holdsFact(value: RequestValue, fact: KeyFact): boolean {
  if (value === undefined) return fact.absent;
  const { values } = fact;
  const held = Array.isArray(value) ? value.map(String) : [String(value)];
  return values === 'any' || held.every((item) => values.some((pattern) => takes(pattern, item)));
}

function takes(pattern: string, text: string): boolean {
  return matchPattern(compilePattern(pattern, { wildcards: true, variables: false }), text) === 'yes';
}

function withSession(glob: Glob): Glob {
  return globOf([...partsOfGlob(glob, EXCEPT_SEPARATOR), ...charUnits(SEPARATOR), { kind: 'loop', except: EXCEPT_SEPARATOR }]);
}
