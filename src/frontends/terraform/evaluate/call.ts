import { both } from '../../../core/guard.ts';
import type { Value } from '../../../core/value.ts';
import { FUNCTIONS } from '../functions/index.ts';
import { type Call, ELEMENTWISE, unknownResult } from '../functions/function.ts';
import type { CallExpression } from '../syntax/ast.ts';
import { booleanValue, hasFault, isFault, isOpen, listValue, mapValue, unknownValue } from '../values/build.ts';
import { distribute } from '../values/choice.ts';
import { describe, scopedName } from '../values/describe.ts';
import { reportTooLarge, spend } from './budget.ts';
import type { Frame } from './interpreter.ts';
import { guarded } from './loop.ts';

/** Functions that look at their arguments' faults and nulls themselves. */
const TOLERANT: ReadonlySet<string> = new Set(['coalesce', 'coalescelist']);

/** Evaluates a function call. Choices among the arguments are multiplied out within bounds. */
export function evaluateCall(expression: CallExpression, frame: Frame): Value {
  if (expression.name === 'try') return evaluateTry(expression, frame);
  if (expression.name === 'can') return evaluateCan(expression, frame);
  const call: Call = { name: expression.name, frame, origin: expression };
  const args = expression.args.map((arg) => frame.interpreter.evaluate(arg, frame));
  const fault = TOLERANT.has(expression.name) ? undefined : args.find(isFault);
  if (fault !== undefined) return fault;
  const implementation = FUNCTIONS.get(expression.name);
  if (implementation === undefined) {
    const name = `${expression.name}(${args.map(describe).join(',')})`;
    return unknownValue('unsupported-function', scopedName(frame.interpreter.scope.id, name), expression);
  }
  if (!spend(frame.interpreter, costOf(args), expression)) return unknownResult(call, args);
  const apply = (given: readonly Value[]): Value => {
    const spread = expression.spread ? spreadLast(given, call) : given;
    return implementation(spread, call) ?? unknownResult(call, spread);
  };
  const result = distribute(args, expression, apply) ?? (ELEMENTWISE.has(expression.name) ? apply(args.map(elementwise)) : unknownResult(call, args));
  if (args.every((arg) => arg.kind !== 'unknown')) reportTooLarge(frame.interpreter, result);
  return result;
}

/** Large lists cost what they are worth. */
function costOf(args: readonly Value[]): number {
  return args.reduce((sum, arg) => sum + (arg.kind === 'list' ? arg.items.length : arg.kind === 'map' ? arg.entries.length : 1), 0);
}

/** A choice between lists (or mappings) as one list (or mapping) whose elements are there under guards. */
function elementwise(value: Value): Value {
  if (value.kind !== 'choice') return value;
  const present = value.options.filter((option) => option.value.kind !== 'absent');
  const lists = present.flatMap(({ when, value: one }) => (one.kind === 'list' ? one.items.map((item) => guarded(item, when)) : []));
  if (present.every((option) => option.value.kind === 'list')) return listValue(lists, value.origin, present.some(({ value: one }) => one.kind === 'list' && isOpen(one)));
  const entries = present.flatMap(({ when, value: one }) => (one.kind === 'map' ? one.entries.map((entry) => ({ ...entry, value: entry.value, when: both(when, entry.when) ?? when })) : []));
  return present.every((option) => option.value.kind === 'map') ? mapValue(entries, value.origin) : value;
}

/** `f(list...)`. When the list's length is not known, one more argument stands for the rest of it. */
function spreadLast(args: readonly Value[], call: Call): readonly Value[] {
  const last = args.at(-1);
  if (last?.kind !== 'list') return args;
  const spread = [...args.slice(0, -1), ...last.items];
  return isOpen(last) ? [...spread, unknownResult({ ...call, name: 'rest' }, [last])] : spread;
}

/** The first argument that Terraform would not refuse. */
function evaluateTry(expression: CallExpression, frame: Frame): Value {
  let last: Value | undefined;
  for (const arg of expression.args) {
    last = frame.interpreter.evaluate(arg, frame);
    if (last.kind === 'choice') {
      const rest = expression.args.slice(expression.args.indexOf(arg) + 1);
      if (!last.options.some((option) => fails(option.value)) || rest.length === 0) return last;
      const fallback = evaluateTry({ ...expression, args: rest }, frame);
      return distribute([last], expression, ([one]) => (one === undefined || fails(one) ? fallback : one)) ?? last;
    }
    if (!fails(last)) return last;
  }
  return last ?? unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, 'try()'), expression);
}

function fails(value: Value): boolean {
  return hasFault(value) || (value.kind === 'unknown' && value.reason === 'missing-file');
}

function evaluateCan(expression: CallExpression, frame: Frame): Value {
  const [arg] = expression.args;
  const value = arg === undefined ? undefined : frame.interpreter.evaluate(arg, frame);
  if (value === undefined || fails(value)) return booleanValue(false, expression);
  const settled = value.kind !== 'unknown' && value.kind !== 'choice';
  return settled ? booleanValue(true, expression) : unknownValue('known-after-apply', scopedName(frame.interpreter.scope.id, `can(${describe(value)})`), expression, 'atom');
}
