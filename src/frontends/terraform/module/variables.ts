import type { Origin } from '../../../core/source.ts';
import type { Unknown, Value } from '../../../core/value.ts';
import type { Frame, Interpreter, ModuleInstance, ResourceInstance } from '../evaluate/interpreter.ts';
import { joinValues } from '../join/join-values.ts';
import { attributeOf, type Block, type Expression } from '../syntax/ast.ts';
import { absentValue, knownBoolean, unknownValue } from '../values/build.ts';
import { scopedName } from '../values/describe.ts';
import { convertValue, readType, type TypeConstraint } from './type-constraint.ts';

/** The frame of a module's own expressions. */
export function frameOf(module: ModuleInstance, interpreter: Interpreter): Frame {
  return { interpreter, module, names: undefined };
}

/** The frame in which the arguments of a resource's instance are evaluated. */
export function instanceFrame(resource: ResourceInstance, interpreter: Interpreter): Frame {
  const { each, count } = resource.instance;
  return { ...frameOf(resource.module, interpreter), ...(each === undefined ? {} : { each }), ...(count === undefined ? {} : { count }) };
}

/** Computes a value of a module once; a value that needs itself is unknown, and reported. */
export function remember(module: ModuleInstance, key: string, interpreter: Interpreter, origin: Origin, compute: () => Value): Value {
  const known = module.memo.values.get(key);
  if (known === 'evaluating') return cyclic(module, key, interpreter, origin);
  if (known !== undefined) return known;
  module.memo.values.set(key, 'evaluating');
  const value = compute();
  module.memo.values.set(key, value);
  return value;
}

function cyclic(module: ModuleInstance, key: string, interpreter: Interpreter, origin: Origin): Unknown {
  const name = nameIn(module, key);
  const reached = `cycle:${name}`;
  if (!interpreter.budget.reached.has(reached)) {
    interpreter.budget.reached.add(reached);
    interpreter.report({ code: 'cyclic-reference', message: `\`${name}\` needs its own value`, origin });
  }
  return unknownValue('cyclic-reference', scopedName(interpreter.scope.id, name), origin);
}

/** A name of a module as the root sees it: `module.a.var.x`. */
export function nameIn(module: ModuleInstance, name: string): string {
  return module.path === '' ? name : `${module.path}.${name}`;
}

/** `var.name`: what the caller passes, else the default, else unknown. */
export function variableValue(module: ModuleInstance, name: string, interpreter: Interpreter, at: Origin): Value {
  const block = module.definition.variables.get(name);
  if (block === undefined) return unknownValue('invalid-template', scopedName(interpreter.scope.id, nameIn(module, `var.${name}`)), at);
  return remember(module, `var.${name}`, interpreter, at, () => computeVariable(module, name, block, interpreter));
}

function computeVariable(module: ModuleInstance, name: string, block: Block, interpreter: Interpreter): Value {
  const written = writtenVariable(module, name, block, interpreter);
  const shown = module.path === '' ? interpreter.overlay?.variable(name) : undefined;
  return shown === undefined ? written : joinValues(shown, written);
}

function writtenVariable(module: ModuleInstance, name: string, block: Block, interpreter: Interpreter): Value {
  const type = readType(attributeOf(block.body, 'type')?.value);
  const input = module.inputs.get(name);
  const evaluateDefault = (expression: Expression): Value => interpreter.evaluate(expression, frameOf(module, interpreter));
  const fallback = attributeOf(block.body, 'default');
  if (input !== undefined) {
    const given = interpreter.evaluate(input.expression, input.frame);
    const isNullable = knownBoolean(nullable(block, module, interpreter)) !== false;
    if (given.kind !== 'absent' || isNullable || fallback === undefined) return convertValue(given, type, evaluateDefault);
  }
  if (fallback !== undefined) return convertValue(evaluateDefault(fallback.value), type, evaluateDefault);
  const origin = block.labels[0]?.origin ?? block.origin;
  return unknownValue('variable-without-value', scopedName(interpreter.scope.id, nameIn(module, `var.${name}`)), origin, shapeOf(type));
}

function nullable(block: Block, module: ModuleInstance, interpreter: Interpreter): Value {
  const attribute = attributeOf(block.body, 'nullable');
  return attribute === undefined ? absentValue(block.origin) : interpreter.evaluate(attribute.value, frameOf(module, interpreter));
}

/** What a value of a type can look like when nothing else is known of it. */
function shapeOf(type: TypeConstraint): Unknown['shape'] {
  switch (type.kind) {
    case 'string':
      return 'text';
    case 'number':
    case 'bool':
      return 'atom';
    default:
      return 'any';
  }
}

/** `local.name`. */
export function localValue(module: ModuleInstance, name: string, interpreter: Interpreter, at: Origin): Value {
  const attribute = module.definition.locals.get(name);
  if (attribute === undefined) return unknownValue('invalid-template', scopedName(interpreter.scope.id, nameIn(module, `local.${name}`)), at);
  return remember(module, `local.${name}`, interpreter, at, () => interpreter.evaluate(attribute.value, frameOf(module, interpreter)));
}
