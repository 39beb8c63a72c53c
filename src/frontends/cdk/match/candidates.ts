import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { type Mapping, property } from '../../../core/value.ts';
import { isStatement, readStatement } from '../source/statements.ts';
import { entry, mapping } from '../source/values.ts';
import { type ClassFact, type Creation, lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import { fold } from '../typescript/fold.ts';
import type { FoldContext } from '../typescript/fold-context.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import { type FoundConstruct, sameSite } from './construct-path.ts';
import type { Holder, HolderReader } from './holders.ts';

/** An expression that may have put a statement into a construct's policy. */
export interface Candidate {
  readonly file: TypeScriptFile;
  /** Where a person looks: the name of the called method, or the `new` of the statement. */
  readonly place: TSESTree.Node;
  readonly kind: CandidateKind;
  /** Statements written in it. */
  readonly statements: readonly Mapping[];
}

export type CandidateKind =
  /** A statement among the properties the construct is made with. */
  | { readonly kind: 'property' }
  /** `x.addToPolicy(statement)`. */
  | { readonly kind: 'add' }
  /** `bucket.grantRead(role)`, `role.grantPassRole(user)`, `bucket.grants.read(role)`. */
  | { readonly kind: 'grant'; readonly words: readonly string[]; readonly receiver: TSESTree.Node; readonly grantee: TSESTree.Node | undefined; readonly actions: readonly TSESTree.Node[] }
  /** Any other call by which the library may add statements, e.g. `fn.addEventSource(…)`. */
  | { readonly kind: 'other' }
  /** A call that makes children but adds no statement. */
  | { readonly kind: 'child' };

const FOLD_STEPS = 3_000;

/** Finds candidates for constructs; each call of the sources is looked at once, whatever the number of constructs asked for. */
export interface CandidateReader {
  readonly candidatesFor: (found: FoundConstruct) => readonly Candidate[];
}

export function createCandidateReader(project: TypeScriptProject, holders: HolderReader): CandidateReader {
  let index: CallIndex | undefined;
  const known = new Map<Creation, Map<TSESTree.Node | undefined, readonly Candidate[]>>();
  return {
    candidatesFor: (found) => {
      const ofCreation = known.get(found.creation) ?? new Map<TSESTree.Node | undefined, readonly Candidate[]>();
      known.set(found.creation, ofCreation);
      index ??= indexCalls(project, holders);
      const list = ofCreation.get(found.site) ?? candidatesIn(index, found, project, holders);
      ofCreation.set(found.site, list);
      return list;
    },
  };
}

/** Calls that may grant, by what they are made on or take. */
interface CallIndex {
  readonly byCreation: ReadonlyMap<Creation, readonly Involved[]>;
  readonly byClass: ReadonlyMap<ClassFact, readonly Candidate[]>;
}

interface Involved {
  readonly candidate: Candidate;
  readonly through: TSESTree.Node | undefined;
}

function indexCalls(project: TypeScriptProject, holders: HolderReader): CallIndex {
  const index = { byCreation: new Map<Creation, Involved[]>(), byClass: new Map<ClassFact, Candidate[]>() };
  const add = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const file of project.all()) {
    for (const call of file.calls) {
      if (call.callee.type !== 'MemberExpression' || !mayGrant(call.callee)) continue;
      const involved = [call.callee.object, ...call.arguments].flatMap((node, at) => (at === 0 ? holders.holdersOf(grantsHolder(node), file) : takenBy(node, file, holders)));
      if (involved.length === 0) continue;
      const candidate: Candidate = { file, place: call.callee.property, kind: kindOf(call, call.callee), statements: statementsIn(call.arguments, file, project, holders) };
      for (const holder of involved) {
        if (holder.kind === 'class') add(index.byClass, holder.fact, candidate);
        else if (holder.kind === 'creation' && holder.creation.node !== call) add(index.byCreation, holder.creation, { candidate, through: holder.through });
      }
    }
  }
  return index;
}

/** Everything in the sources that may shape the policies of a construct, in the order it is written. */
function candidatesIn(index: CallIndex, found: FoundConstruct, project: TypeScriptProject, holders: HolderReader): readonly Candidate[] {
  const { creation, site, classes } = found;
  const calls = (index.byCreation.get(creation) ?? []).filter(({ through }) => sameSite(through, site)).map(({ candidate }) => candidate);
  // `this.addToPolicy(…)` inside a class that extends a role; `this` in a class that only holds other constructs is no principal.
  const own = CONTAINERS.has(classes.at(-1)?.superName ?? '') ? [] : classes.flatMap((fact) => index.byClass.get(fact) ?? []);
  return [...new Set([...calls, ...own, ...propertyStatements(creation, project, holders)])].sort((left, right) => compareOrder(left, right, creation.file));
}

/** Statements anywhere in the sources, with the call each is handed to: for constructs whose calls cannot be traced to them. */
export function looseStatements(project: TypeScriptProject, holders: HolderReader): readonly Candidate[] {
  const loose: Candidate[] = [];
  for (const file of project.all()) {
    const context = foldContext(file, project, holders);
    for (const node of [...file.news, ...file.calls]) {
      if (!isStatement(node, context)) continue;
      const statement = readStatement(node, context);
      const call = callAround(node);
      if (statement !== undefined) loose.push({ file, place: call?.callee.type === 'MemberExpression' ? call.callee.property : node, kind: { kind: 'add' }, statements: [statement] });
    }
  }
  return loose;
}

