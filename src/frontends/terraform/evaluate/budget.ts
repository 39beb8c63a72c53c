import type { Origin } from '../../../core/source.ts';
import type { Unknown, Value } from '../../../core/value.ts';
import { unknownValue } from '../values/build.ts';
import type { Budget, Interpreter } from './interpreter.ts';

/** Evaluation steps of one root: real ones of thousands of resources stay below a tenth of it. */
const STEPS = 3_000_000;
const MAX_DEPTH = 500;
const INSTANCES = 20_000;
const MODULES = 3000;

export function newBudget(): Budget {
  return { steps: STEPS, depth: 0, instances: INSTANCES, modules: MODULES, reached: new Set() };
}

/** Takes work off the budget; false when it is used up. */
export function spend(interpreter: Interpreter, steps: number, origin: Origin): boolean {
  interpreter.budget.steps -= steps;
  if (interpreter.budget.steps > 0) return true;
  reportBound(interpreter, 'steps', 'evaluation was stopped: the configuration needs more steps than the bound', origin);
  return false;
}

export function isTooDeep(interpreter: Interpreter): boolean {
  return interpreter.budget.depth > MAX_DEPTH;
}

/** Reports a bound, once for each kind. */
export function reportBound(interpreter: Interpreter, kind: string, message: string, origin: Origin): void {
  if (interpreter.budget.reached.has(kind)) return;
  interpreter.budget.reached.add(kind);
  interpreter.report({ code: 'bound-reached', message, origin });
}

export function boundReached(origin: Origin): Unknown {
  return unknownValue('bound-reached', 'more work than the bound', origin);
}

/** Reports a value that was given up for its size. */
export function reportTooLarge(interpreter: Interpreter, value: Value): void {
  if (value.kind === 'unknown' && value.reason === 'bound-reached') reportBound(interpreter, 'size', 'a value is larger than the bound and counts as unknown', value.origin);
}
