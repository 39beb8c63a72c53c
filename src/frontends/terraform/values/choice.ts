import { both, type Guard, type GuardLiteral } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import type { Choice, ChoiceOption, Value } from '../../../core/value.ts';

/** More alternatives than this are not multiplied out. */
export const MAX_OPTIONS = 16;

/**
 * A value that depends on a guard. Nested choices are taken apart, branches that cannot happen are dropped, and branches that
 * say the same become one. `undefined` when no branch is left.
 */
export function choiceOf(options: readonly ChoiceOption[], origin: Origin): Value | undefined {
  const flat: ChoiceOption[] = [];
  for (const option of options) {
    if (option.value.kind !== 'choice' || flat.length + option.value.options.length > MAX_OPTIONS) flat.push(option);
    else {
      for (const inner of option.value.options) {
        const when = both(option.when, inner.when);
        if (when !== undefined) flat.push({ when, value: inner.value });
      }
    }
  }
  const first = flat[0];
  if (first === undefined) return undefined;
  if (flat.every((option) => saysTheSame(option.value, first.value))) return first.value;
  return { kind: 'choice', options: flat, origin };
}

/** Leaves only, and by their text: enough to see that both branches give the same string. */
function saysTheSame(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.text === right.text && left.type === right.type;
  if (left.kind === 'reference' && right.kind === 'reference') return left.address === right.address && left.attribute === right.attribute && left.scope === right.scope;
  if (left.kind === 'unknown' && right.kind === 'unknown') return left.name === right.name && left.reason === right.reason;
  return left.kind === 'absent' && right.kind === 'absent';
}

/** Applies a function to every branch of a value that may be a choice. */
export function mapOptions(value: Value, change: (value: Value) => Value): Value {
  if (value.kind !== 'choice') return change(value);
  const options = value.options.map((option) => ({ when: option.when, value: change(option.value) }));
  return choiceOf(options, value.origin) ?? value;
}

/**
 * Applies a function to every combination of the branches of its arguments that can happen together.
 * `undefined` when there are too many combinations.
 */
export function distribute(args: readonly Value[], origin: Origin, apply: (args: readonly Value[]) => Value): Value | undefined {
  if (!args.some((arg) => arg.kind === 'choice')) return apply(args);
  let combinations: { readonly when: Guard; readonly args: readonly Value[] }[] = [{ when: [], args: [] }];
  for (const arg of args) {
    const next: { when: Guard; args: readonly Value[] }[] = [];
    for (const combination of combinations) {
      for (const option of arg.kind === 'choice' ? arg.options : [{ when: [], value: arg }]) {
        const when = both(combination.when, option.when);
        if (when !== undefined) next.push({ when, args: [...combination.args, option.value] });
      }
    }
    if (next.length > MAX_OPTIONS) return undefined;
    combinations = next;
  }
  return choiceOf(
    combinations.map((combination) => ({ when: combination.when, value: apply(combination.args) })),
    origin,
  );
}

/** A question that only the deployment answers, as a choice between true and false. */
export function askedBoolean(variable: string, value: string, labels: { readonly yes: string; readonly no: string }, origin: Origin): Choice {
  const literal = (is: boolean): GuardLiteral => ({ variable, value, is, label: is ? labels.yes : labels.no });
  return {
    kind: 'choice',
    options: [
      { when: [literal(true)], value: { kind: 'scalar', text: 'true', type: 'boolean', origin } },
      { when: [literal(false)], value: { kind: 'scalar', text: 'false', type: 'boolean', origin } },
    ],
    origin,
  };
}

/** The literal that holds when this one does not, with a label that says so. */
export function opposite(literal: GuardLiteral): GuardLiteral {
  return { ...literal, is: !literal.is, label: oppositeLabel(literal.label) };
}

function oppositeLabel(label: string): string {
  if (label.startsWith('not ')) return label.slice(4);
  if (label.includes(' is not `')) return label.replace(' is not `', ' is `');
  return label.includes(' is `') ? label.replace(' is `', ' is not `') : `not ${label}`;
}

/** The alternatives of a value: its options, or itself always. */
export function optionsOf(value: Value): readonly ChoiceOption[] {
  return value.kind === 'choice' ? value.options : [{ when: [], value }];
}