/** The call that gets an expression as its argument, directly or in an array or property. */
function callAround(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  for (let above: TSESTree.Node | undefined = node.parent; above !== undefined; above = above.parent) {
    if (above.type === 'CallExpression') return above;
    if (above.type !== 'ArrayExpression' && above.type !== 'TSAsExpression' && above.type !== 'SpreadElement') return undefined;
  }
  return undefined;
}

/** As written, the construct's own file first. */
function compareOrder(left: Candidate, right: Candidate, own: TypeScriptFile): number {
  const rank = (candidate: Candidate): string => (candidate.file === own ? '' : candidate.file.source.path);
  if (rank(left) !== rank(right)) return rank(left) < rank(right) ? -1 : 1;
  return left.place.range[0] - right.place.range[0];
}

function kindOf(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression): CandidateKind {
  const name = lastWord(callee) ?? '';
  const actions = call.arguments.slice(1).filter((one) => one.type !== 'SpreadElement');
  if (lastWord(callee.object) === 'grants') return { kind: 'grant', words: camelWords(name), receiver: grantsHolder(callee.object), grantee: call.arguments[0], actions };
  if (/^grant/.test(name)) return { kind: 'grant', words: camelWords(name.slice('grant'.length)), receiver: callee.object, grantee: call.arguments[0], actions };
  if (/^add/.test(name) && /Policy|Statements?$|ToPrincipal/.test(name)) return { kind: 'add' };
  return /^(addEventSource|addContainer|addTarget|addDestination|addSubscription|addRotation|addCapacity|addVolume|addToRole|addFirelens|enable|bind)/.test(name) ? { kind: 'other' } : { kind: 'child' };
}

/** Calls by whose name permissions may come about. */
function mayGrant(callee: TSESTree.MemberExpression): boolean {
  const name = lastWord(callee) ?? '';
  return lastWord(callee.object) === 'grants' || (/^(add|bind|enable|grant)/.test(name) && !/Environment|Tag|Dependency|Output|Metadata|Override|Layers/.test(name));
}

/** `bucket.grants` speaks for the bucket. */
function grantsHolder(object: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(object);
  return inner.type === 'MemberExpression' && lastWord(inner) === 'grants' ? inner.object : object;
}

function camelWords(text: string): readonly string[] {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(' ').filter((word) => word !== '');
}

/** Base classes that only hold other constructs. */
const CONTAINERS: ReadonlySet<string> = new Set(['', 'Construct', 'Stack', 'Stage', 'App', 'NestedStack']);

/** What an argument holds: itself, wrapped once (`new targets.LambdaFunction(fn)`), or as `grantee` of `Grant.addToPrincipal({ … })`. */
function takenBy(node: TSESTree.Node, file: TypeScriptFile, holders: HolderReader): readonly Holder[] {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ObjectExpression':
      return inner.properties.flatMap((one) => (one.type === 'Property' && lastWord(one.key) === 'grantee' ? holders.holdersOf(one.value, file) : []));
    case 'Identifier':
    case 'MemberExpression':
    case 'ThisExpression':
      return holders.holdersOf(inner, file);
    case 'NewExpression':
      return inner.arguments.flatMap((one) => wrapped(one)).flatMap((one) => holders.holdersOf(one, file));
    default:
      return [];
  }
}

/** What `new Target(…)` wraps: its arguments, and the values of an object among them. */
function wrapped(node: TSESTree.Node): readonly TSESTree.Node[] {
  if (node.type === 'ObjectExpression') return node.properties.flatMap((one) => (one.type === 'Property' && (one.value.type === 'Identifier' || one.value.type === 'MemberExpression') ? [one.value] : []));
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? [node] : [];
}

function statementsIn(given: readonly TSESTree.Node[], file: TypeScriptFile, project: TypeScriptProject, holders: HolderReader): readonly Mapping[] {
  return given.flatMap((one) => {
    const node = one.type === 'SpreadElement' ? one.argument : one;
    const statement = node.type === 'ObjectExpression' ? grantOptions(node, foldContext(file, project, holders)) : readStatement(node, foldContext(file, project, holders));
    return statement === undefined ? [] : [statement];
  });
}

/** `{ grantee, actions, resourceArns }` of `Grant.addToPrincipal` and its kin, as the statement it makes. */
function grantOptions(node: TSESTree.ObjectExpression, context: FoldContext): Mapping | undefined {
  const options = fold(node, context);
  const actions = property(options, 'actions');
  const resources = property(options, 'resourceArns');
  if (actions === undefined || resources === undefined) return undefined;
  return mapping([entry('Action', actions), entry('Resource', resources)], options.origin);
}

/** Statements written inside the construct's own `new`. */
function propertyStatements(creation: Creation, project: TypeScriptProject, holders: HolderReader): readonly Candidate[] {
  const { file, node: made } = creation;
  const context = foldContext(file, project, holders);
  const inside = [...file.news, ...file.calls].filter((node) => node.range[0] > made.range[0] && node.range[1] <= made.range[1] && isStatement(node, context));
  return inside.flatMap((node): readonly Candidate[] => {
    const statement = readStatement(node, foldContext(file, project, holders));
    return statement === undefined ? [] : [{ file, place: node, kind: { kind: 'property' }, statements: [statement] }];
  });
}

function foldContext(file: TypeScriptFile, project: TypeScriptProject, holders: HolderReader): FoldContext {
  return { file, project, scopeId: file.source.path, bound: new Map(), depth: 0, budget: { left: FOLD_STEPS }, givenFor: holders.callsOf };
}
