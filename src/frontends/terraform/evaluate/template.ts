import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import type { ForPart, IfPart, TemplateExpression, TemplatePart } from '../syntax/ast.ts';
import { knownBoolean, unknownValue } from '../values/build.ts';
import { choiceOf, mapOptions, optionsOf } from '../values/choice.ts';
import { scopedName } from '../values/describe.ts';
import { endsInQuotes, jsonTextOf } from '../values/json-text.ts';
import { concatValues } from '../values/text.ts';
import { boundReached, reportTooLarge, spend } from './budget.ts';
import type { Frame } from './interpreter.ts';
import { bindTurn, turnsOf } from './loop.ts';
import { asCondition } from './operators.ts';

/** A string template: `"${x}"` alone keeps the type of `x`; anything else is text, with holes where it is not known. */
export function evaluateTemplate(expression: TemplateExpression, frame: Frame): Value {
  const only = expression.parts[0];
  if (expression.parts.length === 1 && only?.kind === 'interpolation') return frame.interpreter.evaluate(only.value, frame);
  const first = only?.kind === 'literal' ? only.text.trimStart() : '';
  const json: JsonState = { isJson: first.startsWith('{') || first.startsWith('['), quoted: false };
  const text = concatValues(evaluateParts(expression.parts, frame, json), expression);
  reportTooLarge(frame.interpreter, text);
  return text;
}

/** In a template that writes JSON, a structure may stand outside quotes: it stays a structure there, and keeps its places. */
interface JsonState {
  readonly isJson: boolean;
  quoted: boolean;
}

function evaluateParts(parts: readonly TemplatePart[], frame: Frame, json: JsonState): readonly Value[] {
  return parts.flatMap((part) => evaluatePart(part, frame, json));
}

function evaluatePart(part: TemplatePart, frame: Frame, json: JsonState): readonly Value[] {
  switch (part.kind) {
    case 'literal': {
      if (json.isJson) json.quoted = endsInQuotes(part.text, json.quoted);
      const { text, source, start, end, place } = part;
      const origin: Origin = { source, start, end };
      return [{ kind: 'scalar', text, type: 'string', origin, ...(place === undefined ? {} : { place }) }];
    }
    case 'interpolation':
      return [asText(frame.interpreter.evaluate(part.value, frame), part, frame, json)];
    case 'template-if':
      return evaluateIf(part, frame, json);
    case 'template-for':
      return evaluateLoop(part, frame, json);
  }
}

/** An interpolated value as text. */
function asText(value: Value, at: Origin, frame: Frame, json: JsonState): Value {
  switch (value.kind) {
    case 'scalar':
      return value.type === 'string' || (json.isJson && !json.quoted) ? value : { ...value, type: 'string' };
    case 'list':
    case 'map':
      return json.isJson && !json.quoted ? value : jsonTextOf(value);
    case 'choice':
      return mapOptions(value, (option) => asText(option, at, frame, json));
    case 'absent':
      return unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, 'null in a template'), at, 'text');
    case 'unknown':
      return value.shape === 'any' && !(json.isJson && !json.quoted) ? { ...value, shape: 'text' } : value;
    default:
      return value;
  }
}

function evaluateIf(part: IfPart, frame: Frame, json: JsonState): readonly Value[] {
  const condition = asCondition(frame.interpreter.evaluate(part.condition, frame), frame);
  const known = knownBoolean(condition);
  if (known !== undefined) return evaluateParts(known ? part.then : part.otherwise, frame, json);
  const before = json.quoted;
  const then = concatValues(evaluateParts(part.then, frame, json), part);
  json.quoted = before;
  const otherwise = concatValues(evaluateParts(part.otherwise, frame, json), part);
  const options = optionsOf(condition).map((option) => ({ when: option.when, value: knownBoolean(option.value) === false ? otherwise : then }));
  return [choiceOf(options, part) ?? then];
}

function evaluateLoop(part: ForPart, frame: Frame, json: JsonState): readonly Value[] {
  const collection = frame.interpreter.evaluate(part.collection, frame);
  const before = json.quoted;
  const looped = mapOptions(collection, (one) => {
    json.quoted = before;
    const { turns } = turnsOf(one, frame.interpreter, part);
    if (!spend(frame.interpreter, turns.length, part)) return boundReached(part);
    const texts = turns.flatMap((turn) => evaluateParts(part.body, { ...frame, names: bindTurn(frame.names, part.keyName, part.valueName, turn) }, json));
    return concatValues(texts, part);
  });
  return [looped];
}
