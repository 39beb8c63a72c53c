import type { CompiledStatement, ResourceElement } from '../compile.ts';
import { PRINCIPAL_KEYS } from '../request-context.ts';
import type { ComparableKind } from '../types.ts';
import type { CompiledCondition } from '../../iam/condition/index.ts';
import type { Pattern } from '../../iam/wildcard.ts';
import { type ConditionRegion, regionOfCondition, type Vocabulary } from './condition-region.ts';
import type { Atom } from './cube.ts';
import { globOfPattern } from './pattern-glob.ts';
import { regionOfPrincipalKey, regionOfPrincipals } from './principal-region.ts';
import { CALLER_CLASSES } from './principal-set.ts';

/**
 * The requests a statement applies to, its action apart. `may` is never too small; `must` is never too large, and
 * `undefined` when no request is certain.
 */
export interface StatementRegion {
  readonly statement: CompiledStatement;
  readonly may: readonly Atom[];
  readonly must: readonly Atom[] | undefined;
}

/** Kinds of document whose statements name the callers they apply to. */
const NAMES_CALLERS: ReadonlySet<ComparableKind> = new Set<ComparableKind>(['resource', 'trust', 'endpoint', 'rcp']);
/** Of those, the kinds where a statement without `Principal` applies to everybody. */
const PRINCIPAL_OPTIONAL: ReadonlySet<ComparableKind> = new Set<ComparableKind>(['endpoint', 'rcp']);

/** Can a document of the kind name principals? */
export function namesCallers(kind: ComparableKind): boolean {
  return NAMES_CALLERS.has(kind);
}

/** The region of one statement; `undefined` when it applies to no request at all. */
export function regionOfStatement(statement: CompiledStatement, kind: ComparableKind, vocabulary: Vocabulary): StatementRegion | undefined {
  const region = new RegionBuilder();
  if (statement.present !== 'yes' || statement.effect === 'unknown') region.doubt();
  if (namesCallers(kind) && !addPrincipals(region, statement, kind, vocabulary)) return undefined;
  if (!addResource(region, statement, kind, vocabulary)) return undefined;
  if (statement.gaps.condition) region.doubt();
  for (const condition of statement.conditions) if (!addCondition(region, condition, statement, vocabulary)) return undefined;
  return { statement, may: region.may, must: region.certain ? region.must : undefined };
}

/** Collects constraints: those that surely apply, and those that apply in some deployments only. */
class RegionBuilder {
  readonly may: Atom[] = [];
  readonly must: Atom[] = [];
  certain = true;

  both(atom: Atom): void {
    this.may.push(atom);
    this.must.push(atom);
  }

  /** The statement may have a further limit that is not known. */
  doubt(): void {
    this.certain = false;
  }
}

function addPrincipals(region: RegionBuilder, statement: CompiledStatement, kind: ComparableKind, vocabulary: Vocabulary): boolean {
  const { principal, gaps } = statement;
  if (gaps.principal) {
    region.doubt();
    return true;
  }
  if (principal === undefined) return PRINCIPAL_OPTIONAL.has(kind);
  const atom = regionOfPrincipals(principal, statement.effect, vocabulary);
  if (CALLER_CLASSES.every((name) => atom.get(name) === 'all')) return true;
  region.both({ kind: 'principal', atom });
  return true;
}

function addResource(region: RegionBuilder, statement: CompiledStatement, kind: ComparableKind, vocabulary: Vocabulary): boolean {
  const { resource, gaps } = statement;
  if (resource === undefined) {
    if (gaps.resource) region.doubt();
    return gaps.resource || kind === 'resource' || kind === 'trust';
  }
  if (resource.everything) return !resource.negated;
  const atom = resourceAtom(resource, vocabulary);
  if (gaps.resource) {
    region.doubt();
    if (resource.negated) region.may.push(atom);
    return true;
  }
  region.both(atom);
  if (!resource.negated) for (const key of neededVariables(resource.patterns.map(({ pattern }) => pattern))) region.may.push(...atomsOf(key, PRESENT, vocabulary) ?? []);
  return true;
}

/** The key has one value. */
const PRESENT: ConditionRegion = { kind: 'atom', atom: { absent: false, single: 'all', many: 'none' } };

/** Variables without default that every pattern uses: without a value of theirs none of the patterns matches. */
function neededVariables(patterns: readonly Pattern[]): readonly string[] {
  const [first, ...rest] = patterns.map((pattern) => new Set(pattern.tokens.flatMap((token) => (token.kind === 'variable' && token.fallback === undefined ? [token.key] : []))));
  return [...(first ?? [])].filter((key) => rest.every((keys) => keys.has(key)));
}

function resourceAtom(resource: ResourceElement, vocabulary: Vocabulary): Atom {
  const globs = resource.patterns.map(({ pattern, present }) => ({ glob: globOfPattern(pattern, vocabulary.letters, vocabulary.assignment), sure: present === 'yes' }));
  const pick = (sure: boolean): ReturnType<typeof globOfPattern>[] => globs.filter((item) => item.sure === sure).map((item) => item.glob);
  const union = vocabulary.unions.of(pick(true).filter((glob) => glob !== undefined), pick(false).filter((glob) => glob !== undefined));
  return { kind: 'resource', union, sign: !resource.negated };
}

/** False when the condition, and so the statement, holds for no request. */
function addCondition(region: RegionBuilder, condition: CompiledCondition, statement: CompiledStatement, vocabulary: Vocabulary): boolean {
  const { use } = condition;
  if (use === undefined) {
    region.doubt();
    return condition.openOperator || statement.effect !== 'Allow' || condition.present !== 'yes';
  }
  const made = regionOfCondition(condition, use, vocabulary);
  if (made.kind === 'never') {
    if (condition.present === 'yes') return false;
    region.doubt();
    return true;
  }
  const atoms = atomsOf(condition.key, made, vocabulary);
  if (atoms === undefined) region.doubt();
  for (const atom of atoms ?? []) {
    if (condition.present === 'yes') region.may.push(atom);
    region.must.push(atom);
  }
  return true;
}

function atomsOf(key: string, region: ConditionRegion, vocabulary: Vocabulary): readonly Atom[] | undefined {
  if (region.kind !== 'atom') return undefined;
  if (PRINCIPAL_KEYS.has(key)) {
    const atom = regionOfPrincipalKey(key, region.atom, vocabulary);
    return atom === undefined ? undefined : [{ kind: 'principal', atom }];
  }
  return [{ kind: 'key', key, atom: region.atom }];
}
