import type { Value } from '../../../core/value.ts';
import { booleanValue, isFault, knownBoolean, knownNumber, mapValue, numberValue, unknownValue } from '../values/build.ts';
import { LOST_EXPRESSION } from '../syntax/ast.ts';
import { describe, scopedName } from '../values/describe.ts';
import { concatValues } from '../values/text.ts';
import { asTextValue, type Call, type FunctionTable, refused, textResult, type TerraformFunction, unknownResult } from './function.ts';

/** Conversions between types, and functions of the AWS provider. */
export const CONVERSION_FUNCTIONS: FunctionTable = new Map<string, TerraformFunction>([
  ['tostring', toText],
  ['tonumber', ([value], call) => converted(value, call, knownNumber(value), numberValue)],
  ['tobool', ([value], call) => converted(value, call, knownBoolean(value), booleanValue)],
  ['sensitive', ([value]) => value],
  ['nonsensitive', ([value]) => value],
  ['ephemeralasnull', ([value]) => value],
  ['issensitive', (_args, call) => booleanValue(false, call.origin)],
  ['defaults', ([value]) => value],
  ['coalesce', coalesce],
  // What a plan shows of an expression by its references alone.
  [LOST_EXPRESSION, (args, call) => unknownValue('known-after-apply', scopedName(call.frame.interpreter.scope.id, `an expression of ${args.map(describe).join(', ')}`), call.origin)],
  ['timestamp', (args, call) => unknownResult(call, args, 'atom')],
  ['plantimestamp', (args, call) => unknownResult(call, args, 'atom')],
  ['uuid', (_args, call) => generated(call)],
  ['bcrypt', (_args, call) => generated(call)],
  ['provider::aws::arn_build', arnBuild],
  ['provider::aws::arn_parse', arnParse],
  ['provider::aws::trim_iam_role_path', trimRolePath],
]);

function toText([value]: readonly Value[], call: Call): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'scalar') return value.type === 'string' ? value : { ...value, type: 'string' };
  return value.kind === 'list' ? refused(call, 'a list is no string') : asTextValue(value);
}

function converted<T>(value: Value | undefined, call: Call, known: T | undefined, make: (known: T, origin: Value['origin']) => Value): Value | undefined {
  if (value === undefined || value.kind === 'absent') return value;
  if (known !== undefined) return make(known, value.origin);
  return value.kind === 'scalar' || value.kind === 'list' || value.kind === 'map' ? refused(call, 'the value cannot be converted') : undefined;
}

/** The first argument that is neither null nor empty; an unknown one before it leaves open which it is. */
function coalesce(args: readonly Value[], call: Call): Value | undefined {
  for (const arg of args) {
    if (arg.kind === 'absent' || (arg.kind === 'scalar' && arg.text === '') || isFault(arg)) continue;
    return arg;
  }
  return refused(call, 'every argument is null or empty');
}

/** A value that differs at each run. */
function generated(call: Call): Value {
  return unknownValue('known-after-apply', `${call.frame.interpreter.scope.id}#${call.name}() at ${call.origin.source.path}:${call.origin.start}`, call.origin, 'atom');
}

function arnBuild(args: readonly Value[], call: Call): Value | undefined {
  if (args.length !== 5) return undefined;
  return concatValues([textResult('arn', call), ...args.flatMap((arg) => [textResult(':', call), arg])], call.origin);
}

const ARN_PARTS = ['partition', 'service', 'region', 'account_id', 'resource'] as const;

function arnParse([arn]: readonly Value[], call: Call): Value | undefined {
  if (arn?.kind !== 'scalar') return undefined;
  const [prefix, ...parts] = arn.text.split(':');
  if (prefix !== 'arn' || parts.length < 5) return refused(call, 'the text is no ARN');
  const texts = [...parts.slice(0, 4), parts.slice(4).join(':')];
  return mapValue(ARN_PARTS.map((key, index) => ({ key, keyOrigin: call.origin, value: textResult(texts[index] ?? '', call) })), call.origin);
}

function trimRolePath([arn]: readonly Value[], call: Call): Value | undefined {
  const match = arn?.kind === 'scalar' ? /^(arn:[^:]*:iam::\d*:role\/)(?:.*\/)?([^/]+)$/.exec(arn.text) : null;
  return match === null ? arn : textResult(`${match[1] ?? ''}${match[2] ?? ''}`, call);
}
