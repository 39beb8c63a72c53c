import type { Source } from '../../../core/source.ts';
import { suffixOf, withoutIndexes } from '../addresses.ts';
import { below, isObject, type JsonObject, listMember, member, type Path, textMember } from './json.ts';

/** One resource instance as a plan or state shows it. */
export interface ShownResource {
  readonly address: string;
  /** The address of the module instance; '' for the root. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index: unknown;
  /** What the resource will be like, or is. */
  readonly values: JsonObject;
  /** Mirrors `values` with `true` where the value is not known yet. */
  readonly unknown: unknown;
  /** Where `values` stand, and where the resource as a whole does. */
  readonly path: Path;
  readonly place: Path;
  /** A state's own name of the provider, e.g. `provider["registry.terraform.io/hashicorp/aws"].audit`. */
  readonly provider: string | undefined;
}

/** A plan (or a state, which is a plan that changes nothing) by its parts. */
export interface ShownState {
  readonly source: Source;
  readonly resources: ReadonlyMap<string, ShownResource>;
  /** Instances by their address without instance keys. */
  readonly byBlock: ReadonlyMap<string, readonly ShownResource[]>;
  readonly configuration: JsonObject | undefined;
  readonly variables: JsonObject;
  readonly outputs: readonly ShownOutput[];
  /** Addresses that the plan takes away. */
  readonly removed: readonly string[];
}

export interface ShownOutput {
  readonly name: string;
  readonly value: unknown;
  readonly known: boolean;
  readonly path: Path;
}

/** Sorts a parsed plan into its parts; every value stays where it is in the parsed JSON. */
export function readPlan(source: Source, json: JsonObject): ShownState {
  const resources = new Map<string, ShownResource>();
  const removed: string[] = [];
  for (const [index, change] of listMember(json, 'resource_changes').entries()) readChange(change, index, resources, removed);
  const gone = new Set(removed);
  collectModule(member(member(json, 'planned_values'), 'root_module'), below(null, 'planned_values', 'root_module'), resources, gone, 0);
  const prior = member(member(json, 'prior_state'), 'values');
  collectModule(dataOnly(member(prior, 'root_module'), 0), below(null, 'prior_state', 'values', 'root_module'), resources, gone, 0);
  const configuration = member(json, 'configuration');
  const variables = member(json, 'variables');
  return {
    source,
    resources,
    byBlock: groupByBlock(resources),
    configuration: isObject(configuration) ? configuration : undefined,
    variables: isObject(variables) ? variables : {},
    outputs: readOutputs(json),
    removed,
  };
}

/** Sorts `terraform show -json` of a state into its parts. */
export function readShownState(source: Source, json: JsonObject): ShownState {
  const resources = new Map<string, ShownResource>();
  const values = member(json, 'values');
  collectModule(member(values, 'root_module'), below(null, 'values', 'root_module'), resources, new Set(), 0);
  const outputs = Object.entries(asObject(member(values, 'outputs'))).map(([name, output]) => ({ name, value: member(output, 'value'), known: true, path: below(null, 'values', 'outputs', name, 'value') }));
  return { source, resources, byBlock: groupByBlock(resources), configuration: undefined, variables: {}, outputs, removed: [] };
}

