import { createRequire } from 'node:module';
import type { TSESTree } from '@typescript-eslint/typescript-estree';

/** What is used of typescript-estree, which is an optional peer: it comes with the 23 MB of the TypeScript compiler. */
export interface TypeScriptParser {
  readonly parse: (text: string, options: ParseOptions) => TSESTree.Program;
  /** Visits every node; with `true` as its third argument it also sets each node's `parent`. */
  readonly simpleTraverse: (program: TSESTree.Program, visitor: { readonly enter: (node: TSESTree.Node) => void }, setParents: boolean) => void;
}

interface ParseOptions {
  readonly range: boolean;
  readonly loc: boolean;
  readonly jsx: boolean;
}

const MODULE = '@typescript-eslint/typescript-estree';

/**
 * Loads typescript-estree ahead of its use, so that the first finding of a run need not wait for it.
 * Does nothing where it is not installed.
 */
export async function prepareCdk(): Promise<void> {
  try {
    await import('@typescript-eslint/typescript-estree');
  } catch {
    // Not installed: places fall back to the generated template, which the front-end reports.
  }
}

/**
 * The parser, loaded on the first call and kept by Node's own module cache; `undefined` when it is not installed.
 * It is looked up from this package only: a module from the scanned project would run its code here.
 */
export function loadParser(): TypeScriptParser | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)(MODULE);
    return isParser(loaded) ? loaded : undefined;
  } catch {
    return undefined;
  }
}

/** Could the parser be loaded? Does not load it. */
export function hasParser(): boolean {
  try {
    return createRequire(import.meta.url).resolve(MODULE) !== '';
  } catch {
    return false;
  }
}

function isParser(loaded: unknown): loaded is TypeScriptParser {
  return typeof loaded === 'object' && loaded !== null && 'parse' in loaded && typeof loaded.parse === 'function' && 'simpleTraverse' in loaded && typeof loaded.simpleTraverse === 'function';
}
