import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Source } from '../../../core/source.ts';
import { unreachable } from '../../../core/unreachable.ts';
import type { TypeScriptParser } from './parser.ts';

/** One source file, parsed, with what the readers of constructs look for in it. */
export interface TypeScriptFile {
  readonly source: Source;
  readonly program: TSESTree.Program;
  /** By local name. */
  readonly imports: ReadonlyMap<string, ImportFact>;
  /** Modules whose exports this file passes on (`export * from`, `export { x } from`). */
  readonly passedOn: readonly string[];
  readonly classes: ReadonlyMap<string, ClassFact>;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly creations: readonly Creation[];
  readonly news: readonly TSESTree.NewExpression[];
  readonly calls: readonly TSESTree.CallExpression[];
  /** `this.name = value`. */
  readonly fields: readonly FieldAssignment[];
}

export interface FieldAssignment {
  readonly node: TSESTree.AssignmentExpression;
  readonly name: string;
}

export interface ImportFact {
  readonly module: string;
  /** The name over there; `*` for the whole module. */
  readonly name: string;
}

export interface ClassFact {
  readonly name: string;
  readonly file: TypeScriptFile;
  readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression;
  /** The last word of what it extends. */
  readonly superName: string | undefined;
}

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/** `new X(scope, 'id', …)`, or a call of that shape (`Role.fromRoleArn(this, 'Imported', …)`, `makeRole(this, 'Role')`). */
export interface Creation {
  readonly file: TypeScriptFile;
  readonly node: TSESTree.NewExpression | TSESTree.CallExpression;
  /** The last word of what is made or called: `Role`, `fromRoleArn`. */
  readonly callee: string;
  readonly scope: TSESTree.Node;
  readonly id: TSESTree.Node;
  /** The class in whose body it stands. */
  readonly owner: ClassFact | undefined;
}

export interface SyntaxFault {
  readonly message: string;
  readonly offset: number;
}

/** Parses a file and collects its facts; a fault when it is no TypeScript, or too deep to be read. */
export function parseFile(source: Source, parser: TypeScriptParser): TypeScriptFile | SyntaxFault {
  try {
    const program = parser.parse(source.text, { range: true, loc: false, jsx: /x$/.test(source.path) });
    return collectFacts(source, program, parser);
  } catch (error) {
    const index = typeof error === 'object' && error !== null && 'index' in error && typeof error.index === 'number' ? error.index : 0;
    return { message: error instanceof RangeError ? 'nested too deeply to be read' : error instanceof Error ? error.message : String(error), offset: index };
  }
}

/** The same for readers that pass over what they cannot read. */
export function readFacts(source: Source, parser: TypeScriptParser): TypeScriptFile | undefined {
  const parsed = parseFile(source, parser);
  return 'program' in parsed ? parsed : undefined;
}

interface Collected {
  readonly imports: Map<string, ImportFact>;
  readonly passedOn: string[];
  readonly classes: Map<string, ClassFact>;
  readonly functions: Map<string, FunctionNode>;
  readonly creations: Creation[];
  readonly news: TSESTree.NewExpression[];
  readonly calls: TSESTree.CallExpression[];
  readonly fields: FieldAssignment[];
}

function collectFacts(source: Source, program: TSESTree.Program, parser: TypeScriptParser): TypeScriptFile {
  const into: Collected = { imports: new Map(), passedOn: [], classes: new Map(), functions: new Map(), creations: [], news: [], calls: [], fields: [] };
  const file: TypeScriptFile = { source, program, ...into };
  const byNode = new Map<TSESTree.Node, ClassFact>();
  const enter = (node: TSESTree.Node): void => {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') byNode.set(node, { name: node.id?.name ?? '', file, node, superName: node.superClass === null ? undefined : lastWord(node.superClass) });
    else note(node, into);
  };
  parser.simpleTraverse(program, { enter }, true);
  for (const fact of byNode.values()) if (fact.name !== '') into.classes.set(fact.name, fact);
  for (const node of [...into.news, ...into.calls].sort((left, right) => left.range[0] - right.range[0])) {
    const creation = creationOf(file, node, byNode);
    if (creation !== undefined) into.creations.push(creation);
  }
  return file;
}

