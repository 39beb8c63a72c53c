import { both } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import { boundReached, reportBound } from '../evaluate/budget.ts';
import type { CallExpansion, Frame, Instance, Interpreter, ModuleCall, ModuleInstance } from '../evaluate/interpreter.ts';
import { attributeOf, type Block, type Expression } from '../syntax/ast.ts';
import { listValue, mapValue, unknownValue } from '../values/build.ts';
import { choiceOf } from '../values/choice.ts';
import { scopedName } from '../values/describe.ts';
import { ANY_KEY, lazyEntry } from '../values/entries.ts';
import type { ModuleDefinition } from './definition.ts';
import { allInstances, expandBlock, shownExpansion } from './expand.ts';
import { frameOf, nameIn, remember } from './variables.ts';

/** Arguments of a module call that are no inputs of the module. */
const META: ReadonlySet<string> = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** A module instance without callers: the root. */
export function rootInstance(definition: ModuleDefinition, inputs: ModuleInstance['inputs']): ModuleInstance {
  return { definition, path: '', trail: [], parent: undefined, inputs, providers: undefined, when: [], memo: newMemo() };
}

function newMemo(): ModuleInstance['memo'] {
  return { values: new Map(), expansions: new Map(), calls: new Map() };
}

/** The module instances of a call. */
export function expandCall(module: ModuleInstance, name: string, interpreter: Interpreter): CallExpansion | 'cyclic' | undefined {
  const block = module.definition.calls.get(name);
  if (block === undefined) return undefined;
  const known = module.memo.calls.get(name);
  if (known === 'expanding') return 'cyclic';
  if (known !== undefined) return known;
  module.memo.calls.set(name, 'expanding');
  const expansion = computeCall(module, name, block, interpreter);
  module.memo.calls.set(name, expansion);
  return expansion;
}

function computeCall(module: ModuleInstance, name: string, block: Block, interpreter: Interpreter): CallExpansion {
  const frame = frameOf(module, interpreter);
  const label = nameIn(module, `module.${name}`);
  const declared = expandBlock(block, frame, label);
  const suffixes = interpreter.overlay?.suffixes(label);
  const expansion = suffixes === undefined ? declared : shownExpansion(suffixes, declared, frame, label, block.origin);
  const definition = interpreter.moduleAt(module, callOf(name, block));
  if ('kind' in definition) return { expansion, instances: new Map(), unreachable: definition };
  const providers = providerMapping(block);
  const instances = new Map<string, ModuleInstance>();
  for (const instance of allInstances(expansion)) {
    interpreter.budget.modules -= 1;
    if (interpreter.budget.modules < 0) {
      reportBound(interpreter, 'modules', 'more module instances than the bound; the rest is left out', block.origin);
      break;
    }
    instances.set(instance.suffix, {
      definition,
      path: nameIn(module, `module.${name}${instance.suffix}`),
      trail: [...module.trail, name],
      parent: module,
      inputs: inputsOf(block, callFrame(frame, instance)),
      providers,
      when: both(module.when, instance.when) ?? module.when,
      memo: newMemo(),
    });
  }
  return { expansion, instances, unreachable: undefined };
}

function callOf(name: string, block: Block): ModuleCall {
  const source = attributeOf(block.body, 'source');
  return { name, source: source?.value.kind === 'literal' ? source.value.text : undefined, origin: source?.value ?? block.origin };
}

function callFrame(frame: Frame, instance: Instance): Frame {
  return { ...frame, ...(instance.each === undefined ? {} : { each: instance.each }), ...(instance.count === undefined ? {} : { count: instance.count }) };
}

function inputsOf(block: Block, frame: Frame): ModuleInstance['inputs'] {
  const inputs = new Map<string, { readonly expression: Expression; readonly frame: Frame }>();
  for (const attribute of block.body.attributes) if (!META.has(attribute.name)) inputs.set(attribute.name, { expression: attribute.value, frame });
  return inputs;
}

/** `providers = { aws = aws.audit }`. */
function providerMapping(block: Block): ReadonlyMap<string, string> | undefined {
  const providers = attributeOf(block.body, 'providers')?.value;
  if (providers?.kind !== 'object') return undefined;
  const mapping = new Map<string, string>();
  for (const { key, value } of providers.items) {
    const name = providerName(key);
    const target = providerName(value);
    if (name !== undefined && target !== undefined) mapping.set(name, target);
  }
  return mapping;
}

/** `aws.audit` as an expression: native syntax has a traversal, JSON syntax a string. */
export function providerName(expression: Expression): string | undefined {
  if (expression.kind === 'literal') return expression.text;
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'attribute' && expression.of.kind === 'variable') return `${expression.of.name}.${expression.name}`;
  const only = expression.kind === 'template' ? expression.parts[0] : undefined;
  return only?.kind === 'interpolation' ? providerName(only.value) : undefined;
}

/** `module.name` as a value: a mapping of its outputs, or a list or mapping of those of its instances. */
export function moduleValue(module: ModuleInstance, name: string, interpreter: Interpreter, at: Origin): Value {
  const label = nameIn(module, `module.${name}`);
  const call = expandCall(module, name, interpreter);
  if (call === undefined) return unknownValue('invalid-template', scopedName(interpreter.scope.id, label), at);
  if (call === 'cyclic') return unknownValue('cyclic-reference', scopedName(interpreter.scope.id, label), at);
  if (call.unreachable !== undefined) return unknownValue('remote-module', scopedName(interpreter.scope.id, label), at);
  const { expansion } = call;
  const options = expansion.options.map((option) => {
    const found = option.instances.flatMap((instance) => {
      const made = call.instances.get(instance.suffix);
      return made === undefined ? [] : [{ instance, value: outputsOf(made, interpreter, at) }];
    });
    const first = found[0];
    if (expansion.by === 'single' && first !== undefined) return { when: option.when, value: first.value };
    if (expansion.by === 'count') return { when: option.when, value: listValue(found.map((one) => one.value), at, expansion.representative) };
    const entries = found.map(({ instance, value }) => ({ key: instance.key ?? ANY_KEY, keyOrigin: at, value, ...(instance.when.length === 0 ? {} : { when: instance.when }) }));
    return { when: option.when, value: mapValue(entries, at, expansion.representative) };
  });
  return choiceOf(options, at) ?? boundReached(at);
}

function outputsOf(module: ModuleInstance, interpreter: Interpreter, at: Origin): Value {
  const entries = [...module.definition.outputs].map(([name, block]) => lazyEntry(name, block.origin, () => outputValue(module, name, interpreter, at)));
  return mapValue(entries, at);
}

/** An output of a module. */
export function outputValue(module: ModuleInstance, name: string, interpreter: Interpreter, at: Origin): Value {
  const block = module.definition.outputs.get(name);
  const attribute = block === undefined ? undefined : attributeOf(block.body, 'value');
  if (attribute === undefined) return unknownValue('invalid-template', scopedName(interpreter.scope.id, nameIn(module, `output.${name}`)), at);
  return remember(module, `output.${name}`, interpreter, at, () => interpreter.evaluate(attribute.value, frameOf(module, interpreter)));
}
