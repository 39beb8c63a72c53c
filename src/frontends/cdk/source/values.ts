import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Origin } from '../../../core/source.ts';
import type { Mapping, MappingEntry, Value } from '../../../core/value.ts';
import { declarationOf } from '../typescript/declarations.ts';
import { lastWord, type TypeScriptFile, unwrap } from '../typescript/file-facts.ts';
import type { FoldContext } from '../typescript/fold-context.ts';
import { originOf } from '../typescript/fold-context.ts';

/** A written property and the file it is written in. */
export interface WrittenProperty {
  readonly node: TSESTree.Node;
  readonly file: TypeScriptFile;
  readonly keyOrigin: Origin;
}

/** The properties of an object as written, before anything is folded. */
export interface WrittenObject {
  readonly properties: ReadonlyMap<string, WrittenProperty>;
  /** Something is spread in that only runs, so any property may be there too. */
  readonly open: boolean;
}

const MAX_SPREADS = 16;

/** Reads an object literal, or the constant one a name stands for; `undefined` when it is made at run time. */
export function writtenObject(node: TSESTree.Node | undefined, context: FoldContext, depth = 0): WrittenObject | undefined {
  if (node === undefined) return { properties: new Map(), open: false };
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const declared = depth > MAX_SPREADS ? undefined : declarationOf(inner.name, inner, context.file, context.project);
    return declared?.kind === 'variable' && declared.constant ? writtenObject(declared.init, { ...context, file: declared.file }, depth + 1) : undefined;
  }
  if (inner.type !== 'ObjectExpression') return undefined;
  const properties = new Map<string, WrittenProperty>();
  let open = false;
  for (const property of inner.properties) {
    if (property.type === 'SpreadElement') {
      const spread = depth > MAX_SPREADS ? undefined : writtenObject(property.argument, context, depth + 1);
      if (spread === undefined || spread.open) open = true;
      for (const [name, written] of spread?.properties ?? []) properties.set(name, written);
      continue;
    }
    const name = property.computed ? undefined : property.key.type === 'Identifier' ? property.key.name : property.key.type === 'Literal' ? String(property.key.value) : undefined;
    if (name === undefined) open = true;
    else properties.set(name, { node: property.value, file: context.file, keyOrigin: originOf(property.key, context.file) });
  }
  return { properties, open };
}

/** What a name finally stands for: the expression its constant was given, and the file that stands in. */
export function followName(node: TSESTree.Node, context: FoldContext, depth = 0): { readonly node: TSESTree.Node; readonly context: FoldContext } {
  const inner = unwrap(node);
  if (inner.type !== 'Identifier' || depth > MAX_SPREADS) return { node: inner, context };
  const declared = declarationOf(inner.name, inner, context.file, context.project);
  if (declared?.kind !== 'variable') return { node: inner, context };
  return followName(declared.init, { ...context, file: declared.file }, depth + 1);
}

export function text(written: string, origin: Origin): Value {
  return { kind: 'scalar', text: written, type: 'string', origin };
}

export function entry(key: string, value: Value, keyOrigin: Origin = value.origin): MappingEntry {
  return { key, keyOrigin, value };
}

export function mapping(entries: readonly MappingEntry[], origin: Origin): Mapping {
  return { kind: 'map', entries, origin };
}

/** The class or function an expression names, unless the project itself declares one of that name. */
export function libraryName(callee: TSESTree.Node, context: FoldContext): string | undefined {
  const name = lastWord(callee);
  if (name === undefined || callee.type !== 'Identifier') return name;
  const declared = declarationOf(name, callee, context.file, context.project);
  if (declared?.kind === 'class') return undefined;
  // `import { Role as IamRole } from 'aws-cdk-lib/aws-iam'`
  return declared?.kind === 'library' && declared.name !== '*' && declared.name !== 'default' ? declared.name : name;
}
