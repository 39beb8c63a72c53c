import type { TSESTree } from '@typescript-eslint/typescript-estree';
import { declarationOf, enclosingFunction } from '../typescript/declarations.ts';
import { type FunctionNode, lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import type { GivenArguments, PlacedNode } from '../typescript/fold-context.ts';
import { classAround, type ProjectIndex, type Site } from './project-index.ts';

const MAX_SITES = 16;
const MAX_DEPTH = 8;

/** What callers give for one parameter. */
export function argumentsFor(of: FunctionNode, position: number, file: TypeScriptFile, index: ProjectIndex): readonly PlacedNode[] {
  return callsOf(of, file, index).flatMap((call) => {
    const node = call.nodes[position];
    return node === undefined || call.nodes.slice(0, position + 1).some((one) => one.type === 'SpreadElement') ? [] : [{ node, file: call.file }];
  });
}

/** Calls of a function; a callback of a list's method is called with each element of the list. */
export function callsOf(of: FunctionNode, file: TypeScriptFile, index: ProjectIndex): readonly GivenArguments[] {
  const { parent } = of;
  if (parent.type === 'CallExpression' && parent.arguments[0] === of && parent.callee.type === 'MemberExpression') {
    if (!EACH.has(lastWord(parent.callee) ?? '')) return [];
    return elementsOf(parent.callee.object, file, index).map((element) => ({ site: element.node, nodes: [element.node], file: element.file }));
  }
  return sitesOf(of, file, index).slice(0, MAX_SITES).map((site) => ({ site: site.node, nodes: site.node.arguments, file: site.file }));
}

/** Methods of lists that call back with each element. */
const EACH: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap', 'filter']);

/** The expressions a list is made of: a literal list, or what a `map` makes of each element. */
export function elementsOf(list: TSESTree.Node, file: TypeScriptFile, index: ProjectIndex, depth = 0): readonly { readonly node: TSESTree.Expression; readonly file: TypeScriptFile }[] {
  const inner = unwrap(list);
  if (depth > MAX_DEPTH) return [];
  switch (inner.type) {
    case 'ArrayExpression':
      return inner.elements.flatMap((one) => (one === null || one.type === 'SpreadElement' ? [] : [{ node: one, file }])).slice(0, MAX_SITES);
    case 'Identifier': {
      const declared = declarationOf(inner.name, inner, file, index.project);
      return declared?.kind === 'variable' ? elementsOf(declared.init, declared.file, index, depth + 1) : [];
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
function sitesOf(of: FunctionNode, file: TypeScriptFile, index: ProjectIndex): readonly Site[] {
  const { parent } = of;
  if (parent.type === 'MethodDefinition' && parent.kind === 'constructor') {
    const owner = classAround(of, file);
    return owner === undefined ? [] : [...(index.news.get(owner.name) ?? []), ...(index.supers.get(owner.name) ?? [])];
  }
  const name = of.type === 'FunctionDeclaration' ? of.id?.name : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : parent.type === 'MethodDefinition' && parent.key.type === 'Identifier' ? parent.key.name : undefined;
  return name === undefined ? [] : (index.calls.get(name) ?? []).filter((site) => !within(site.node, of));
}

function within(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  for (let above: FunctionNode | undefined = enclosingFunction(node); above !== undefined; above = enclosingFunction(above)) if (above === outer) return true;
  return false;
}
