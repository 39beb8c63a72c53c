import type { Origin } from '../../../core/source.ts';
import type { Reference, Value } from '../../../core/value.ts';
import { blockListValue } from '../evaluate/blocks.ts';
import { boundReached } from '../evaluate/budget.ts';
import type { Expansion, Instance, Interpreter, ModuleInstance, ResourceInstance } from '../evaluate/interpreter.ts';
import { attributeOf as attributeIn, blocksOf } from '../syntax/ast.ts';
import { listValue, mapValue, unknownValue } from '../values/build.ts';
import { choiceOf } from '../values/choice.ts';
import { scopedName } from '../values/describe.ts';
import { ANY_KEY } from '../values/entries.ts';
import { dataAttribute } from './data-sources.ts';
import type { ResourceDefinition } from './definition.ts';
import { expandBlock, shownExpansion } from './expand.ts';
import { frameOf, instanceFrame, nameIn, remember } from './variables.ts';

/** The instances of a resource in a module instance. */
export function expansionOf(module: ModuleInstance, definition: ResourceDefinition, interpreter: Interpreter): Expansion | 'cyclic' {
  const known = module.memo.expansions.get(definition.id);
  if (known === 'expanding') return 'cyclic';
  if (known !== undefined) return known;
  module.memo.expansions.set(definition.id, 'expanding');
  const name = nameIn(module, definition.id);
  const frame = frameOf(module, interpreter);
  const declared = expandBlock(definition.block, frame, name);
  const suffixes = interpreter.overlay?.suffixes(name);
  const expansion = suffixes === undefined ? declared : shownExpansion(suffixes, declared, frame, name, definition.block.origin);
  module.memo.expansions.set(definition.id, expansion);
  return expansion;
}

/** An instance with its address, made known to references. */
export function resourceInstance(module: ModuleInstance, definition: ResourceDefinition, instance: Instance, interpreter: Interpreter): ResourceInstance {
  const address = `${nameIn(module, definition.id)}${instance.suffix}`;
  const known = interpreter.instances.get(address);
  if (known !== undefined) return known;
  const made = { module, definition, instance, address };
  interpreter.instances.set(address, made);
  return made;
}

/** `type.name` as a value: a reference to the resource, or a list or mapping of references to its instances. */
export function resourceValue(module: ModuleInstance, id: string, interpreter: Interpreter, at: Origin): Value {
  const definition = module.definition.resources.get(id);
  if (definition === undefined) return unknownValue('invalid-template', scopedName(interpreter.scope.id, nameIn(module, id)), at);
  const expansion = expansionOf(module, definition, interpreter);
  if (expansion === 'cyclic') return unknownValue('cyclic-reference', scopedName(interpreter.scope.id, nameIn(module, id)), at);
  const options = expansion.options.map((option) => {
    const references = option.instances.map((instance) => ({ instance, reference: referenceTo(resourceInstance(module, definition, instance, interpreter), interpreter, at) }));
    return { when: option.when, value: collect(expansion, references, at) };
  });
  return choiceOf(options, at) ?? boundReached(at);
}

function referenceTo(resource: ResourceInstance, interpreter: Interpreter, origin: Origin): Reference {
  return { kind: 'reference', scope: interpreter.scope.id, address: resource.address, attribute: '', origin };
}

function collect(expansion: Expansion, references: readonly { readonly instance: Instance; readonly reference: Reference }[], at: Origin): Value {
  const first = references[0];
  if (expansion.by === 'single' && first !== undefined) return first.reference;
  if (expansion.by === 'count') return listValue(references.map(({ reference }) => reference), at, expansion.representative);
  const entries = references.map(({ instance, reference }) => ({
    key: instance.key ?? ANY_KEY,
    keyOrigin: at,
    value: reference,
    ...(instance.when.length === 0 ? {} : { when: instance.when }),
  }));
  return mapValue(entries, at, expansion.representative);
}

/** Names by which IAM and its neighbours link resources: kept as references, even where the name is written out. */
const LINKED_BY_NAME = /^aws_(iam|organizations|ssoadmin|identitystore)_/;

/**
 * `reference.name`: an argument that the configuration gives is that argument's value; what identifies the resource (its ARN and
 * id) and what only the provider knows stays a reference.
 */
export function attributeOf(reference: Reference, name: string, interpreter: Interpreter, at: Origin): Value {
  const resource = reference.scope === interpreter.scope.id ? interpreter.instances.get(reference.address) : undefined;
  if (reference.attribute !== '' || resource === undefined) return deeper(reference, name, at);
  const { definition, module } = resource;
  if (definition.mode === 'data') return remember(module, `${resource.address}.${name}`, interpreter, at, () => dataAttribute(resource, name, interpreter, at));
  const identifies = name === 'arn' || name === 'id' || (name === 'name' && LINKED_BY_NAME.test(definition.type));
  if (identifies) return { ...reference, attribute: name, origin: at };
  return remember(module, `${resource.address}.${name}`, interpreter, at, () => interpreter.overlay?.attribute(resource.address, name) ?? argumentValue(resource, name, interpreter) ?? { ...reference, attribute: name, origin: at });
}

/** A step into an attribute that only the provider knows. */
function deeper(reference: Reference, name: string, origin: Origin): Reference {
  const attribute = name.startsWith('[') || reference.attribute === '' ? `${reference.attribute}${name}` : `${reference.attribute}.${name}`;
  return { ...reference, attribute: attribute.slice(0, 300), origin };
}

/** What the configuration gives for an argument or nested block; `undefined` when it gives nothing. */
export function argumentValue(resource: ResourceInstance, name: string, interpreter: Interpreter): Value | undefined {
  const { body } = resource.definition.block;
  const frame = instanceFrame(resource, interpreter);
  const attribute = attributeIn(body, name);
  if (attribute !== undefined) {
    const value = interpreter.evaluate(attribute.value, frame);
    return value.kind === 'absent' ? undefined : value;
  }
  const first = blocksOf(body, name)[0] ?? blocksOf(body, 'dynamic').find((block) => block.labels[0]?.text === name);
  return first === undefined ? undefined : blockListValue(body, name, frame, first.extent);
}
