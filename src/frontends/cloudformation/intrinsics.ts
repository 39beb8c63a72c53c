import type { Value } from '../../core/value.ts';
import type { Node } from '../../parse/node.ts';
import type { TemplateContext } from './context.ts';
import * as functions from './functions.ts';
import { include } from './include.ts';
import { dereference, getAttribute, importValue, stackOutput } from './references.ts';
import { substitute } from './substitute.ts';

/** Applies an intrinsic function to its argument; `at` is the whole call. */
type Intrinsic = (argument: Node, context: TemplateContext, at: Node) => Value;

/** Every intrinsic function CloudFormation documents, the functions of template rules included. */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', dereference],
  ['Fn::GetAtt', getAttribute],
  ['Fn::Sub', substitute],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', stackOutput],
  ['Fn::Transform', include],
  ['Fn::Join', functions.join],
  ['Fn::Select', functions.select],
  ['Fn::Split', functions.split],
  ['Fn::If', functions.branch],
  ['Fn::FindInMap', functions.findInMap],
  ['Fn::Base64', functions.base64],
  ['Fn::Cidr', functions.cidr],
  ['Fn::GetAZs', functions.availabilityZones],
  ['Fn::Length', functions.length],
  ['Fn::ToJsonString', functions.toJsonString],
  ['Fn::And', functions.truth],
  ['Fn::Or', functions.truth],
  ['Fn::Not', functions.truth],
  ['Fn::Equals', functions.truth],
  ['Condition', functions.truth],
  ['Fn::Contains', functions.ruleFunction],
  ['Fn::EachMemberEquals', functions.ruleFunction],
  ['Fn::EachMemberIn', functions.ruleFunction],
  ['Fn::RefAll', functions.ruleFunction],
  ['Fn::ValueOf', functions.ruleFunction],
  ['Fn::ValueOfAll', functions.ruleFunction],
]);

export interface IntrinsicCall {
  readonly name: string;
  readonly argument: Node;
}

/** The intrinsic a node calls, in its long form (`{"Fn::Sub": …}`) or as a tag (`!Sub …`). */
export function intrinsicName(node: Node): IntrinsicCall | undefined {
  if (node.tag.length > 1 && node.tag.startsWith('!') && !node.tag.startsWith('!!')) {
    const word = node.tag.slice(1);
    const name = word === 'Ref' || word === 'Condition' ? word : `Fn::${word}`;
    return INTRINSICS.has(name) ? { name, argument: { ...node, tag: '' } } : undefined;
  }
  if (node.kind !== 'mapping' || node.entries.length !== 1) return undefined;
  const only = node.entries[0];
  if (only === undefined || !INTRINSICS.has(only.key.text)) return undefined;
  // `Condition: {...}` is a policy's block; only `Condition: Name` refers to a template condition.
  if (only.key.text === 'Condition' && only.value.kind !== 'scalar') return undefined;
  return { name: only.key.text, argument: only.value };
}

/** The call with the function that applies it. */
export function intrinsicOf(node: Node): { readonly apply: Intrinsic; readonly argument: Node } | undefined {
  if (node.tag === '' && (node.kind !== 'mapping' || node.entries.length !== 1)) return undefined;
  const call = intrinsicName(node);
  const apply = call === undefined ? undefined : INTRINSICS.get(call.name);
  return call === undefined || apply === undefined ? undefined : { apply, argument: call.argument };
}