function note(node: TSESTree.Node, into: Collected): void {
  switch (node.type) {
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) into.imports.set(specifier.local.name, importOf(specifier, node.source.value));
      return;
    case 'ExportAllDeclaration':
      into.passedOn.push(node.source.value);
      return;
    case 'ExportNamedDeclaration':
      if (node.source !== null) into.passedOn.push(node.source.value);
      return;
    case 'FunctionDeclaration':
      if (node.id !== null) into.functions.set(node.id.name, node);
      return;
    case 'VariableDeclarator':
      if (node.id.type === 'Identifier' && (node.init?.type === 'ArrowFunctionExpression' || node.init?.type === 'FunctionExpression')) into.functions.set(node.id.name, node.init);
      return;
    case 'MethodDefinition':
      if (node.key.type === 'Identifier' && node.kind === 'method' && node.value.type === 'FunctionExpression') into.functions.set(node.key.name, node.value);
      return;
    case 'NewExpression':
      into.news.push(node);
      return;
    case 'CallExpression':
      into.calls.push(node);
      return;
    case 'AssignmentExpression':
      if (node.left.type === 'MemberExpression' && node.left.object.type === 'ThisExpression' && !node.left.computed && node.left.property.type === 'Identifier') into.fields.push({ node, name: node.left.property.name });
      return;
    default:
  }
}

function importOf(specifier: TSESTree.ImportClause, module: string): ImportFact {
  switch (specifier.type) {
    case 'ImportNamespaceSpecifier':
      return { module, name: '*' };
    case 'ImportDefaultSpecifier':
      return { module, name: 'default' };
    case 'ImportSpecifier':
      return { module, name: specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value };
    default:
      return unreachable(specifier);
  }
}

function creationOf(file: TypeScriptFile, node: TSESTree.NewExpression | TSESTree.CallExpression, classes: ReadonlyMap<TSESTree.Node, ClassFact>): Creation | undefined {
  const [scope, id] = node.arguments;
  const callee = lastWord(node.callee);
  if (scope === undefined || id === undefined || callee === undefined || !isScope(scope)) return undefined;
  // Of calls only those with a written id are taken, or every call of two arguments would be one.
  if (!isIdText(id) && (node.type === 'CallExpression' || !isIdExpression(id))) return undefined;
  return { file, node, callee, scope, id, owner: ownerOf(node, classes) };
}

/** A construct's scope is written as `this`, a name, a member, a call such as `Stack.of(this)`, or a construct made in place. */
function isScope(node: TSESTree.Node): boolean {
  const { type } = unwrap(node);
  return type === 'ThisExpression' || type === 'Identifier' || type === 'MemberExpression' || type === 'CallExpression' || type === 'NewExpression';
}

function isIdText(node: TSESTree.Node): boolean {
  return node.type === 'TemplateLiteral' || node.type === 'BinaryExpression' || (node.type === 'Literal' && typeof node.value === 'string');
}

function isIdExpression(node: TSESTree.Node): boolean {
  const { type } = unwrap(node);
  return type === 'Identifier' || type === 'MemberExpression' || type === 'CallExpression' || type === 'ConditionalExpression' || type === 'LogicalExpression';
}

function ownerOf(node: TSESTree.Node, classes: ReadonlyMap<TSESTree.Node, ClassFact>): ClassFact | undefined {
  for (let above: TSESTree.Node | undefined = node.parent; above !== undefined; above = above.parent) {
    const fact = classes.get(above);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

/** The last word of a name: `Role` of `iam.Role`; `undefined` for anything computed. */
export function lastWord(node: TSESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') return node.property.name;
  if (node.type === 'TSNonNullExpression' || node.type === 'ChainExpression' || node.type === 'TSInstantiationExpression') return lastWord(node.expression);
  return undefined;
}

/** Without the wrappers that only speak to the compiler: `(x as T)!` is `x`. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return unwrap(node.expression);
    case 'AwaitExpression':
      return unwrap(node.argument);
    default:
      return node;
  }
}
