import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { declarationOf, enclosingClass, enclosingFunction, fieldValue, importedDeclaration } from '../typescript/declarations.ts';
import { type ClassFact, type Creation, type FunctionNode, lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import type { GivenArguments, PlacedNode } from '../typescript/fold-context.ts';
import type { TypeScriptProject } from '../typescript/project.ts';

/** What an expression may hold when it runs: the app, an instance of a class of the project, or the construct that one expression makes. */
export type Holder =
  | { readonly kind: 'app' }
  | { readonly kind: 'class'; readonly fact: ClassFact }
  | { readonly kind: 'creation'; readonly creation: Creation };

/** Reads what expressions hold, over all files of an app. */
export interface HolderReader {
  readonly holdersOf: (node: TSESTree.Node, file: TypeScriptFile) => readonly Holder[];
  /** The class of the project that a creation makes, with the classes of the project it extends, nearest first. */
  readonly classesOf: (creation: Creation) => readonly ClassFact[];
  readonly chainOf: (fact: ClassFact) => readonly ClassFact[];
  /** Values given for a function's parameter at the places it is called from. */
  /** For a call of one of the project's functions, the creation in it that takes the call's scope and id. */
  readonly madeBy: (call: Creation) => Creation | undefined;
  readonly argumentsFor: (of: FunctionNode, index: number, file: TypeScriptFile) => readonly PlacedNode[];
  /** All arguments of each call of a function. */
  readonly callsOf: (of: FunctionNode, file: TypeScriptFile) => readonly GivenArguments[];
}

const MAX_DEPTH = 8;
const MAX_HOLDERS = 8;
const MAX_SITES = 16;
const MAX_CHAIN = 10;

export function createHolderReader(project: TypeScriptProject): HolderReader {
  const index = indexProject(project);
  const reader: Reader = { project, index, depth: 0 };
  return {
    holdersOf: (node, file) => holders(node, file, reader),
    classesOf: (creation) => classesOf(creation, reader),
    chainOf: (fact) => chainOf(fact, reader),
    madeBy: (call) => madeBy(call, reader),
    argumentsFor: (of, position, file) => argumentsFor(of, position, file, reader),
    callsOf: (of, file) => callsOf(of, file, reader),
  };
}

interface Reader {
  readonly project: TypeScriptProject;
  readonly index: ProjectIndex;
  readonly depth: number;
}

interface ProjectIndex {
  readonly classes: ReadonlyMap<string, readonly ClassFact[]>;
  readonly creations: ReadonlyMap<TSESTree.Node, Creation>;
  readonly calls: ReadonlyMap<string, readonly Site[]>;
  readonly news: ReadonlyMap<string, readonly Site[]>;
  /** `super(…)` calls, by the last word of the class they construct. */
  readonly supers: ReadonlyMap<string, readonly Site[]>;
}

interface Site {
  readonly node: TSESTree.NewExpression | TSESTree.CallExpression;
  readonly file: TypeScriptFile;
}

function indexProject(project: TypeScriptProject): ProjectIndex {
  const classes = new Map<string, ClassFact[]>();
  const creations = new Map<TSESTree.Node, Creation>();
  const calls = new Map<string, Site[]>();
  const news = new Map<string, Site[]>();
  const supers = new Map<string, Site[]>();
  const add = <T>(map: Map<string, T[]>, key: string | undefined, value: T): void => {
    if (key === undefined) return;
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const file of project.all()) {
    for (const fact of file.classes.values()) add(classes, fact.name, fact);
    for (const creation of file.creations) creations.set(creation.node, creation);
    for (const node of file.calls) {
      if (node.callee.type === 'Super') add(supers, classAround(node, file)?.superName, { node, file });
      else add(calls, lastWord(node.callee), { node, file });
    }
    for (const node of file.news) add(news, lastWord(node.callee), { node, file });
  }
  return { classes, creations, calls, news, supers };
}

function holders(node: TSESTree.Node, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  if (reader.depth > MAX_DEPTH) return [];
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
      if (creation !== undefined) return [{ kind: 'creation', creation }];
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
  const called = name === undefined ? undefined : functionNamed(name, file, reader);
  if (called === undefined) return [];
  const { body } = called.node;
  if (body.type !== 'BlockStatement') return holders(body, called.file, reader);
  return returnedBy(body.body, 0).flatMap((node) => holders(node, called.file, reader)).slice(0, MAX_HOLDERS);
}

function functionNamed(name: string, file: TypeScriptFile, reader: Reader): { readonly node: FunctionNode; readonly file: TypeScriptFile } | undefined {
  for (const candidate of [file, ...reader.project.all()]) {
    const node = candidate.functions.get(name);
    if (node !== undefined && node.body !== null) return { node, file: candidate };
  }
  return undefined;
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
  const declared = declarationOf(node.name, node, file, reader.project);
  if (declared?.kind === 'variable') return holders(declared.init, declared.file, reader);
  if (declared?.kind === 'loop') return elementsOf(declared.list, declared.file, reader).flatMap((one) => holders(one.node, one.file, reader)).slice(0, MAX_HOLDERS);
  if (declared?.kind !== 'parameter') return [];
  return argumentsFor(declared.of, declared.index, declared.file, reader).flatMap((site) => holders(site.node, site.file, reader)).slice(0, MAX_HOLDERS);
}

function memberHolders(node: TSESTree.MemberExpression, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const name = lastWord(node);
  if (name === undefined) return [];
  const object = unwrap(node.object);
  if (object.type === 'ThisExpression') {
    const owner = classAround(object, file);
    return owner === undefined ? [] : fieldHolders(chainOf(owner, reader), name, reader);
  }
  const given = object.type === 'Identifier' ? givenProperty(object, name, file, reader) : [];
  if (given.length > 0) return given;
  return holders(object, file, reader)
    .flatMap((holder): readonly Holder[] => {
      if (holder.kind === 'app') return [];
      const classes = holder.kind === 'class' ? chainOf(holder.fact, reader) : classesOf(holder.creation, reader);
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

/** `props.bucket`, where callers write `{ bucket: … }` for `props`. */
function givenProperty(object: TSESTree.Identifier, name: string, file: TypeScriptFile, reader: Reader): readonly Holder[] {
  const declared = declarationOf(object.name, object, file, reader.project);
  if (declared?.kind !== 'parameter') return [];
  return argumentsFor(declared.of, declared.index, declared.file, reader)
    .flatMap((site) => {
      const given = unwrap(site.node);
      if (given.type !== 'ObjectExpression') return [];
      const property = given.properties.find((one) => one.type === 'Property' && !one.computed && one.key.type === 'Identifier' && one.key.name === name);
      return property?.type === 'Property' ? holders(property.value, site.file, reader) : [];
    })
    .slice(0, MAX_HOLDERS);
}

function argumentsFor(of: FunctionNode, position: number, file: TypeScriptFile, reader: Reader): readonly PlacedNode[] {
  return callsOf(of, file, reader).flatMap((call) => {
    const node = call.nodes[position];
    return node === undefined || call.nodes.slice(0, position + 1).some((one) => one.type === 'SpreadElement') ? [] : [{ node, file: call.file }];
  });
}

/** Calls of a function; a callback of a list's method is called with each element of the list. */
function callsOf(of: FunctionNode, file: TypeScriptFile, reader: Reader): readonly GivenArguments[] {
  const { parent } = of;
  if (parent.type === 'CallExpression' && parent.arguments[0] === of && parent.callee.type === 'MemberExpression') {
    if (!EACH.has(lastWord(parent.callee) ?? '')) return [];
    return elementsOf(parent.callee.object, file, reader).map((element) => ({ nodes: [element.node], file: element.file }));
  }
  return sitesOf(of, file, reader).slice(0, MAX_SITES).map((site) => ({ nodes: site.node.arguments, file: site.file }));
}

/** Methods of lists that call back with each element. */
const EACH: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap', 'filter']);

/** The expressions a list is made of: a literal list, or what a `map` makes of each element. */
function elementsOf(list: TSESTree.Node, file: TypeScriptFile, reader: Reader, depth = 0): readonly { readonly node: TSESTree.Expression; readonly file: TypeScriptFile }[] {
  const inner = unwrap(list);
  if (depth > MAX_DEPTH) return [];
  switch (inner.type) {
    case 'ArrayExpression':
      return inner.elements.flatMap((one) => (one === null || one.type === 'SpreadElement' ? [] : [{ node: one, file }])).slice(0, MAX_SITES);
    case 'Identifier': {
      const declared = declarationOf(inner.name, inner, file, reader.project);
      return declared?.kind === 'variable' ? elementsOf(declared.init, declared.file, reader, depth + 1) : [];
    }
    case 'CallExpression': {
      const [callback] = inner.arguments;
      const maps = inner.callee.type === 'MemberExpression' && lastWord(inner.callee) === 'map';
      return maps && callback?.type === 'ArrowFunctionExpression' && callback.body.type !== 'BlockStatement' ? [{ node: callback.body, file }] : [];
    }
    default:
      return [];
  }
}

/** Where a function is called: `new` of its class for a constructor, else calls by its name. */
function sitesOf(of: FunctionNode, file: TypeScriptFile, reader: Reader): readonly Site[] {
  const { parent } = of;
  if (parent.type === 'MethodDefinition' && parent.kind === 'constructor') {
    const owner = classAround(of, file);
    return owner === undefined ? [] : [...(reader.index.news.get(owner.name) ?? []), ...(reader.index.supers.get(owner.name) ?? [])];
  }
  const name = of.type === 'FunctionDeclaration' ? of.id?.name : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : parent.type === 'MethodDefinition' && parent.key.type === 'Identifier' ? parent.key.name : undefined;
  return name === undefined ? [] : (reader.index.calls.get(name) ?? []).filter((site) => !within(site.node, of));
}

function within(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  for (let above: FunctionNode | undefined = enclosingFunction(node); above !== undefined; above = enclosingFunction(above)) if (above === outer) return true;
  return false;
}

function madeBy(call: Creation, reader: Reader): Creation | undefined {
  if (call.node.type !== 'CallExpression') return undefined;
  for (const file of reader.project.all()) {
    const called = file.functions.get(call.callee);
    if (called === undefined) continue;
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

function classesOf(creation: Creation, reader: Reader): readonly ClassFact[] {
  if (creation.node.type !== 'NewExpression') return [];
  const fact = classMeant(creation.node.callee, creation.file, reader);
  return fact === undefined ? [] : chainOf(fact, reader);
}

function chainOf(fact: ClassFact, reader: Reader): readonly ClassFact[] {
  const chain: ClassFact[] = [];
  for (let current: ClassFact | undefined = fact; current !== undefined && !chain.includes(current) && chain.length < MAX_CHAIN; ) {
    chain.push(current);
    const superClass: TSESTree.Node | null = current.node.superClass;
    current = superClass === null ? undefined : classMeant(superClass, current.file, reader);
  }
  return chain;
}

/** The project's class that an expression means; by its name alone when it cannot be followed and only one class has that name. */
function classMeant(node: TSESTree.Node, file: TypeScriptFile, reader: Reader): ClassFact | undefined {
  const name = lastWord(node);
  if (name === undefined) return undefined;
  const holder = node.type === 'MemberExpression' && node.object.type === 'Identifier' ? declarationOf(node.object.name, node, file, reader.project) : undefined;
  if (holder?.kind === 'library' && !holder.module.startsWith('.')) return undefined;
  const declared = holder?.kind === 'library' ? importedDeclaration(holder.module, name, file, reader.project, 0) : declarationOf(name, node.parent ?? node, file, reader.project);
  if (declared?.kind === 'class') return declared.fact;
  if (declared?.kind === 'library') return undefined;
  const namesakes = reader.index.classes.get(name) ?? [];
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

function classAround(node: TSESTree.Node, file: TypeScriptFile): ClassFact | undefined {
  const owner = enclosingClass(node);
  return owner === undefined ? undefined : [...file.classes.values()].find((fact) => fact.node === owner);
}
