import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { declarationOf, enclosingFunction, fieldValue, type WholeDeclared } from '../typescript/declarations.ts';
import { type ClassFact, type Creation, type FunctionNode, lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import type { GivenArguments, PlacedNode } from '../typescript/fold-context.ts';
import type { TypeScriptProject } from '../typescript/project.ts';
import { argumentsFor, callsOf, elementsOf } from './call-sites.ts';
import { chainOf, classAround, classesOf, functionNamed, indexProject, type ProjectIndex } from './project-index.ts';

/** What an expression may hold when it runs: the app, an instance of a class of the project, or the construct that one expression makes. */
export type Holder =
  | { readonly kind: 'app' }
  | { readonly kind: 'class'; readonly fact: ClassFact }
  | HeldCreation;

export interface HeldCreation {
  readonly kind: 'creation';
  readonly creation: Creation;
  /** The call of the function it stands in, where that is what was looked at: other calls make other constructs. */
  readonly through: TSESTree.Node | undefined;
}

/** Reads what expressions hold, over all files of an app. */
export interface HolderReader {
  readonly holdersOf: (node: TSESTree.Node, file: TypeScriptFile) => readonly Holder[];
  /** The class of the project that a creation makes, with the classes of the project it extends, nearest first. */
  readonly classesOf: (creation: Creation) => readonly ClassFact[];
  readonly chainOf: (fact: ClassFact) => readonly ClassFact[];
  /** For a call of one of the project's functions, the creation in it that takes the call's scope and id. */
  readonly madeBy: (call: Creation) => Creation | undefined;
  /** Values given for a function's parameter at the places it is called from. */
  readonly argumentsFor: (of: FunctionNode, index: number, file: TypeScriptFile) => readonly PlacedNode[];
  /** All arguments of each call of a function. */
  readonly callsOf: (of: FunctionNode, file: TypeScriptFile) => readonly GivenArguments[];
}

const MAX_DEPTH = 8;
const MAX_HOLDERS = 8;
/** Expressions looked at for one question: functions that call functions from many places multiply. */
const MAX_STEPS = 1_000;

export function createHolderReader(project: TypeScriptProject): HolderReader {
  const index = indexProject(project);
  const known = new Map<TSESTree.Node, readonly Holder[]>();
  const reader = (): Reader => ({ index, depth: 0, budget: { left: MAX_STEPS } });
  return {
    holdersOf: (node, file) => {
      const found = known.get(node) ?? holders(node, file, reader());
      known.set(node, found);
      return found;
    },
    classesOf: (creation) => classesOf(creation, index),
    chainOf: (fact) => chainOf(fact, index),
    madeBy: (call) => madeBy(call, index),
    argumentsFor: (of, position, file) => argumentsFor(of, position, file, index),
    callsOf: (of, file) => callsOf(of, file, index),
  };
}

interface Reader {
  readonly index: ProjectIndex;
  readonly depth: number;
  readonly budget: { left: number };
}

function holders(node: TSESTree.Node, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  if (reader.depth > MAX_DEPTH || reader.budget.left <= 0) return [];
  reader.budget.left -= 1;
  const next = { ...reader, depth: reader.depth + 1 };
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ThisExpression': {
      const owner = classAround(inner, file);
      return owner === undefined ? [] : [{ kind: 'class', fact: owner }];
    }
    case 'NewExpression':
    case 'CallExpression': {
      const creation = reader.index.creations.get(inner);
      const made = creation === undefined ? undefined : madeBy(creation, reader.index);
      if (made !== undefined) return [{ kind: 'creation', creation: made, through: inner }];
      if (creation !== undefined) return [{ kind: 'creation', creation, through: undefined }];
      if (inner.type === 'NewExpression') return lastWord(inner.callee) === 'App' ? [{ kind: 'app' }] : [];
      return returned(inner, file, next);
    }
    case 'LogicalExpression':
      return [...holders(inner.left, file, next), ...holders(inner.right, file, next)].slice(0, MAX_HOLDERS);
    case 'ConditionalExpression':
      return [...holders(inner.consequent, file, next), ...holders(inner.alternate, file, next)].slice(0, MAX_HOLDERS);
    case 'Identifier':
      return namedHolders(inner, file, next);
    case 'MemberExpression':
      return memberHolders(inner, file, next);
    default:
      return [];
  }
}

/** What a call of one of the project's functions or methods returns. */
function returned(call: TSESTree.CallExpression, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const name = lastWord(call.callee);
  const called = name === undefined ? undefined : functionNamed(name, file, reader.index);
  if (called === undefined) return [];
  const { body } = called.node;
  const nodes = body.type === 'BlockStatement' ? returnedBy(body.body, 0) : [body];
  return nodes
    .flatMap((node) => holders(node, called.file, reader))
    .map((holder) => (holder.kind === 'creation' && holder.through === undefined ? { ...holder, through: call } : holder))
    .slice(0, MAX_HOLDERS);
}

