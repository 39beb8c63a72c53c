import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import type { BinaryExpression, BinaryOperator, ConditionalExpression, UnaryExpression } from '../syntax/ast.ts';
import { booleanValue, isFault, knownBoolean, knownNumber, numberValue, reasonOf, unknownValue } from '../values/build.ts';
import { askedBoolean, choiceOf, distribute, mapOptions, optionsOf } from '../values/choice.ts';
import { equal } from '../values/compare.ts';
import { describe, scopedName } from '../values/describe.ts';
import type { Frame } from './interpreter.ts';

/** `condition ? a : b`: the branch that is known to be taken, else a choice between both under guards. */
export function evaluateConditional(expression: ConditionalExpression, frame: Frame): Value {
  const { interpreter } = frame;
  const asked = interpreter.evaluate(expression.condition, frame);
  if (isFault(asked)) return asked;
  const condition = asCondition(asked, frame);
  const known = knownBoolean(condition);
  if (known !== undefined) return interpreter.evaluate(known ? expression.then : expression.otherwise, frame);
  const then = interpreter.evaluate(expression.then, frame);
  const otherwise = interpreter.evaluate(expression.otherwise, frame);
  const options = optionsOf(condition).map((option) => ({ when: option.when, value: knownBoolean(option.value) === false ? otherwise : then }));
  return choiceOf(options, expression) ?? then;
}

/** Any value as a condition: a boolean, or a choice between true and false that the deployment makes. */
export function asCondition(value: Value, frame: Frame): Value {
  const known = knownBoolean(value);
  if (known !== undefined) return booleanValue(known, value.origin);
  if (value.kind === 'choice') return mapOptions(value, (option) => asCondition(option, frame));
  const text = describe(value);
  return askedBoolean(scopedName(frame.interpreter.scope.id, text), 'true', { yes: text, no: `not ${text}` }, value.origin);
}

export function evaluateUnary(expression: UnaryExpression, frame: Frame): Value {
  const operand = frame.interpreter.evaluate(expression.operand, frame);
  if (expression.operator === '!') return isFault(operand) ? operand : mapOptions(asCondition(operand, frame), negated);
  return mapOptions(operand, (value) => {
    const number = knownNumber(value);
    return number === undefined ? undecided(frame, `-${describe(value)}`, [value], expression) : numberValue(-number, expression);
  });
}

function negated(value: Value): Value {
  return booleanValue(knownBoolean(value) === false, value.origin);
}

export function evaluateBinary(expression: BinaryExpression, frame: Frame): Value {
  const { interpreter } = frame;
  const { operator } = expression;
  const left = interpreter.evaluate(expression.left, frame);
  if (isFault(left)) return left;
  if (operator === '&&' || operator === '||') return evaluateLogic(expression, left, frame);
  const right = interpreter.evaluate(expression.right, frame);
  if (isFault(right)) return right;
  const apply = ([one, two]: readonly Value[]): Value => {
    if (one === undefined || two === undefined) return left;
    if (operator === '==') return compare(one, two, expression, frame);
    if (operator === '!=') return mapOptions(compare(one, two, expression, frame), negated);
    return calculate(operator, one, two, expression, frame);
  };
  return distribute([left, right], expression, apply) ?? undecided(frame, `${describe(left)} ${operator} ${describe(right)}`, [left, right], expression);
}

function evaluateLogic(expression: BinaryExpression, left: Value, frame: Frame): Value {
  const stopsAt = expression.operator === '||';
  const first = asCondition(left, frame);
  if (knownBoolean(first) === stopsAt) return first;
  const asked = frame.interpreter.evaluate(expression.right, frame);
  if (isFault(asked)) return asked;
  const second = asCondition(asked, frame);
  if (knownBoolean(first) !== undefined) return second;
  const joined = distribute([first, second], expression, ([one, two]) => {
    const results = [knownBoolean(one) === true, knownBoolean(two) === true];
    return booleanValue(stopsAt ? results.includes(true) : !results.includes(false), expression);
  });
  return joined ?? asCondition(undecided(frame, `${describe(left)} ${expression.operator} ${describe(asked)}`, [left, asked], expression), frame);
}

/** Equality; where it is not known, a question about the one side that is not. */
function compare(left: Value, right: Value, origin: Origin, frame: Frame): Value {
  const verdict = equal(left, right);
  if (verdict !== 'unknown') return booleanValue(verdict === 'yes', origin);
  const [asked, known] = isSettled(left) ? [right, left] : [left, right];
  const text = describe(asked);
  if (isSettled(known)) {
    const value = known.kind === 'scalar' ? known.text : 'null';
    const shown = value.length > 60 ? `${value.slice(0, 57)}...` : value;
    return askedBoolean(scopedName(frame.interpreter.scope.id, text), value, { yes: `${text} is \`${shown}\``, no: `${text} is not \`${shown}\`` }, origin);
  }
  const whole = `${text} == ${describe(known)}`;
  return askedBoolean(scopedName(frame.interpreter.scope.id, whole), 'true', { yes: whole, no: `not ${whole}` }, origin);
}

function isSettled(value: Value): boolean {
  return value.kind === 'scalar' || value.kind === 'absent';
}

function calculate(operator: BinaryOperator, left: Value, right: Value, origin: Origin, frame: Frame): Value {
  const one = knownNumber(left);
  const two = knownNumber(right);
  if (one === undefined || two === undefined) return undecided(frame, `${describe(left)} ${operator} ${describe(right)}`, [left, right], origin);
  switch (operator) {
    case '<':
      return booleanValue(one < two, origin);
    case '>':
      return booleanValue(one > two, origin);
    case '<=':
      return booleanValue(one <= two, origin);
    case '>=':
      return booleanValue(one >= two, origin);
    default: {
      const result = arithmetic(operator, one, two);
      return Number.isFinite(result) ? numberValue(result, origin) : unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, 'a division by zero'), origin, 'atom');
    }
  }
}

function arithmetic(operator: BinaryOperator, one: number, two: number): number {
  switch (operator) {
    case '+':
      return one + two;
    case '-':
      return one - two;
    case '*':
      return one * two;
    case '/':
      return one / two;
    default:
      return one % two;
  }
}

function undecided(frame: Frame, text: string, values: readonly Value[], origin: Origin): Value {
  return unknownValue(reasonOf(values), scopedName(frame.interpreter.scope.id, text), origin, 'atom');
}
