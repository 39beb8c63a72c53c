import type { Origin } from '../../../core/source.ts';
import { entryOf, type MappingEntry, textValue, type Value } from '../../../core/value.ts';
import { moduleValue } from '../module/calls.ts';
import { attributeOf, resourceValue } from '../module/resources.ts';
import { localValue, variableValue } from '../module/variables.ts';
import { relativePath } from '../paths.ts';
import { type AttributeExpression, type Expression, type IndexExpression, type SplatExpression, SPLAT_ITEM, type VariableExpression, writtenText } from '../syntax/ast.ts';
import { isFault, isOpen, knownNumber, listValue, unknownValue } from '../values/build.ts';
import { choiceOf, distribute, mapOptions, opposite } from '../values/choice.ts';
import { bareName, describe, scopedName } from '../values/describe.ts';
import { ANY_KEY, isKnownKey } from '../values/entries.ts';
import type { Frame } from './interpreter.ts';
import { turnsOf } from './loop.ts';

type Step = { readonly kind: 'attribute'; readonly name: string; readonly at: Origin } | { readonly kind: 'index'; readonly key: Expression; readonly at: Origin };

/** `var.x`, `local.a["k"]`, `aws_iam_role.r[0].arn`, `f(x).y`: a name and the steps behind it. */
export function evaluateAccess(expression: VariableExpression | AttributeExpression | IndexExpression, frame: Frame): Value {
  const steps: Step[] = [];
  let base: Expression = expression;
  while (base.kind === 'attribute' || base.kind === 'index') {
    steps.push(base.kind === 'attribute' ? { kind: 'attribute', name: base.name, at: base } : { kind: 'index', key: base.key, at: base });
    base = base.of;
  }
  steps.reverse();
  const found = base.kind === 'variable' ? resolveName(base, steps, frame) : { value: frame.interpreter.evaluate(base, frame), used: 0 };
  let value = found.value;
  for (const step of steps.slice(found.used)) value = takeStep(value, step, frame);
  return value;
}

interface Found {
  readonly value: Value;
  /** Steps that the name took in. */
  readonly used: number;
}

function resolveName(base: VariableExpression, steps: readonly Step[], frame: Frame): Found {
  for (let names = frame.names; names !== undefined; names = names.outer) {
    if (names.name === base.name) return { value: names.value, used: 0 };
  }
  const first = steps[0];
  const name = first?.kind === 'attribute' ? first.name : undefined;
  const at = first?.at ?? base;
  if (name === undefined || frame.closed === true) return { value: fault(frame, base), used: 0 };
  switch (base.name) {
    case 'var':
      return { value: variableValue(frame.module, name, frame.interpreter, at), used: 1 };
    case 'local':
      return { value: localValue(frame.module, name, frame.interpreter, at), used: 1 };
    case 'module':
      return { value: moduleValue(frame.module, name, frame.interpreter, at), used: 1 };
    case 'each':
      return { value: (name === 'key' ? frame.each?.key : frame.each?.value) ?? fault(frame, at), used: 1 };
    case 'count':
      return { value: frame.count ?? fault(frame, at), used: 1 };
    case 'path':
      return { value: textValue(name === 'module' ? relativePath(frame.interpreter.folder, frame.module.definition.folder) : '.', at), used: 1 };
    case 'terraform':
      return { value: unknownValue('deployment-name', scopedName(frame.interpreter.scope.id, `terraform.${name}`), at, 'atom'), used: 1 };
    case 'self':
      return { value: unknownValue('runtime-attribute', scopedName(frame.interpreter.scope.id, `self.${name}`), at), used: 1 };
    case 'data':
    case 'ephemeral': {
      const second = steps[1];
      if (second?.kind !== 'attribute') return { value: fault(frame, at), used: 1 };
      return { value: resourceValue(frame.module, `${base.name}.${name}.${second.name}`, frame.interpreter, second.at), used: 2 };
    }
    default:
      return { value: resourceValue(frame.module, `${base.name}.${name}`, frame.interpreter, at), used: 1 };
  }
}

/** An expression that Terraform would refuse. */
function fault(frame: Frame, at: Origin): Value {
  return unknownValue('invalid-template', scopedName(frame.interpreter.scope.id, writtenText(at)), at);
}

function takeStep(value: Value, step: Step, frame: Frame): Value {
  if (step.kind === 'attribute') return attributeStep(value, step.name, step.at, frame);
  const key = frame.interpreter.evaluate(step.key, frame);
  return distribute([value, key], step.at, ([one, two]) => (one === undefined || two === undefined ? value : indexStep(one, two, step.at, frame))) ?? unknownStep(value, `[${describe(key)}]`, step.at, frame);
}