/** Sorts a state as it is stored (format 4) into its parts; `undefined` for older formats. */
export function readRawState(source: Source, json: JsonObject): ShownState | undefined {
  if (member(json, 'version') !== 4) return undefined;
  const resources = new Map<string, ShownResource>();
  for (const [index, resource] of listMember(json, 'resources').entries()) {
    const type = textMember(resource, 'type');
    const name = textMember(resource, 'name');
    if (type === undefined || name === undefined) continue;
    const module = textMember(resource, 'module') ?? '';
    const mode = member(resource, 'mode') === 'data' ? 'data' : 'managed';
    const provider = textMember(resource, 'provider');
    for (const [at, instance] of listMember(resource, 'instances').entries()) {
      const values = member(instance, 'attributes');
      // A deposed object is on its way out; the same instance has a current one.
      if (!isObject(values) || textMember(instance, 'deposed') !== undefined) continue;
      const key = member(instance, 'index_key');
      const address = addressOf({ module, mode, type, name }, key);
      resources.set(address, { address, module, mode, type, name, index: key, values, unknown: undefined, path: below(null, 'resources', index, 'instances', at, 'attributes'), place: below(null, 'resources', index), provider });
    }
  }
  const outputs = Object.entries(asObject(member(json, 'outputs'))).map(([name, output]) => ({ name, value: member(output, 'value'), known: true, path: below(null, 'outputs', name, 'value') }));
  return { source, resources, byBlock: groupByBlock(resources), configuration: undefined, variables: {}, outputs, removed: [] };
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function addressOf(resource: Pick<ShownResource, 'module' | 'mode' | 'type' | 'name'>, index: unknown): string {
    return `${resource.module === '' ? '' : `${resource.module}.`}${resource.mode === 'data' ? 'data.' : ''}${resource.type}.${resource.name}${suffixOf(index)}`;
}

function readChange(change: unknown, index: number, resources: Map<string, ShownResource>, removed: string[]): void {
  const address = textMember(change, 'address');
  const type = textMember(change, 'type');
  const name = textMember(change, 'name');
  if (address === undefined || type === undefined || name === undefined) return;
  const inner = member(change, 'change');
  const actions = listMember(inner, 'actions');
  const stays = actions.some((action) => action !== 'delete' && action !== 'forget');
  const after = member(inner, 'after');
  if (actions.length > 0 && !stays) {
    // A deposed object goes away while the resource stays.
    if (textMember(change, 'deposed') === undefined) removed.push(address);
    return;
  }
  const unknown = member(inner, 'after_unknown');
  if (!isObject(after) && !isObject(unknown)) return;
  const mode = member(change, 'mode') === 'data' ? 'data' : 'managed';
  resources.set(address, {
    address,
    module: textMember(change, 'module_address') ?? '',
    mode,
    type,
    name,
    index: member(change, 'index'),
    values: isObject(after) ? after : {},
    unknown,
    path: below(null, 'resource_changes', index, 'change', 'after'),
    place: below(null, 'resource_changes', index),
    provider: undefined,
  });
}

/** Deeper modules than any configuration has. */
const MAX_DEPTH = 60;

/** Resources of a module of `planned_values` or a state, and of the modules in it; those known already are left alone. */
function collectModule(module: unknown, path: Path, into: Map<string, ShownResource>, gone: ReadonlySet<string>, depth: number): void {
  if (depth > MAX_DEPTH || !isObject(module)) return;
  const moduleAddress = textMember(module, 'address') ?? '';
  for (const [index, resource] of listMember(module, 'resources').entries()) {
    const address = textMember(resource, 'address');
    const type = textMember(resource, 'type');
    const name = textMember(resource, 'name');
    const values = member(resource, 'values');
    if (address === undefined || type === undefined || name === undefined || !isObject(values)) continue;
    const mode = member(resource, 'mode') === 'data' ? 'data' : 'managed';
    const key = member(resource, 'index');
    // Before 0.13 addresses were relative to the module and lacked the instance key.
    const keyed = address.endsWith(']') ? address : `${address}${suffixOf(key)}`;
    const full = moduleAddress === '' || keyed.startsWith('module.') ? keyed : `${moduleAddress}.${keyed}`;
    if (into.has(full) || gone.has(full)) continue;
    into.set(full, { address: full, module: moduleAddress, mode, type, name, index: key, values, unknown: undefined, path: below(path, 'resources', index, 'values'), place: below(path, 'resources', index), provider: undefined });
  }
  for (const [index, child] of listMember(module, 'child_modules').entries()) collectModule(child, below(path, 'child_modules', index), into, gone, depth + 1);
}

/** The state before the plan still holds what the plan takes away: only what was read counts. */
function dataOnly(module: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH || !isObject(module)) return undefined;
  const resources = listMember(module, 'resources').map((resource) => (member(resource, 'mode') === 'data' ? resource : undefined));
  const children = listMember(module, 'child_modules').map((child) => dataOnly(child, depth + 1));
  return { address: member(module, 'address'), resources, child_modules: children };
}

function groupByBlock(resources: ReadonlyMap<string, ShownResource>): ReadonlyMap<string, readonly ShownResource[]> {
  const groups = new Map<string, ShownResource[]>();
  for (const resource of resources.values()) {
    const block = withoutIndexes(resource.address);
    const known = groups.get(block);
    if (known === undefined) groups.set(block, [resource]);
    else known.push(resource);
  }
  return groups;
}

function readOutputs(json: JsonObject): readonly ShownOutput[] {
  const planned = asObject(member(member(json, 'planned_values'), 'outputs'));
  return Object.entries(planned).map(([name, output]) => ({
    name,
    value: member(output, 'value'),
    known: isObject(output) && Object.hasOwn(output, 'value'),
    path: below(null, 'planned_values', 'outputs', name, 'value'),
  }));
}
