import type { MappingEntry, Scalar, Value } from '../../../core/value.ts';
import type { Expression, LiteralExpression, ObjectExpression } from '../syntax/ast.ts';
import { writtenText } from '../syntax/ast.ts';
import { absentValue, listValue, mapValue, unknownValue } from '../values/build.ts';
import { optionsOf } from '../values/choice.ts';
import { keyText } from '../values/entries.ts';
import { scopedName } from '../values/describe.ts';
import { evaluateAccess, evaluateSplat } from './access.ts';
import { boundReached, isTooDeep, reportBound, spend } from './budget.ts';
import { evaluateCall } from './call.ts';
import type { Frame } from './interpreter.ts';
import { evaluateFor } from './loop.ts';
import { evaluateBinary, evaluateConditional, evaluateUnary } from './operators.ts';
import { evaluateTemplate } from './template.ts';

/**
 * Evaluates an expression as far as the files allow. Never throws and always ends: what is not known stays in the value as an
 * unknown, a reference or a choice, and work beyond the budget gives `bound-reached`.
 */
export function evaluate(expression: Expression, frame: Frame): Value {
  const { interpreter } = frame;
  if (!spend(interpreter, 1, expression)) return boundReached(expression);
  if (isTooDeep(interpreter)) {
    reportBound(interpreter, 'depth', 'a value is made of values of values, deeper than the bound', expression);
    return boundReached(expression);
  }
  interpreter.budget.depth += 1;
  const value = evaluateKind(expression, frame);
  interpreter.budget.depth -= 1;
  return value;
}

function evaluateKind(expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression);
    case 'template':
      return evaluateTemplate(expression, frame);
    case 'tuple':
      return listValue(
        expression.items.map((item) => evaluate(item, frame)),
        expression,
      );
    case 'object':
      return evaluateObject(expression, frame);
    case 'variable':
    case 'attribute':
    case 'index':
      return evaluateAccess(expression, frame);
    case 'splat':
      return evaluateSplat(expression, frame);
    case 'call':
      return evaluateCall(expression, frame);
    case 'conditional':
      return evaluateConditional(expression, frame);
    case 'unary':
      return evaluateUnary(expression, frame);
    case 'binary':
      return evaluateBinary(expression, frame);
    case 'for':
      return evaluateFor(expression, frame);
    case 'broken':
      return unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, writtenText(expression)), expression);
  }
}

/** A literal as a value. The expression is the origin. */
export function literalValue(literal: LiteralExpression): Value {
  if (literal.type === 'null') return absentValue(literal);
  const scalar: Scalar = { kind: 'scalar', text: literal.text, type: literal.type, origin: literal };
  return literal.place === undefined ? scalar : { ...scalar, place: literal.place };
}

function evaluateObject(expression: ObjectExpression, frame: Frame): Value {
  const entries = new Map<string, MappingEntry>();
  for (const item of expression.items) {
    const key = evaluate(item.key, frame);
    const value = evaluate(item.value, frame);
    for (const option of optionsOf(key)) {
      const text = keyText(option.value);
      entries.set(text, { key: text, keyOrigin: item.key, value, ...(option.when.length === 0 ? {} : { when: option.when }) });
    }
  }
  return mapValue([...entries.values()], expression);
}