function attributeStep(value: Value, name: string, at: Origin, frame: Frame): Value {
  switch (value.kind) {
    case 'map':
      return entryStep(value, name, at, frame);
    case 'reference':
      return attributeOf(value, name, frame.interpreter, at);
    case 'choice':
      return mapOptions(value, (option) => attributeStep(option, name, at, frame));
    case 'unknown':
      return unknownStep(value, `.${name}`, at, frame);
    case 'list': {
      // Old configurations leave out the `[0]` of a resource with `count = 1`, and of a block that occurs once.
      const only = value.items[0];
      return only !== undefined && value.items.length === 1 ? attributeStep(only, name, at, frame) : fault(frame, at);
    }
    default:
      return fault(frame, at);
  }
}

function entryStep(map: Extract<Value, { kind: 'map' }>, key: string, at: Origin, frame: Frame): Value {
  const entry = entryOf(map, key);
  if (entry !== undefined) return guardedEntry(entry, at, frame);
  const any = isOpen(map) ? entryOf(map, ANY_KEY) : undefined;
  if (any !== undefined) return any.value;
  const unclear = isOpen(map) || map.entries.some((one) => !isKnownKey(one.key));
  return unclear ? unknownStep(map, `.${key}`, at, frame) : fault(frame, at);
}

/** An entry that a condition may leave out: without it the access fails, which `try` and `lookup` care about. */
function guardedEntry(entry: MappingEntry, at: Origin, frame: Frame): Value {
  if (entry.when === undefined || entry.when.length === 0) return entry.value;
  const others = entry.when.map((literal) => ({ when: [opposite(literal)], value: fault(frame, at) }));
  return choiceOf([{ when: entry.when, value: entry.value }, ...others], at) ?? entry.value;
}

/** `value[key]`, neither being a choice. */
export function indexStep(value: Value, key: Value, at: Origin, frame: Frame): Value {
  switch (value.kind) {
    case 'map':
      return key.kind === 'scalar' ? entryStep(value, key.text, at, frame) : keyedChoice(value, key, at, frame);
    case 'list': {
      const index = knownNumber(key);
      const only = value.items[0];
      if (index === undefined) return only !== undefined && value.items.length === 1 ? only : unknownStep(value, `[${describe(key)}]`, at, frame);
      const item = value.items[index];
      if (item !== undefined) return item;
      return isOpen(value) && only !== undefined ? (value.items.at(-1) ?? only) : isOpen(value) ? unknownStep(value, `[${index}]`, at, frame) : fault(frame, at);
    }
    case 'reference':
      return value.attribute === '' ? value : attributeOf(value, `[${describe(key)}]`, frame.interpreter, at);
    case 'unknown':
      return unknownStep(value, `[${describe(key)}]`, at, frame);
    default:
      return fault(frame, at);
  }
}

const MAX_KEYED = 8;

/** A key that is not known picks each of a few entries under the guard that it is that one. */
function keyedChoice(map: Extract<Value, { kind: 'map' }>, key: Value, at: Origin, frame: Frame): Value {
  if (map.entries.length === 1 || isOpen(map)) return map.entries[0]?.value ?? unknownStep(map, `[${describe(key)}]`, at, frame);
  if (map.entries.length > MAX_KEYED || key.kind === 'list' || key.kind === 'map') return unknownStep(map, `[${describe(key)}]`, at, frame);
  const text = describe(key);
  const variable = scopedName(frame.interpreter.scope.id, text);
  const options = map.entries.map((entry) => ({ when: [{ variable, value: entry.key, is: true, label: `${text} is \`${entry.key}\`` }], value: entry.value }));
  return choiceOf(options, at) ?? unknownStep(map, `[${text}]`, at, frame);
}

function unknownStep(value: Value, step: string, at: Origin, frame: Frame): Value {
  const reason = value.kind === 'unknown' ? value.reason : 'runtime-attribute';
  const name = value.kind === 'unknown' ? bareName(value.name) : value.kind === 'map' || value.kind === 'list' ? writtenText(at) : `${describe(value)}${step}`;
  return unknownValue(reason, scopedName(frame.interpreter.scope.id, value.kind === 'unknown' ? `${name}${step}` : name), at);
}

/** `list[*].name`: a single value counts as a list of one, null as an empty one. */
export function evaluateSplat(expression: SplatExpression, frame: Frame): Value {
  const collection = frame.interpreter.evaluate(expression.of, frame);
  return mapOptions(collection, (one) => {
    if (isFault(one)) return one;
    const isSingle = one.kind === 'scalar' || one.kind === 'concat' || one.kind === 'reference' || (one.kind === 'map' && !isResourceMap(one));
    const { turns, open } = isSingle ? { turns: [{ value: one }], open: false } : turnsOf(one, frame.interpreter, expression);
    const items = turns.map((turn) => frame.interpreter.evaluate(expression.each, { ...frame, names: { name: SPLAT_ITEM, value: turn.value, outer: frame.names } }));
    return listValue(items, expression, open);
  });
}

/** All instances of a resource with `for_each`: a splat over it is an error in Terraform, and meant as `values(…)[*]`. */
function isResourceMap(map: Extract<Value, { kind: 'map' }>): boolean {
  return map.entries.length > 0 && map.entries.every((entry) => entry.value.kind === 'reference' && entry.value.attribute === '');
}
