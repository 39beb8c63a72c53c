import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import type { Interpreter, RemoteStateConfig, ResourceInstance } from '../evaluate/interpreter.ts';
import { attributeOf } from '../syntax/ast.ts';
import { joinPath } from '../paths.ts';
import { unknownValue } from '../values/build.ts';
import { scopedName } from '../values/describe.ts';
import { instanceFrame } from './variables.ts';

/** `data.terraform_remote_state.x.outputs`: those of the root of this run that keeps the state, else unknown as a whole. */
export function remoteStateOutputs(resource: ResourceInstance, interpreter: Interpreter, at: Origin): Value {
  const outputs = interpreter.remoteOutputs(remoteStateConfig(resource, interpreter), at);
  return outputs ?? unknownValue('import-outside-run', scopedName(interpreter.scope.id, `${resource.address}.outputs`), at);
}

function remoteStateConfig(resource: ResourceInstance, interpreter: Interpreter): RemoteStateConfig {
  const { body } = resource.definition.block;
  const frame = instanceFrame(resource, interpreter);
  const evaluated = (name: string): Value | undefined => {
    const attribute = attributeOf(body, name);
    return attribute === undefined ? undefined : interpreter.evaluate(attribute.value, frame);
  };
  const backend = evaluated('backend');
  return { backend: backend?.kind === 'scalar' ? backend.text : undefined, config: knownEntries(evaluated('config')), folder: resource.module.definition.folder };
}

/** The known strings of a mapping; those of nested mappings and blocks under dotted names. */
export function knownEntries(value: Value | undefined, prefix = '', depth = 0): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const only = value?.kind === 'list' && value.items.length === 1 ? value.items[0] : value;
  if (only?.kind !== 'map' || depth > 3) return known;
  for (const entry of only.entries) {
    if (entry.value.kind === 'scalar') known.set(`${prefix}${entry.key}`, entry.value.text);
    else for (const [key, text] of knownEntries(entry.value, `${prefix}${entry.key}.`, depth + 1)) known.set(key, text);
  }
  return known;
}

/** What tells one state of a backend from another. */
const IDENTITY: ReadonlyMap<string, readonly string[]> = new Map([
  ['s3', ['key', 'bucket']],
  ['gcs', ['prefix', 'bucket']],
  ['azurerm', ['key', 'container_name', 'storage_account_name']],
  ['remote', ['workspaces.name', 'organization']],
  ['http', ['address']],
  ['consul', ['path']],
]);

/** Where a root keeps its state. */
export interface StateHome {
  readonly backend: string;
  readonly config: ReadonlyMap<string, string>;
  readonly folder: string;
}

/** Does a `terraform_remote_state` read the state that is kept here? Only what both sides know is compared, and the state's own name must be known. */
export function readsState(wanted: RemoteStateConfig, readerFolder: string, home: StateHome): boolean {
  if (wanted.backend !== home.backend) return false;
  if (wanted.backend === 'local') {
    const path = wanted.config.get('path');
    return path !== undefined && joinPath(readerFolder, path) === joinPath(home.folder, home.config.get('path') ?? 'terraform.tfstate');
  }
  const [name = '', ...others] = IDENTITY.get(home.backend) ?? [];
  const own = home.config.get(name);
  if (own === undefined || own !== wanted.config.get(name)) return false;
  return others.every((key) => home.config.get(key) === undefined || wanted.config.get(key) === undefined || home.config.get(key) === wanted.config.get(key));
}
