import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { ClassFact, FunctionNode, TypeScriptFile } from './file-facts.ts';
import type { TypeScriptProject } from './project.ts';

/** What a name stands for where it is used. */
export type Declared =
  | WholeDeclared
  /** `const { name } = x`, `({ name }) => …`, `for (const [name] of list)`: a part of what the rest stands for. */
  | { readonly kind: 'part'; readonly of: WholeDeclared; readonly name: string };

export type WholeDeclared =
  /** `const x = init`; a `let` may hold something else by the time it is used. */
  | { readonly kind: 'variable'; readonly init: TSESTree.Node; readonly constant: boolean; readonly file: TypeScriptFile }
  /** A parameter of a function, by position; `undefined` default without one. */
  | { readonly kind: 'parameter'; readonly of: FunctionNode; readonly index: number; readonly fallback: TSESTree.Node | undefined; /** `...x`: all arguments from here on. */ readonly rest: boolean; readonly file: TypeScriptFile }
  /** The variable of `for (const x of list)`. */
  | { readonly kind: 'loop'; readonly list: TSESTree.Node; readonly file: TypeScriptFile }
  | { readonly kind: 'class'; readonly fact: ClassFact }
  | { readonly kind: 'enum'; readonly node: TSESTree.TSEnumDeclaration; readonly file: TypeScriptFile }
  /** A name imported from a library, or a whole module of the project under one name (`*`). */
  | { readonly kind: 'library'; readonly module: string; readonly name: string };

const MAX_IMPORT_HOPS = 8;

/** Looks a name up from where it is used outwards, then through imports of the project's own files. */
export function declarationOf(name: string, at: TSESTree.Node, file: TypeScriptFile, project: TypeScriptProject | undefined): Declared | undefined {
  for (let node: TSESTree.Node | undefined = at; node !== undefined; node = node.parent) {
    const found = declaredIn(node, name, file);
    if (found !== undefined) return found;
  }
  const imported = file.imports.get(name);
  return imported === undefined ? undefined : importedDeclaration(imported.module, imported.name, file, project, 0);
}

/** An exported name of a module: of the project's own file, or of a library. */
export function importedDeclaration(module: string, name: string, from: TypeScriptFile, project: TypeScriptProject | undefined, hops: number): Declared | undefined {
  if (!module.startsWith('.') || name === '*') return { kind: 'library', module, name };
  const file = project?.imported(from.source.path, module);
  if (file === undefined || hops > MAX_IMPORT_HOPS) return undefined;
  const own = declaredIn(file.program, name, file);
  if (own !== undefined) return own;
  const passed = file.imports.get(name);
  if (passed !== undefined) return importedDeclaration(passed.module, passed.name, file, project, hops + 1);
  for (const other of file.passedOn) {
    const found = other.startsWith('.') ? importedDeclaration(other, name, file, project, hops + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function declaredIn(node: TSESTree.Node, name: string, file: TypeScriptFile): Declared | undefined {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
      return declaredByStatements(node.body, name, file);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return parameterNamed(node, name, file);
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' && node.left.declarations[0] !== undefined ? named(node.left.declarations[0].id, name, { kind: 'loop', list: node.right, file }) : undefined;
    case 'ClassDeclaration': {
      const fact = node.id?.name === name ? file.classes.get(name) : undefined;
      return fact === undefined ? undefined : { kind: 'class', fact };
    }
    default:
      return undefined;
  }
}

function declaredByStatements(statements: readonly TSESTree.Node[], name: string, file: TypeScriptFile): Declared | undefined {
  for (const statement of statements) {
    const node = (statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration') && statement.declaration !== null ? statement.declaration : statement;
    if (node.type === 'VariableDeclaration') {
      for (const declarator of node.declarations) {
        const found = declarator.init === null ? undefined : named(declarator.id, name, { kind: 'variable', init: declarator.init, constant: node.kind === 'const', file });
        if (found !== undefined) return found;
      }
    } else if (node.type === 'ClassDeclaration') {
      const fact = node.id?.name === name ? file.classes.get(name) : undefined;
      if (fact !== undefined) return { kind: 'class', fact };
    } else if (node.type === 'TSEnumDeclaration' && node.id.name === name) return { kind: 'enum', node, file };
  }
  return undefined;
}

function parameterNamed(node: FunctionNode, name: string, file: TypeScriptFile): Declared | undefined {
  for (const [index, parameter] of node.params.entries()) {
    const plain = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const target = plain.type === 'AssignmentPattern' ? plain.left : plain.type === 'RestElement' ? plain.argument : plain;
    const whole: WholeDeclared = { kind: 'parameter', of: node, index, fallback: plain.type === 'AssignmentPattern' ? plain.right : undefined, rest: plain.type === 'RestElement', file };
    const found = named(target, name, whole);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a name means in a pattern: all of it, or the part of that name or position. Nested patterns are not followed. */
function named(pattern: TSESTree.Node, name: string, whole: WholeDeclared): Declared | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === name ? whole : undefined;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
        const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
        if (target.type === 'Identifier' && target.name === name) return { kind: 'part', of: whole, name: property.key.name };
      }
      return undefined;
    case 'ArrayPattern': {
      const index = pattern.elements.findIndex((one) => one?.type === 'Identifier' && one.name === name);
      return index === -1 ? undefined : { kind: 'part', of: whole, name: String(index) };
    }
    default:
      return undefined;
  }
}

/** What a class assigns to a field: `this.x = value` anywhere in its body, or `x = value` among its members. */
export function fieldValue(owner: ClassFact, name: string): TSESTree.Node | undefined {
  for (const member of owner.node.body.body) {
    if (member.type === 'PropertyDefinition' && member.key.type === 'Identifier' && member.key.name === name && member.value !== null) return member.value;
  }
  return owner.file.fields.find((field) => field.name === name && enclosingClass(field.node) === owner.node)?.node.right;
}

export function enclosingClass(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let above: TSESTree.Node | undefined = node.parent; above !== undefined; above = above.parent) {
    if (above.type === 'ClassDeclaration' || above.type === 'ClassExpression') return above;
  }
  return undefined;
}

/** The function a node stands in, methods and constructors included. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | undefined {
  for (let above: TSESTree.Node | undefined = node.parent; above !== undefined; above = above.parent) {
    if (above.type === 'FunctionDeclaration' || above.type === 'FunctionExpression' || above.type === 'ArrowFunctionExpression') return above;
  }
  return undefined;
}
