import type { Value } from '../../../core/value.ts';
import type { ClassFact, Creation } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import type { HolderReader } from './holders.ts';
import { type IdPattern, idPatterns, idRank } from './id-pattern.ts';

/** The expression that makes a construct, or the nearest construct above it that the sources make. */
export interface FoundConstruct {
  readonly creation: Creation;
  /** The call of the project's own function that made it there, e.g. `makeRole(this, 'Role')`. */
  readonly via: Creation | undefined;
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

interface Candidate {
  readonly creation: Creation;
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
    for (const creation of file.creations) {
      const candidate = { creation, patterns: idPatterns(foldId(creation, project, holders)) };
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

/** The id, with parameters taken from what callers give. */
function foldId(creation: Creation, project: TypeScriptProject, holders: HolderReader): Value {
  const { file } = creation;
  return fold(creation.id, { file, project, scopeId: file.source.path, bound: new Map(), depth: 0, budget: { left: MAX_FOLD_STEPS }, givenFor: holders.callsOf });
}

/** Ids that constructs of the library give their own resources; an id that only runs is never one of these. */
const LIBRARY_IDS: ReadonlySet<string> = new Set(['Resource', 'Default', 'DefaultPolicy']);

interface Here {
  readonly creation: Creation | undefined;
  readonly via: Creation | undefined;
  readonly classes: readonly ClassFact[];
}

interface Trail extends Here {
  readonly depth: number;
  readonly score: number;
}

function search(segments: readonly string[], index: CreationIndex, holders: HolderReader): FoundConstruct | undefined {
  const budget = { left: MAX_STEPS };
  const best = deepest({ creation: undefined, via: undefined, classes: [], depth: 0, score: 0 }, segments, { index, holders, budget });
  return best.creation === undefined ? undefined : { creation: best.creation, via: best.via, classes: best.classes, below: segments.slice(best.depth) };
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
  for (const { creation, score } of rankedChildren(here, segment, state)) {
    if (state.budget.left <= 0) break;
    const made = innermost(creation, state.holders);
    const next: Trail = { creation: made, via: made === creation ? undefined : creation, classes: state.holders.classesOf(made), depth: here.depth + 1, score: here.score + score };
    const end = deepest(next, segments, state);
    if (end.depth > best.depth || (end.depth === best.depth && end.score > best.score)) best = end;
  }
  return best;
}

/** Creations that may have made the child, the surest first. */
function rankedChildren(here: Here, segment: string, state: Search): readonly { readonly creation: Creation; readonly score: number }[] {
  const { index, holders, budget } = state;
  const ranked: { creation: Creation; score: number }[] = [];
  for (const { creation, patterns } of new Set([...(index.byLiteral.get(segment) ?? []), ...index.open])) {
    const id = Math.max(0, ...patterns.map((pattern) => idRank(pattern, segment)));
    if (id === 0 || (id === 1 && LIBRARY_IDS.has(segment))) continue;
    budget.left -= 1;
    const relation = relationTo(creation, here, holders);
    // Neither its scope nor its id is known to fit: that may be any construct.
    if (relation === 1 && id === 1) continue;
    // A call with the id written out says more than the `new` inside the function, which serves all calls.
    if (relation > 0) ranked.push({ creation, score: relation * 10 + id + (innermost(creation, holders) === creation ? 0 : 1) });
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
        return holder.creation === here.creation || (here.creation !== undefined && innermost(holder.creation, holders) === here.creation);
    }
  });
  if (isHere) return 4;
  // A scope that only runs may be anything, but a library's own children are never named in the sources.
  return known.length === 0 && (here.creation === undefined || here.classes.length > 0) ? 1 : 0;
}

/** For `makeRole(this, 'Role')`, the `new Role(scope, id)` inside that gets both: that is where the construct is made. */
function innermost(creation: Creation, holders: HolderReader): Creation {
  if (creation.node.type !== 'CallExpression') return creation;
  return holders.madeBy(creation) ?? creation;
}
