import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { enclosingFunction } from '../typescript/declarations.ts';
import type { ClassFact, Creation } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import type { HolderReader } from './holders.ts';
import { type IdPattern, idPatterns, idRank } from './id-pattern.ts';

/** The expression that makes a construct, or the nearest construct above it that the sources make. */
export interface FoundConstruct {
  readonly creation: Creation;
  /** The call of the project's own function that made it there, where several make several: `makeRole(this, 'Role')`. */
  readonly site: TSESTree.Node | undefined;
  /** Classes of the project that the creation makes, nearest first; empty for a construct of a library. */
  readonly classes: readonly ClassFact[];
  /** Segments below it, which a library makes. */
  readonly below: readonly string[];
}

/** Finds constructs by path in the sources of one app. */
export interface ConstructFinder {
  readonly find: (path: string) => FoundConstruct | undefined;
}

/** Candidates looked at for one path; beyond it the best so far is taken. */
const MAX_STEPS = 4_000;
const MAX_FOLD_STEPS = 2_000;
const MAX_SEGMENTS = 40;

export function createConstructFinder(project: TypeScriptProject, holders: HolderReader): ConstructFinder {
  const index = indexCreations(project, holders);
  const found = new Map<string, FoundConstruct | undefined>();
  return {
    find: (path) => {
      if (!found.has(path)) found.set(path, search(path.split('/').slice(0, MAX_SEGMENTS), index, holders));
      return found.get(path);
    },
  };
}

/** A creation as one of the calls of its function makes it. */
interface Candidate {
  readonly creation: Creation;
  readonly site: TSESTree.Node | undefined;
  readonly patterns: readonly IdPattern[];
}

interface CreationIndex {
  readonly byLiteral: ReadonlyMap<string, readonly Candidate[]>;
  readonly open: readonly Candidate[];
}

function indexCreations(project: TypeScriptProject, holders: HolderReader): CreationIndex {
  const byLiteral = new Map<string, Candidate[]>();
  const open: Candidate[] = [];
  for (const file of project.all()) {
    for (const candidate of file.creations.flatMap((creation) => variantsOf(creation, project, holders))) {
      for (const pattern of candidate.patterns) {
        const literal = pattern.length === 1 ? pattern[0] : undefined;
        if (literal === undefined) continue;
        const list = byLiteral.get(literal);
        if (list === undefined) byLiteral.set(literal, [candidate]);
        else if (list.at(-1) !== candidate) list.push(candidate);
      }
      if (candidate.patterns.some((pattern) => pattern.length > 1)) open.push(candidate);
    }
  }
  return { byLiteral, open };
}

/** A creation whose id depends on the call of its function comes once per call. */
function variantsOf(creation: Creation, project: TypeScriptProject, holders: HolderReader): readonly Candidate[] {
  const around = enclosingFunction(creation.node);
  const calls = around === undefined ? [] : holders.callsOf(around, creation.file);
  const all = patternsOf(creation, project, holders.callsOf);
  if (around === undefined || calls.length < 2) return [{ creation, site: undefined, patterns: all }];
  const variants = calls.map((call): Candidate => ({ creation, site: call.site, patterns: patternsOf(creation, project, (of, file) => (of === around ? [call] : holders.callsOf(of, file))) }));
  const texts = new Set(variants.map((variant) => JSON.stringify(variant.patterns)));
  return texts.size < 2 ? [{ creation, site: undefined, patterns: all }] : variants;
}

/** The ids a creation may have, parameters being what the given calls give. */
function patternsOf(creation: Creation, project: TypeScriptProject, givenFor: HolderReader['callsOf']): readonly IdPattern[] {
  const { file } = creation;
  return idPatterns(fold(creation.id, { file, project, scopeId: file.source.path, bound: new Map(), depth: 0, budget: { left: MAX_FOLD_STEPS }, givenFor }));
}

/** Ids that constructs of the library give their own resources; an id that only runs is never one of these. */
const LIBRARY_IDS: ReadonlySet<string> = new Set(['Resource', 'Default', 'DefaultPolicy']);

interface Here {
  readonly creation: Creation | undefined;
  readonly site: TSESTree.Node | undefined;
  readonly classes: readonly ClassFact[];
}

interface Trail extends Here {
  readonly depth: number;
  readonly score: number;
}

function search(segments: readonly string[], index: CreationIndex, holders: HolderReader): FoundConstruct | undefined {
  const budget = { left: MAX_STEPS };
  const best = deepest({ creation: undefined, site: undefined, classes: [], depth: 0, score: 0 }, segments, { index, holders, budget });
  return best.creation === undefined ? undefined : { creation: best.creation, site: best.site, classes: best.classes, below: segments.slice(best.depth) };
}

interface Search {
  readonly index: CreationIndex;
  readonly holders: HolderReader;
  readonly budget: { left: number };
}

function deepest(here: Trail, segments: readonly string[], state: Search): Trail {
  const segment = segments[here.depth];
  if (segment === undefined) return here;
  let best = here;
  for (const { creation, site, score } of rankedChildren(here, segment, state)) {
    if (state.budget.left <= 0) break;
    const made = state.holders.madeBy(creation);
    const next: Trail = { creation: made ?? creation, site: made === undefined ? site : creation.node, classes: state.holders.classesOf(made ?? creation), depth: here.depth + 1, score: here.score + score };
    const end = deepest(next, segments, state);
    if (end.depth > best.depth || (end.depth === best.depth && end.score > best.score)) best = end;
  }
  return best;
}

interface Ranked {
  readonly creation: Creation;
  readonly site: TSESTree.Node | undefined;
  readonly score: number;
}

/** Creations that may have made the child, the surest first. */
function rankedChildren(here: Here, segment: string, state: Search): readonly Ranked[] {
  const { index, holders, budget } = state;
  const ranked: Ranked[] = [];
  for (const { creation, site, patterns } of new Set([...(index.byLiteral.get(segment) ?? []), ...index.open])) {
    const id = Math.max(0, ...patterns.map((pattern) => idRank(pattern, segment)));
    if (id === 0 || (id === 1 && LIBRARY_IDS.has(segment))) continue;
    budget.left -= 1;
    const relation = relationTo(creation, here, holders);
    // Neither its scope nor its id is known to fit: that may be any construct.
    if (relation === 1 && id === 1) continue;
    // A call with the id written out says more than the `new` inside the function, which serves all calls.
    if (relation > 0) ranked.push({ creation, site, score: relation * 10 + id + (holders.madeBy(creation) === undefined ? 0 : 1) });
  }
  return ranked.sort((left, right) => right.score - left.score || left.creation.node.range[0] - right.creation.node.range[0]);
}

/** How surely a creation's scope is the construct here: 4 known, 1 possible, 0 no. */
function relationTo(creation: Creation, here: Here, holders: HolderReader): 0 | 1 | 4 {
  const known = holders.holdersOf(creation.scope, creation.file);
  const isHere = known.some((holder) => {
    switch (holder.kind) {
      case 'app':
        return here.creation === undefined;
      case 'class':
        return here.creation === undefined ? holders.chainOf(holder.fact).at(-1)?.superName === 'App' : here.classes.includes(holder.fact);
      case 'creation':
        return holder.creation === here.creation && sameSite(holder.through, here.site);
    }
  });
  if (isHere) return 4;
  // A scope that only runs may be anything, but a library's own children are never named in the sources.
  return known.length === 0 && (here.creation === undefined || here.classes.length > 0) ? 1 : 0;
}

/** May both be one call? Unless both are known to differ. */
export function sameSite(left: TSESTree.Node | undefined, right: TSESTree.Node | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}
