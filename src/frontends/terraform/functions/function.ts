import type { Origin } from '../../../core/source.ts';
import { textValue, type Scalar, type Unknown, type Value } from '../../../core/value.ts';
import type { Frame } from '../evaluate/interpreter.ts';
import { firstUnknown, reasonOf, unknownValue } from '../values/build.ts';
import { describe, scopedName } from '../values/describe.ts';
import { jsonTextOf } from '../values/json-text.ts';

/** What a function knows of its call. */
export interface Call {
  readonly name: string;
  readonly frame: Frame;
  readonly origin: Origin;
}

/**
 * A function of Terraform's language. Its arguments are no choices (those are multiplied out around it) and no faults.
 * `undefined` says that the result cannot be told from these arguments.
 */
export type TerraformFunction = (args: readonly Value[], call: Call) => Value | undefined;

export type FunctionTable = ReadonlyMap<string, TerraformFunction>;

/** Functions that can keep the branches of their arguments apart element by element, where there are too many to multiply out. */
export const ELEMENTWISE: ReadonlySet<string> = new Set(['concat', 'merge', 'flatten', 'compact', 'distinct', 'toset', 'tolist', 'jsonencode', 'yamlencode', 'sensitive', 'nonsensitive', 'tomap', 'values', 'setunion']);

/** The result of a call that cannot be worked out, named by function and arguments so that equal calls are equal. */
export function unknownResult(call: Call, args: readonly Value[], shape: Unknown['shape'] = 'any'): Unknown {
  const reason = args.some((arg) => firstUnknown(arg) !== undefined) ? reasonOf(args) : 'unsupported-function';
  const name = `${call.name}(${args.map(describe).join(',')})`;
  return unknownValue(reason, scopedName(call.frame.interpreter.scope.id, name), call.origin, shape);
}

/** A result that would be larger than any policy needs. */
export function tooLarge(call: Call): Unknown {
  return unknownValue('bound-reached', scopedName(call.frame.interpreter.scope.id, `the result of ${call.name}, larger than the bound`), call.origin);
}

/** A call that Terraform would refuse. */
export function refused(call: Call, why: string): Unknown {
  return unknownValue('invalid-template', scopedName(call.frame.interpreter.scope.id, `${call.name}: ${why}`), call.origin);
}

/** A structure where a function takes text is its JSON. */
export function asTextValue(value: Value): Value {
  return value.kind === 'list' || value.kind === 'map' ? jsonTextOf(value) : value;
}

/**
 * Applies a change of known text to a text that may have holes. A hole becomes the unknown result of the function on it, of the
 * same shape if the change keeps words words.
 */
export function changeText(value: Value, call: Call, rest: readonly Value[], change: (scalar: Scalar) => Value): Value | undefined {
  switch (value.kind) {
    case 'scalar':
      return change(value);
    case 'concat':
      return { ...value, parts: value.parts.flatMap((part) => changedPart(part, call, rest, change)) };
    case 'unknown':
      return unknownResult(call, [value, ...rest], value.shape === 'atom' ? 'atom' : 'text');
    case 'reference':
      return unknownResult(call, [value, ...rest], 'text');
    default:
      return undefined;
  }
}

function changedPart(part: Value, call: Call, rest: readonly Value[], change: (scalar: Scalar) => Value): readonly Value[] {
  const changed = changeText(part, call, rest, change);
  if (changed === undefined) return [part];
  return changed.kind === 'concat' ? changed.parts : [changed];
}

/** The text of a known scalar argument. */
export function textArgument(args: readonly Value[], index: number): string | undefined {
  const arg = args[index];
  return arg?.kind === 'scalar' ? arg.text : undefined;
}

export function textResult(text: string, call: Call): Scalar {
  return textValue(text, call.origin);
}
