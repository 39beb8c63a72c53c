import { both, type Guard } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import { type MappingEntry, textValue, type Value } from '../../../core/value.ts';
import type { ForExpression } from '../syntax/ast.ts';
import { absentValue, isFault, isOpen, knownBoolean, listValue, mapValue, numberValue, unknownValue } from '../values/build.ts';
import { mapOptions, opposite, optionsOf } from '../values/choice.ts';
import { bareName, describe, scopedName } from '../values/describe.ts';
import { isKnownKey, keyText } from '../values/entries.ts';
import { boundReached, spend } from './budget.ts';
import type { Frame, Interpreter, Names } from './interpreter.ts';
import { asCondition } from './operators.ts';

/** One turn of a loop. */
export interface Turn {
  readonly key: Value;
  readonly value: Value;
  /** The element is there only then. */
  readonly when: Guard;
}

export interface Turns {
  readonly turns: readonly Turn[];
  /** The number of turns is not known: the ones here stand for all. */
  readonly open: boolean;
}

/** The elements of a collection that is no choice: what is not known gives one turn that stands for all. */
export function turnsOf(collection: Value, interpreter: Interpreter, origin: Origin): Turns {
  if (collection.kind === 'list') {
    const turns = collection.items.flatMap((item, index) => itemTurns(item, numberValue(index, origin)));
    return { turns, open: isOpen(collection) };
  }
  if (collection.kind === 'map') {
    const turns = collection.entries.map((entry) => ({ key: entryKey(entry, interpreter), value: entry.value, when: entry.when ?? [] }));
    return { turns, open: isOpen(collection) };
  }
  if (collection.kind === 'absent') return { turns: [], open: false };
  const name = describe(collection);
  const reason = collection.kind === 'unknown' ? collection.reason : 'runtime-attribute';
  const key = unknownValue(reason, scopedName(interpreter.scope.id, `${name}[*].key`), origin, 'text');
  return { turns: [{ key, value: elementOf(collection, interpreter), when: [] }], open: true };
}

/** An element of a collection of which nothing is known. */
export function elementOf(collection: Value, interpreter: Interpreter): Value {
  const reason = collection.kind === 'unknown' ? collection.reason : 'runtime-attribute';
  const name = collection.kind === 'unknown' ? bareName(collection.name) : describe(collection);
  return unknownValue(reason, scopedName(interpreter.scope.id, `${name}[*]`), collection.origin);
}

/** An element that a condition may remove gives turns under its guards. */
function itemTurns(item: Value, key: Value): readonly Turn[] {
  if (item.kind !== 'choice' || !item.options.some((option) => option.value.kind === 'absent')) return [{ key, value: item, when: [] }];
  return item.options.flatMap((option) => (option.value.kind === 'absent' ? [] : [{ key, value: option.value, when: option.when }]));
}

function entryKey(entry: MappingEntry, interpreter: Interpreter): Value {
  if (isKnownKey(entry.key)) return textValue(entry.key, entry.keyOrigin);
  return unknownValue('known-after-apply', scopedName(interpreter.scope.id, `key ${describe(entry.value)}`), entry.keyOrigin, 'text');
}

/** Binds the names of a loop for one turn. */
export function bindTurn(names: Names | undefined, keyName: string | undefined, valueName: string, turn: Turn): Names {
  const withKey = keyName === undefined ? names : { name: keyName, value: turn.key, outer: names };
  return { name: valueName, value: turn.value, outer: withKey };
}

/** `[for …]` and `{for …}`. */
export function evaluateFor(expression: ForExpression, frame: Frame): Value {
  const collection = frame.interpreter.evaluate(expression.collection, frame);
  return mapOptions(collection, (one) => loopOver(one, expression, frame));
}

interface Made {
  readonly key: Value | undefined;
  readonly value: Value;
  readonly when: Guard;
}

function loopOver(collection: Value, expression: ForExpression, frame: Frame): Value {
  if (isFault(collection)) return collection;
  const { turns, open } = turnsOf(collection, frame.interpreter, expression);
  if (!spend(frame.interpreter, turns.length, expression)) return boundReached(expression);
  const made: Made[] = [];
  for (const turn of turns) {
    const inner: Frame = { ...frame, names: bindTurn(frame.names, expression.keyName, expression.valueName, turn) };
    for (const guard of keptWhen(expression, inner)) {
      const when = both(turn.when, guard);
      if (when === undefined) continue;
      const key = expression.key === undefined ? undefined : frame.interpreter.evaluate(expression.key, inner);
      made.push({ key, value: frame.interpreter.evaluate(expression.value, inner), when });
    }
  }
  return expression.key === undefined ? madeList(made, expression, open) : madeMap(made, expression, open);
}

/** Under which guards the element passes the `if` of the loop. */
function keptWhen(expression: ForExpression, frame: Frame): readonly Guard[] {
  if (expression.condition === undefined) return [[]];
  const condition = asCondition(frame.interpreter.evaluate(expression.condition, frame), frame);
  return optionsOf(condition).flatMap((option) => (knownBoolean(option.value) === false ? [] : [option.when]));
}

function madeList(made: readonly Made[], origin: Origin, open: boolean): Value {
  return listValue(
    made.map(({ value, when }) => guarded(value, when)),
    origin,
    open,
  );
}

/** A list element that is there only under a guard: a choice with nothing on its other side. */
export function guarded(value: Value, when: Guard): Value {
  if (when.length === 0) return value;
  const others = when.map((literal) => ({ when: [opposite(literal)], value: absentValue(value.origin) }));
  return { kind: 'choice', options: [{ when, value }, ...others], origin: value.origin };
}

function madeMap(made: readonly Made[], expression: ForExpression, open: boolean): Value {
  const groups = new Map<string, { readonly origin: Origin; readonly values: Value[]; readonly when: Guard }>();
  for (const { key, value, when } of made) {
    if (key === undefined) continue;
    for (const option of optionsOf(key)) {
      const guard = both(when, option.when);
      if (guard === undefined) continue;
      const text = keyText(option.value);
      const known = groups.get(text);
      if (known === undefined || !expression.grouped) groups.set(text, { origin: option.value.origin, values: [value], when: guard });
      else known.values.push(value);
    }
  }
  const entries = [...groups].map(([key, group]): MappingEntry => {
    const value = expression.grouped ? listValue(group.values, expression) : (group.values.at(-1) ?? absentValue(expression));
    return { key, keyOrigin: group.origin, value, ...(group.when.length === 0 ? {} : { when: group.when }) };
  });
  return mapValue(entries, expression, open);
}
