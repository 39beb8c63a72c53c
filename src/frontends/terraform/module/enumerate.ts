import { both } from '../../../core/guard.ts';
import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import type { Output, Resource } from '../../frontend.ts';
import { reportBound, reportTooLarge } from '../evaluate/budget.ts';
import { bodyValue } from '../evaluate/blocks.ts';
import type { Interpreter, ModuleInstance, ResourceInstance } from '../evaluate/interpreter.ts';
import { attributeOf, type Block } from '../syntax/ast.ts';
import { mapValue } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import { bounded } from '../values/size.ts';
import { expandCall, outputValue } from './calls.ts';
import { dataAttribute } from './data-sources.ts';
import { allInstances } from './expand.ts';
import { nameOfProvider } from './providers.ts';
import { expansionOf, resourceInstance } from './resources.ts';
import { frameOf, instanceFrame, nameIn } from './variables.ts';

/** A resource with the definition it comes from, for joining with a plan. */
export interface DeclaredResource {
  readonly resource: Resource;
  readonly instance: ResourceInstance | undefined;
}

/** Everything a root declares, its modules' resources included. Properties are evaluated when asked for. */
export function declaredResources(interpreter: Interpreter): readonly DeclaredResource[] {
  const declared: DeclaredResource[] = [];
  const seen = new Set<string>();
  for (const module of moduleInstances(interpreter)) {
    // Blocks that state something about the module itself are shown once, however often it is called.
    const first = !seen.has(module.definition.folder);
    seen.add(module.definition.folder);
    if (first) declared.push(...pseudoResources(module, interpreter).map((resource) => ({ resource, instance: undefined })));
    declared.push(...moduleResources(module, interpreter));
  }
  return declared;
}

/** All module instances of a root, the root first. */
export function moduleInstances(interpreter: Interpreter): readonly ModuleInstance[] {
  const found: ModuleInstance[] = [interpreter.root];
  for (let index = 0; index < found.length; index += 1) {
    const module = found[index];
    if (module === undefined) break;
    for (const name of module.definition.calls.keys()) {
      const call = expandCall(module, name, interpreter);
      if (call !== undefined && call !== 'cyclic') found.push(...call.instances.values());
    }
  }
  return found;
}

function moduleResources(module: ModuleInstance, interpreter: Interpreter): readonly DeclaredResource[] {
  const declared: DeclaredResource[] = [];
  for (const definition of module.definition.resources.values()) {
    // What lives only while Terraform runs declares nothing.
    if (definition.id.startsWith('ephemeral.')) continue;
    const expansion = expansionOf(module, definition, interpreter);
    if (expansion === 'cyclic') continue;
    for (const instance of allInstances(expansion)) {
      interpreter.budget.instances -= 1;
      if (interpreter.budget.instances < 0) {
        reportBound(interpreter, 'instances', 'more resources than the bound; the rest is left out', definition.block.origin);
        return declared;
      }
      const made = resourceInstance(module, definition, instance, interpreter);
      declared.push({ resource: resourceOf(made, interpreter), instance: made });
    }
  }
  return declared;
}

function resourceOf(made: ResourceInstance, interpreter: Interpreter): Resource {
  const { definition, module, instance, address } = made;
  const { block } = definition;
  const when = both(module.when, instance.when) ?? module.when;
  const facts = interpreter.providerFacts(module, definition);
  const isDefault = facts.name === 'aws';
  let properties: Value | undefined;
  return {
    type: definition.mode === 'data' ? `data.${definition.type}` : definition.type,
    address,
    displayName: block.constructPath ?? address,
    properties: () => {
      properties ??= propertiesOf(made, interpreter);
      return properties;
    },
    origin: block.labels[1]?.origin ?? block.origin,
    extent: block.extent,
    ...(when.length === 0 ? {} : { when }),
    ...(isDefault ? {} : { account: facts.account, region: facts.region }),
    ...regionOf(made, interpreter),
  };
}

/** Since version 6 of the provider every resource may name its region. */
function regionOf(made: ResourceInstance, interpreter: Interpreter): { readonly region?: string } {
  const attribute = attributeOf(made.definition.block.body, 'region');
  if (attribute === undefined) return {};
  const value = interpreter.evaluate(attribute.value, instanceFrame(made, interpreter));
  return value.kind === 'scalar' ? { region: value.text } : {};
}

function propertiesOf(made: ResourceInstance, interpreter: Interpreter): Value {
  const { block, mode, type } = made.definition;
  const properties = bodyValue(block.body, instanceFrame(made, interpreter), block.extent, finishing(interpreter));
  if (mode !== 'data' || type !== 'aws_iam_policy_document') return properties;
  const json = lazyEntry('json', block.origin, () => bounded(dataAttribute(made, 'json', interpreter, block.origin)));
  return mapValue([...properties.entries, json], properties.origin);
}

/** Cuts off what would be endless to walk, and says so. */
function finishing(interpreter: Interpreter): (value: Value) => Value {
  return (value) => bounded(value, (cut) => reportTooLarge(interpreter, cut));
}

/** Provider blocks, variables and outputs, so that they are looked through for credentials. */
function pseudoResources(module: ModuleInstance, interpreter: Interpreter): readonly Resource[] {
  const resources: Resource[] = [];
  for (const block of module.definition.providers) resources.push(pseudo(module, interpreter, block, { type: `terraform:provider:${block.labels[0]?.text ?? ''}`, address: `provider.${nameOfProvider(block)}` }));
  for (const [name, block] of module.definition.variables) resources.push(pseudo(module, interpreter, block, { type: 'terraform:variable', address: `var.${name}` }));
  for (const [name, block] of module.definition.outputs) resources.push(pseudo(module, interpreter, block, { type: 'terraform:output', address: `output.${name}` }));
  return resources;
}

function pseudo(module: ModuleInstance, interpreter: Interpreter, block: Block, { type, address }: { readonly type: string; readonly address: string }): Resource {
  const full = nameIn(module, address);
  const origin: Origin = block.labels[0]?.origin ?? block.origin;
  return { type, address: full, displayName: full, properties: () => bodyValue(block.body, frameOf(module, interpreter), block.extent, finishing(interpreter)), origin, extent: block.extent };
}

/** The outputs of the root module. */
export function rootOutputs(interpreter: Interpreter): readonly Output[] {
  const { root } = interpreter;
  return [...root.definition.outputs].map(([name, block]) => {
    const origin = block.labels[0]?.origin ?? block.origin;
    return {
      name,
      origin,
      get value() {
        return bounded(outputValue(root, name, interpreter, origin));
      },
    };
  });
}