/** The values of `return` statements, also inside `if` and blocks. */
function returnedBy(statements: readonly TSESTree.Statement[], depth: number): readonly TSESTree.Node[] {
  if (depth > MAX_DEPTH) return [];
  return statements.flatMap((statement): readonly TSESTree.Node[] => {
    switch (statement.type) {
      case 'ReturnStatement':
        return statement.argument === null ? [] : [statement.argument];
      case 'BlockStatement':
        return returnedBy(statement.body, depth + 1);
      case 'IfStatement':
        return returnedBy(statement.alternate === null ? [statement.consequent] : [statement.consequent, statement.alternate], depth + 1);
      default:
        return [];
    }
  });
}

function namedHolders(node: TSESTree.Identifier, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const declared = declarationOf(node.name, node, file, reader.index.project);
  if (declared === undefined) return [];
  const part = declared.kind === 'part' ? declared.name : undefined;
  return placesOf(declared.kind === 'part' ? declared.of : declared, reader.index)
    .flatMap((place) => (part === undefined ? holders(place.node, place.file, reader) : partHolders(place, part, reader)))
    .slice(0, MAX_HOLDERS);
}

/** The expressions a declared name stands for. */
function placesOf(declared: WholeDeclared, index: ProjectIndex): readonly PlacedNode[] {
  switch (declared.kind) {
    case 'variable':
      return [{ node: declared.init, file: declared.file }];
    case 'loop':
      return elementsOf(declared.list, declared.file, index);
    case 'parameter':
      return argumentsFor(declared.of, declared.index, declared.file, index);
    default:
      return [];
  }
}

/** What a part of an object holds: written in it, or a member of what makes it. */
function partHolders({ node, file }: PlacedNode, name: string, reader: Reader): readonly Holder[] {
  const whole = unwrap(node);
  if (whole.type === 'ObjectExpression') {
    const property = whole.properties.find((one) => one.type === 'Property' && !one.computed && one.key.type === 'Identifier' && one.key.name === name);
    return property?.type === 'Property' ? holders(property.value, file, reader) : [];
  }
  if (whole.type === 'ArrayExpression') {
    const element = whole.elements[Number(name)];
    return element === null || element === undefined || element.type === 'SpreadElement' ? [] : holders(element, file, reader);
  }
  if (whole.type === 'Identifier') return givenProperty(whole, name, file, reader);
  return membersOf(holders(whole, file, reader), name, reader);
}

function memberHolders(node: TSESTree.MemberExpression, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const name = lastWord(node);
  if (name === undefined) return [];
  const object = unwrap(node.object);
  if (object.type === 'ThisExpression') {
    const owner = classAround(object, file);
    return owner === undefined ? [] : fieldHolders(chainOf(owner, reader.index), name, reader);
  }
  const given = object.type === 'Identifier' ? givenProperty(object, name, file, reader) : [];
  return given.length > 0 ? given : membersOf(holders(object, file, reader), name, reader);
}

function membersOf(held: readonly Holder[], name: string, reader: Reader): readonly Holder[] {
  return held
    .flatMap((holder): readonly Holder[] => {
      if (holder.kind === 'app') return [];
      const classes = holder.kind === 'class' ? chainOf(holder.fact, reader.index) : classesOf(holder.creation, reader.index);
      const field = fieldHolders(classes, name, reader);
      // What hangs on a library construct (`fn.role`, `task.taskRole`) lies below it in the tree.
      return field.length > 0 || classes.length > 0 ? field : [holder];
    })
    .slice(0, MAX_HOLDERS);
}

function fieldHolders(classes: readonly ClassFact[], name: string, reader: Reader): readonly Holder[] {
  for (const fact of classes) {
    const value = fieldValue(fact, name);
    if (value !== undefined) return holders(value, fact.file, reader);
  }
  return [];
}

/** `props.bucket`, where callers write `{ bucket: … }` for `props`, or `props` is an object written here. */
function givenProperty(object: TSESTree.Identifier, name: string, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const declared = declarationOf(object.name, object, file, reader.index.project);
  if (declared?.kind !== 'parameter' && declared?.kind !== 'variable' && declared?.kind !== 'loop') return [];
  if (reader.depth > MAX_DEPTH) return [];
  const next = { ...reader, depth: reader.depth + 1 };
  return placesOf(declared, reader.index).flatMap((place) => partHolders(place, name, next)).slice(0, MAX_HOLDERS);
}

function madeBy(call: Creation, index: ProjectIndex): Creation | undefined {
  if (call.node.type !== 'CallExpression') return undefined;
  for (const { node: called, file } of index.functions.get(call.callee) ?? []) {
    const [scope, id] = called.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : undefined));
    if (scope === undefined || id === undefined) continue;
    const made = file.creations.find((one) => one.node.type === 'NewExpression' && isName(one.scope, scope) && isName(one.id, id) && enclosingFunction(one.node) === called);
    if (made !== undefined) return made;
  }
  return undefined;
}

function isName(node: TSESTree.Node, name: string): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name;
}

