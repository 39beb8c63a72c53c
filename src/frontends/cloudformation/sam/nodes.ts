import { child, type MappingNode, type Node, type NodeEntry, type ScalarNode } from '../../../parse/node.ts';
import { calledFunction, isIntrinsic } from '../intrinsics.ts';

/** The value under a key; an explicit null counts as none, as SAM has it. */
export function field(node: Node | undefined, key: string): Node | undefined {
  const found = child(node, key);
  return found === undefined || isNull(found) ? undefined : found;
}

/** The entries of a mapping that is no function call. */
export function entriesOf(node: Node | undefined): readonly NodeEntry[] {
  return node?.kind === 'mapping' && !isIntrinsic(node) ? node.entries : [];
}

/** The items of a list; a single value stands for a list of one. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' && node.tag === '' ? node.items : [node];
}

/** Is it a plain value, no function call? */
export function isLiteral(node: Node | undefined): node is ScalarNode {
  return node?.kind === 'scalar' && !node.tag.startsWith('!') && !isNull(node);
}

/** The text of a plain value; `undefined` for functions, which SAM does not look into. */
export function literalText(node: Node | undefined): string | undefined {
  return isLiteral(node) ? node.text : undefined;
}

/** Does SAM take the value as given: not null, not false, not empty? A function call always is. */
export function isGiven(node: Node | undefined): node is Node {
  if (node === undefined) return false;
  if (isIntrinsic(node)) return true;
  if (node.kind === 'scalar') return !isNull(node) && node.text !== '' && !(node.style === 'plain' && node.text === 'false');
  return node.kind === 'sequence' ? node.items.length > 0 : node.entries.length > 0;
}

/** `{"Ref": "AWS::NoValue"}`. */
export function isNoValue(node: Node): boolean {
  const call = calledFunction(node);
  return call?.name === 'Ref' && call.argument.kind === 'scalar' && call.argument.text === 'AWS::NoValue';
}

export interface Conditional {
  readonly condition: Node;
  readonly name: string;
  readonly then: Node;
  readonly otherwise: Node;
}

/** The parts of an `Fn::If`. */
export function conditionalOf(node: Node | undefined): Conditional | undefined {
  const call = node === undefined ? undefined : calledFunction(node);
  if (call?.name !== 'Fn::If' || call.argument.kind !== 'sequence') return undefined;
  const [condition, then, otherwise] = call.argument.items;
  if (condition?.kind !== 'scalar' || then === undefined || otherwise === undefined) return undefined;
  return { condition, name: condition.text, then, otherwise };
}

/** The logical id that `Ref` or `Fn::GetAtt` names. */
export function logicalIdOf(node: Node | undefined): string | undefined {
  const call = node === undefined ? undefined : calledFunction(node);
  if (call?.name === 'Ref') return call.argument.kind === 'scalar' ? call.argument.text : undefined;
  if (call?.name !== 'Fn::GetAtt') return undefined;
  const { argument } = call;
  if (argument.kind === 'scalar') return argument.text.split('.').length === 2 ? argument.text.split('.')[0] : undefined;
  const first = argument.kind === 'sequence' && argument.items.length === 2 ? argument.items[0] : undefined;
  return literalText(first);
}

/** What an id property names: a plain text, or the target of a `Ref`. */
export function referredId(node: Node | undefined): string | undefined {
  const call = node === undefined ? undefined : calledFunction(node);
  return call?.name === 'Ref' && call.argument.kind === 'scalar' ? call.argument.text : literalText(node);
}

/** Larger values are told apart by their places instead of their content: shared anchors make texts small and trees huge. */
const MAX_COMPARED = 5_000;
const MAX_DEPTH = 100;

/** A text that is equal for nodes of equal meaning: tags in their long form, `A.B` of `Fn::GetAtt` as a list. */
export function canonical(node: Node): string {
  return textOf(node, 0, { left: MAX_COMPARED });
}

function textOf(node: Node, depth: number, budget: { left: number }): string {
  budget.left -= 1;
  if (budget.left < 0 || depth > MAX_DEPTH) return `@${node.start}-${node.end}`;
  const call = calledFunction(node);
  if (call === undefined) return contentOf(node, depth, budget);
  const { name, argument } = call;
  if (name === 'Fn::GetAtt' && argument.kind === 'scalar') {
    const dot = argument.text.indexOf('.');
    return `{"Fn::GetAtt":[${JSON.stringify(argument.text.slice(0, dot))},${JSON.stringify(argument.text.slice(dot + 1))}]}`;
  }
  return `{${JSON.stringify(name)}:${argument === node ? contentOf(node, depth, budget) : textOf(argument, depth + 1, budget)}}`;
}

function contentOf(node: Node, depth: number, budget: { left: number }): string {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.text);
    case 'sequence':
      return `[${node.items.map((item) => textOf(item, depth + 1, budget)).join(',')}]`;
    case 'mapping':
      return `{${[...node.entries].sort((left, right) => (left.key.text < right.key.text ? -1 : 1)).map(({ key, value }) => `${JSON.stringify(key.text)}:${textOf(value, depth + 1, budget)}`).join(',')}}`;
  }
}

/** Is it a mapping that is no function call? */
export function isMapping(node: Node | undefined): node is MappingNode {
  return node?.kind === 'mapping' && !isIntrinsic(node);
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.tag === '' && (node.text === '' || node.text === 'null' || node.text === '~');
}
