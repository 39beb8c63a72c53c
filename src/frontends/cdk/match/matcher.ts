import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Origin } from '../../../core/source.ts';
import { itemsOf, property, type Value } from '../../../core/value.ts';
import { nestedStackOf } from '../assembly/constructs.ts';
import { type ClassFact, lastWord, type TypeScriptFile } from '../typescript/file-facts.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import { type Assignment, assign, candidateOf } from './assignment.ts';
import { type Candidate, createCandidateReader, looseStatements } from './candidates.ts';
import { createConstructFinder, type FoundConstruct } from './construct-path.ts';
import { createHolderReader } from './holders.ts';
import { type Judge, likeness, LIKELY } from './likeness.ts';

/** Places of constructs and of their policy statements in the sources of an app. */
export interface SourceMatcher {
  /**
   * The expression that makes the construct, or the nearest above it that the sources make. `statements` are those of a policy
   * resource: one that a library makes comes into being with the call that adds its first statement.
   */
  readonly construct: (path: string, statements: readonly Value[]) => Origin | undefined;
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

export function createMatcher(project: TypeScriptProject): SourceMatcher {
  const holders = createHolderReader(project);
  const finder = createConstructFinder(project, holders);
  const { candidatesFor } = createCandidateReader(project, holders);
  // Keyed by the list of statements itself, which stays the same for one document.
  const assignments = new WeakMap<readonly Value[], Assignment>();
  const assigned = (found: FoundConstruct, statements: readonly Value[], index: number, judge: Judge): Candidate | undefined => {
    const assignment = assignments.get(statements) ?? assign(candidatesFor(found).filter((one) => concerns(one, found.below)), statements, judge);
    assignments.set(statements, assignment);
    return candidateOf(assignment, index);
  };
  let loose: ReadonlyMap<string, readonly Candidate[]> | undefined;
  return {
    construct: (path, statements) => {
      const found = finder.find(withoutNestedResource(path));
      if (found === undefined) return undefined;
      const below = nestedStackOf(path) === undefined ? found.below : [];
      const first = below.length < 2 || statements.length === 0 ? undefined : assigned(found, statements, 0, { project, holders, trust: false });
      const call = first?.kind.kind === 'property' ? undefined : (first ?? candidatesFor(found).find((one) => below.some((child) => makesChild(one, child))));
      return call === undefined ? placeOfConstruct(found, path) : placeOf(call.place, call.file);
    },
    statement: (path, { statements, trust }, index) => {
      const judge: Judge = { project, holders, trust };
      const found = finder.find(path);
      const own = found === undefined ? undefined : assigned(found, statements, index, judge);
      if (own !== undefined) return placeOf(own.place, own.file);
      loose ??= byActions(looseStatements(project, holders));
      return onlyLikely(loose, statements[index], judge);
    },
    attachment: (path, policyName) => {
      const found = finder.find(path);
      const call = found === undefined ? undefined : candidatesFor(found).find((one) => attaches(one, policyName));
      return call === undefined ? undefined : placeOf(call.place, call.file);
    },
  };
}

function withoutNestedResource(path: string): string {
  return nestedStackOf(path) ?? path;
}

/** Written statements by the actions they name, so that each statement is compared with its own kind only. */
function byActions(loose: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const map = new Map<string, Candidate[]>();
  for (const candidate of loose) {
    const key = actionKey(candidate.statements[0]);
    map.set(key, [...(map.get(key) ?? []), candidate]);
  }
  return map;
}

/** The one statement of all sources that is likely; several alike tell nothing. */
function onlyLikely(loose: ReadonlyMap<string, readonly Candidate[]>, statement: Value | undefined, judge: Judge): Origin | undefined {
  const key = actionKey(statement);
  if (statement === undefined || key === '') return undefined;
  const likely = (loose.get(key) ?? []).filter((candidate) => likeness(candidate, statement, judge) >= 2 * LIKELY);
  const only = likely[0];
  return likely.length === 1 && only !== undefined ? placeOf(only.place, only.file) : undefined;
}

/** The known actions of a statement in one text; '' when it has none. */
function actionKey(statement: Value | undefined): string {
  const actions = itemsOf(property(statement, 'Action') ?? property(statement, 'NotAction')).flatMap((item) => (item.kind === 'scalar' ? [item.text.toLowerCase()] : []));
  return actions.sort().join(' ');
}

function attaches(candidate: Candidate, policyName: string): boolean {
  const { place, file } = candidate;
  const call = place.parent?.parent;
  if (lastWord(place) !== 'addManagedPolicy' || call === undefined) return false;
  const text = file.source.text.slice(call.range[0], call.range[1]);
  return text.includes(`'${policyName}'`) || text.includes(`"${policyName}"`) || text.includes(`/${policyName}'`);
}

/** Children that the library makes late, by the methods that make them. Source: aws-cdk-lib, aws-ecs `TaskDefinition`, aws-events-targets `EcsTask`, aws-lambda `FunctionUrl`. */
const LATE_CHILDREN: ReadonlyMap<string, readonly string[]> = new Map([
  ['ExecutionRole', ['addContainer', 'addFirelensLogRouter', 'addToExecutionRolePolicy']],
  ['EventsRole', ['addTarget']],
  ['invoke-function', ['addFunctionUrl']],
  ['invoke-function-url', ['addFunctionUrl']],
]);

/** Calls that make one late child add statements to that child only. */
function concerns({ place }: Candidate, below: readonly string[]): boolean {
  const name = lastWord(place) ?? '';
  const children = [...LATE_CHILDREN].filter(([, methods]) => methods.includes(name)).map(([child]) => child);
  return children.length === 0 || below.some((child) => children.includes(child));
}

/** Names of library children that say nothing of the call that made them. */
const COMMON_CHILDREN: ReadonlySet<string> = new Set(['Resource', 'Default', 'DefaultPolicy', 'Policy', 'Role', 'ServiceRole']);

/**
 * Does a call on a construct make its child? `fn.addPermission('Api', …)` and `pipeline.addStage({ stageName: 'Deploy' })` name it;
 * `fn.addEventSource(new SqsEventSource(…))`, `pool.addTrigger(Operation.PRE_SIGN_UP, …)` and `fn.addFunctionUrl()` say what kind it is.
 */
function makesChild({ place }: Candidate, child: string): boolean {
  const call = place.parent?.parent;
  if (call?.type !== 'CallExpression' || COMMON_CHILDREN.has(child)) return false;
  const name = lastWord(place) ?? '';
  const [first] = call.arguments;
  if (LATE_CHILDREN.get(child)?.includes(name) === true) return true;
  if (first?.type === 'Literal') return first.value === child;
  if (first?.type === 'ObjectExpression' && first.properties.some((one) => one.type === 'Property' && one.value.type === 'Literal' && one.value.value === child)) return true;
  const made = first?.type === 'NewExpression' ? lastWord(first.callee) : first?.type === 'MemberExpression' ? pascal(lastWord(first) ?? '') : undefined;
  const words = name.replace(/^(add|grant|enable)/, '').split(/(?=[A-Z])/);
  return (made !== undefined && made.length > 2 && child.startsWith(made)) || child.startsWith(words.join('') || ' ') || words.some((word) => word.length > 5 && child.includes(word));
}

/** `PRE_SIGN_UP` as the library writes it in ids: `PreSignUp`. */
function pascal(constant: string): string | undefined {
  return /^[A-Z][A-Z_]+$/.test(constant) ? constant.split('_').map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join('') : undefined;
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
