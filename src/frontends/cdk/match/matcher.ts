import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import { nestedStackOf } from '../assembly/constructs.ts';
import { type ClassFact, lastWord, type TypeScriptFile } from '../typescript/file-facts.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import { type Candidate, candidatesFor, looseStatements } from './candidates.ts';
import { createConstructFinder, type FoundConstruct } from './construct-path.ts';
import { createHolderReader } from './holders.ts';
import { IMPOSSIBLE, type Judge, likeness, LIKELY } from './likeness.ts';

/** Places of constructs and of their policy statements in the sources of an app. */
export interface SourceMatcher {
  /** The expression that makes the construct, or the nearest above it that the sources make. */
  readonly construct: (path: string) => Origin | undefined;
  /** The call or property that makes one statement of a document of the construct; `undefined` when none is likely. */
  readonly statement: (path: string, document: StatementsOf, index: number) => Origin | undefined;
  /** The call that attaches a managed policy, by the last part of its ARN. */
  readonly attachment: (path: string, policyName: string) => Origin | undefined;
}

/** The statements of one document of a construct, and whether it is a role's trust policy. */
export interface StatementsOf {
  readonly statements: readonly Value[];
  readonly trust: boolean;
}

/** More statements of one document than this are not told apart. */
const MAX_STATEMENTS = 200;

export function createMatcher(project: TypeScriptProject): SourceMatcher {
  const holders = createHolderReader(project);
  const finder = createConstructFinder(project, holders);
  const known = new Map<FoundConstruct, readonly Candidate[]>();
  const candidates = (found: FoundConstruct): readonly Candidate[] => {
    const list = known.get(found) ?? candidatesFor(found, project, holders);
    known.set(found, list);
    return list;
  };
  let loose: readonly Candidate[] | undefined;
  return {
    construct: (path) => {
      const found = finder.find(withoutNestedResource(path));
      if (found === undefined) return undefined;
      const child = found.below[0];
      const call = child === undefined || nestedStackOf(path) !== undefined ? undefined : candidates(found).find((one) => makesChild(one, child));
      return call === undefined ? placeOfConstruct(found, path) : placeOf(call.place, call.file);
    },
    statement: (path, { statements, trust }, index) => {
      const judge: Judge = { project, holders, trust };
      const found = finder.find(path);
      const own = found === undefined ? undefined : assigned(candidates(found), statements, index, judge);
      if (own !== undefined) return placeOf(own.place, own.file);
      loose ??= looseStatements(project, holders);
      return onlyLikely(loose, statements[index], judge);
    },
    attachment: (path, policyName) => {
      const found = finder.find(path);
      const call = found === undefined ? undefined : candidates(found).find((one) => attaches(one, policyName));
      return call === undefined ? undefined : placeOf(call.place, call.file);
    },
  };
}

function withoutNestedResource(path: string): string {
  return nestedStackOf(path) ?? path;
}

/**
 * Statements are taken in order, each by its likeliest candidate; among equals the one not taken yet comes first,
 * because the CDK keeps statements in the order they were added.
 */
function assigned(candidates: readonly Candidate[], statements: readonly Value[], index: number, judge: Judge): Candidate | undefined {
  const taken = new Set<Candidate>();
  for (const [at, statement] of statements.slice(0, MAX_STATEMENTS).entries()) {
    let best: { readonly candidate: Candidate; readonly score: number } | undefined;
    for (const candidate of candidates) {
      const score = likeness(candidate, statement, judge) - (taken.has(candidate) ? 0.1 : 0);
      if (score > 0 && (best === undefined || score > best.score)) best = { candidate, score };
    }
    if (at === index) return best?.candidate;
    if (best !== undefined) taken.add(best.candidate);
  }
  return undefined;
}

/** The one statement of all sources that is likely; several alike tell nothing. */
function onlyLikely(loose: readonly Candidate[], statement: Value | undefined, judge: Judge): Origin | undefined {
  if (statement === undefined) return undefined;
  const scored = loose.map((candidate) => ({ candidate, score: likeness(candidate, statement, judge) })).filter(({ score }) => score > IMPOSSIBLE && score >= 2 * LIKELY);
  const only = scored[0];
  return scored.length === 1 && only !== undefined ? placeOf(only.candidate.place, only.candidate.file) : undefined;
}

function attaches(candidate: Candidate, policyName: string): boolean {
  const { place, file } = candidate;
  const call = place.parent?.parent;
  if (lastWord(place) !== 'addManagedPolicy' || call === undefined) return false;
  const text = file.source.text.slice(call.range[0], call.range[1]);
  return text.includes(`'${policyName}'`) || text.includes(`"${policyName}"`) || text.includes(`/${policyName}'`);
}

/** Does a call on a construct make its child: `fn.addPermission('Api', …)`, `fn.addEventSource(new SqsEventSource(…))`, `fn.addFunctionUrl()`? */
function makesChild({ place }: Candidate, child: string): boolean {
  const call = place.parent?.parent;
  if (call?.type !== 'CallExpression') return false;
  const [first] = call.arguments;
  if (first?.type === 'Literal') return first.value === child;
  const made = first?.type === 'NewExpression' ? lastWord(first.callee) : undefined;
  const word = (lastWord(place) ?? '').replace(/^(add|grant|enable)/, '');
  return [made, word].some((name) => name !== undefined && name.length > 2 && /^[A-Z]/.test(name) && child.startsWith(name));
}

/** Library classes whose own constructor makes no resource. */
const EMPTY_BASES: ReadonlySet<string> = new Set(['Construct', 'Stack', 'Stage', 'App']);

/**
 * Where a construct is made. For a class of the project that extends a construct with resources of its own, that is the innermost
 * `super(…)`: it holds the properties, and stack traces end there too.
 */
function placeOfConstruct(found: FoundConstruct, path: string): Origin {
  const { creation, classes, below } = found;
  const base = classes.at(-1)?.superName;
  const isNestedResource = nestedStackOf(path) !== undefined;
  const makesResources = base !== undefined && !EMPTY_BASES.has(base) && (base !== 'NestedStack' || (isNestedResource && below.length === 0));
  if (makesResources) {
    for (const fact of [...classes].reverse()) {
      const call = superCall(fact);
      if (call !== undefined) return placeOf(call, fact.file);
    }
  }
  const { node, file } = creation;
  // A call is marked at the method's name, as stack traces do.
  return placeOf(node.type === 'CallExpression' && node.callee.type === 'MemberExpression' ? node.callee.property : node, file);
}

function superCall(fact: ClassFact): TSESTree.CallExpression | undefined {
  const { range } = fact.node;
  return fact.file.calls.find((call) => call.callee.type === 'Super' && call.range[0] > range[0] && call.range[1] <= range[1]);
}

/** From where a node begins to the end of its line: what a report marks and excerpts. */
function placeOf(node: TSESTree.Node, file: TypeScriptFile): Origin {
  const { source } = file;
  const start = node.range[0];
  const { line, column } = source.position(start);
  const rest = source.line(line)?.slice(column - 1).trimEnd() ?? '';
  return { source, start, end: start + rest.length };
}
