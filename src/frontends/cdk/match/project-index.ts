import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { declarationOf, enclosingClass, importedDeclaration } from '../typescript/declarations.ts';
import { type ClassFact, type Creation, type FunctionNode, lastWord, type TypeScriptFile } from '../typescript/file-facts.ts';
import type { TypeScriptProject } from '../typescript/project.ts';

/** What all files of an app declare and call, by name. */
export interface ProjectIndex {
  readonly project: TypeScriptProject;
  readonly functions: ReadonlyMap<string, readonly PlacedFunction[]>;
  readonly classes: ReadonlyMap<string, readonly ClassFact[]>;
  readonly creations: ReadonlyMap<TSESTree.Node, Creation>;
  readonly calls: ReadonlyMap<string, readonly Site[]>;
  readonly news: ReadonlyMap<string, readonly Site[]>;
  /** `super(…)` calls, by the last word of the class they construct. */
  readonly supers: ReadonlyMap<string, readonly Site[]>;
}

/** A place something is made or called. */
export interface Site {
  readonly node: TSESTree.NewExpression | TSESTree.CallExpression;
  readonly file: TypeScriptFile;
}

export interface PlacedFunction {
  readonly node: FunctionNode;
  readonly file: TypeScriptFile;
}

export function indexProject(project: TypeScriptProject): ProjectIndex {
  const classes = new Map<string, ClassFact[]>();
  const functions = new Map<string, PlacedFunction[]>();
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
    for (const [name, node] of file.functions) if (node.body !== null) add(functions, name, { node, file });
    for (const creation of file.creations) creations.set(creation.node, creation);
    for (const node of file.calls) {
      if (node.callee.type === 'Super') add(supers, classAround(node, file)?.superName, { node, file });
      else add(calls, lastWord(node.callee), { node, file });
    }
    for (const node of file.news) add(news, lastWord(node.callee), { node, file });
  }
  return { project, classes, functions, creations, calls, news, supers };
}

/** The project's function or method of a name; one of the same file first. */
export function functionNamed(name: string, file: TypeScriptFile, index: ProjectIndex): PlacedFunction | undefined {
  const namesakes = index.functions.get(name) ?? [];
  return namesakes.find((one) => one.file === file) ?? namesakes[0];
}

const MAX_CHAIN = 10;

/** The class of the project that a creation makes, with those it extends, nearest first. */
export function classesOf(creation: Creation, index: ProjectIndex): readonly ClassFact[] {
  if (creation.node.type !== 'NewExpression') return [];
  const fact = classMeant(creation.node.callee, creation.file, index);
  return fact === undefined ? [] : chainOf(fact, index);
}

/** A class with the project's classes it extends, nearest first. */
export function chainOf(fact: ClassFact, index: ProjectIndex): readonly ClassFact[] {
  const chain: ClassFact[] = [];
  for (let current: ClassFact | undefined = fact; current !== undefined && !chain.includes(current) && chain.length < MAX_CHAIN; ) {
    chain.push(current);
    const superClass: TSESTree.Node | null = current.node.superClass;
    current = superClass === null ? undefined : classMeant(superClass, current.file, index);
  }
  return chain;
}

/** The project's class that an expression means; by its name alone when it cannot be followed and only one class has that name. */
function classMeant(node: TSESTree.Node, file: TypeScriptFile, index: ProjectIndex): ClassFact | undefined {
  const name = lastWord(node);
  if (name === undefined) return undefined;
  const holder = node.type === 'MemberExpression' && node.object.type === 'Identifier' ? declarationOf(node.object.name, node, file, index.project) : undefined;
  if (holder?.kind === 'library' && !holder.module.startsWith('.')) return undefined;
  const declared = holder?.kind === 'library' ? importedDeclaration(holder.module, name, file, index.project, 0) : declarationOf(name, node.parent ?? node, file, index.project);
  if (declared?.kind === 'class') return declared.fact;
  if (declared?.kind === 'library') return undefined;
  const namesakes = index.classes.get(name) ?? [];
  return namesakes.length === 1 ? namesakes[0] : undefined;
}

/** The class whose body a node stands in. */
export function classAround(node: TSESTree.Node, file: TypeScriptFile): ClassFact | undefined {
  const owner = enclosingClass(node);
  return owner === undefined ? undefined : [...file.classes.values()].find((fact) => fact.node === owner);
}
