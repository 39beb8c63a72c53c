import type { Value } from '../../core/value.ts';
import type { Node } from '../../parse/node.ts';
import { cidr } from './cidr.ts';
import type { TemplateContext } from './context.ts';
import * as functions from './functions.ts';
import { include } from './include.ts';
import { dereference, getAttribute, importValue, stackOutput } from './references.ts';
import { substitute } from './substitute.ts';

/** Applies an intrinsic function to its argument; `at` is the whole call, and the argument itself when it is a tag. */
export type Intrinsic = (argument: Node, context: TemplateContext, at: Node) => Value;

/**
 * The intrinsic functions that give a value to a property. `Condition` and the functions of template rules do not:
 * they stand in conditions and rules only. Source: CloudFormation User Guide, "Intrinsic function reference".
 */
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
  ['Fn::Cidr', cidr],
  ['Fn::GetAZs', functions.availabilityZones],
  ['Fn::Length', functions.length],
  ['Fn::ToJsonString', functions.toJsonString],
  ['Fn::And', functions.truth],
  ['Fn::Or', functions.truth],
  ['Fn::Not', functions.truth],
  ['Fn::Equals', functions.truth],
  ['Fn::Contains', functions.truth],
  ['Fn::EachMemberEquals', functions.truth],
  ['Fn::EachMemberIn', functions.truth],
  ['Fn::RefAll', functions.truth],
  ['Fn::ValueOf', functions.truth],
  ['Fn::ValueOfAll', functions.truth],
]);

const TAGS: ReadonlyMap<string, Intrinsic> = new Map([...INTRINSICS].map(([name, apply]) => [`!${name.replace('Fn::', '')}`, apply]));

/** The function of a tag such as `!Sub`; `undefined` for tags that name none. */
export function taggedIntrinsic(tag: string): Intrinsic | undefined {
  return TAGS.get(tag);
}

/** The function of a key such as `Fn::Sub`. */
export function keyedIntrinsic(key: string): Intrinsic | undefined {
  return INTRINSICS.get(key);
}

/** Is the node a call of a function, so that what it yields is not written here? */
export function isIntrinsic(node: Node): boolean {
  return calledFunction(node) !== undefined;
}

/** The function a node calls in its long form or as a tag, e.g. `Fn::If`, with its argument. */
export function calledFunction(node: Node): { readonly name: string; readonly argument: Node } | undefined {
  if (node.tag.startsWith('!') && TAGS.has(node.tag)) return { name: node.tag === '!Ref' ? 'Ref' : `Fn::${node.tag.slice(1)}`, argument: node };
  const only = node.kind === 'mapping' && node.entries.length === 1 ? node.entries[0] : undefined;
  if (only === undefined || !(only.key.text === 'Ref' || only.key.text.startsWith('Fn::'))) return undefined;
  return { name: only.key.text, argument: only.value };
}
