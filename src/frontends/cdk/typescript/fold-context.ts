import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { Origin } from '../../../core/source.ts';
import type { Unknown, UnknownReason, Value } from '../../../core/value.ts';
import type { FunctionNode, TypeScriptFile } from './file-facts.ts';
import type { TypeScriptProject } from './project.ts';

/** What folding an expression needs. */
export interface FoldContext {
  readonly file: TypeScriptFile;
  readonly project: TypeScriptProject | undefined;
  /** Scope of the template the value is for: equal unknowns of one scope are the same value. */
  readonly scopeId: string;
  /** Values of names bound around the expression (the parameter of a `map` callback). */
  readonly bound: ReadonlyMap<string, Value>;
  readonly depth: number;
  /** Steps left, shared by all folding of one file: constants may name constants that name constants. */
  readonly budget: { left: number };
  /** What callers give for a parameter, where the sources show it. */
  readonly givenFor?: (of: FunctionNode, file: TypeScriptFile) => readonly GivenArguments[];
  /** Functions whose parameters are being looked up in their callers: one that calls itself gives no more values. */
  readonly expanding?: readonly FunctionNode[];
  /** Expressions the reader understands better than folding does (constructs, policy statements). */
  readonly special?: (node: TSESTree.Node, context: FoldContext) => Value | undefined;
}

/** The arguments of one call, a spread one as the list it spreads; and the file the call stands in. */
export interface GivenArguments {
  /** The call, or the list element that a callback is called with: tells what one call makes from what another does. */
  readonly site: TSESTree.Node;
  readonly nodes: readonly TSESTree.CallExpressionArgument[];
  readonly file: TypeScriptFile;
}

/** An expression and the file it stands in. */
export interface PlacedNode {
  readonly node: TSESTree.Node;
  readonly file: TypeScriptFile;
}

/** Joins parts to one text: a plain scalar when all are known, else a concat. */
export function joinValues(parts: readonly Value[], origin: Origin): Value {
  const present = parts.filter((part) => part.kind !== 'absent');
  const only = present[0];
  if (present.length === 1 && only !== undefined && only.kind !== 'scalar') return only;
  if (present.every((part) => part.kind === 'scalar')) return { kind: 'scalar', text: present.map((part) => (part.kind === 'scalar' ? part.text : '')).join(''), type: 'string', origin };
  return { kind: 'concat', parts: present.flatMap((part) => (part.kind === 'concat' ? part.parts : [part])), origin };
}

export type DeploymentWord = 'AccountId' | 'Region' | 'Partition' | 'URLSuffix';

/** A pseudo parameter as the CloudFormation front-end writes it, so that both mean the same account. */
export function deploymentValue(word: DeploymentWord, node: TSESTree.Node, context: FoldContext): Value {
  const origin = originOf(node, context.file);
  if (word === 'Partition') return { kind: 'scalar', text: 'aws', type: 'string', origin };
  if (word === 'URLSuffix') return { kind: 'scalar', text: 'amazonaws.com', type: 'string', origin };
  return { kind: 'unknown', reason: word === 'Region' ? 'deployment-region' : 'deployment-account', name: `${context.scopeId}#AWS::${word}`, origin, shape: 'atom' };
}

/** What an expression would yield when run, named by its own text. */
export function unknownAt(node: TSESTree.Node, context: FoldContext, reason?: UnknownReason): Unknown {
  const because = reason ?? (node.type === 'Identifier' ? 'variable-without-value' : 'runtime-attribute');
  return { kind: 'unknown', reason: because, name: `${context.scopeId}#${textOf(node, context.file)}`, origin: originOf(node, context.file), shape: 'text' };
}

export function originOf(node: TSESTree.Node, file: TypeScriptFile): Origin {
  return { source: file.source, start: node.range[0], end: node.range[1] };
}

/** The expression as written, on one line and cut to a readable length. */
export function textOf(node: TSESTree.Node, file: TypeScriptFile): string {
  const text = file.source.text.slice(node.range[0], Math.min(node.range[1], node.range[0] + 200)).split(/\s+/).join(' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function scalarText(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' ? value.text : undefined;
}
