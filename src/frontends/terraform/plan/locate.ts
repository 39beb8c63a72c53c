import type { Value } from '../../../core/value.ts';
import type { FrontendContext } from '../../frontend.ts';
import { moduleSteps } from '../addresses.ts';
import type { Frame, Interpreter, ModuleInstance, ProviderFacts } from '../evaluate/interpreter.ts';
import { expandCall } from '../module/calls.ts';
import { frameOf } from '../module/variables.ts';
import { mapValue } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import { type ConfiguredModule, expressionOf, isLeaf } from './configuration.ts';
import { below, isObject, type Path, pointerOrigin } from './json.ts';
import type { Configured } from './planned.ts';
import type { ShownResource, ShownState } from './read.ts';

/** What the parts of a plan are read with. */
export interface Opening {
  readonly shown: ShownState;
  readonly configuration: ConfiguredModule | undefined;
  readonly context: FrontendContext;
  /** Provider facts by configuration key. */
  readonly facts: Map<string, ProviderFacts>;
}

/** The module of a configuration section that a trail of calls leads to. */
export function moduleOf(root: ConfiguredModule, trail: readonly string[]): ConfiguredModule | undefined {
  return trail.reduce<ConfiguredModule | undefined>((module, name) => module?.child(name), root);
}

/** The id of a resource in its module. */
export function idOf(shown: Pick<ShownResource, 'mode' | 'type' | 'name'>): string {
  return `${shown.mode === 'data' ? 'data.' : ''}${shown.type}.${shown.name}`;
}

/** Where the configuration of a resource is found and evaluated. */
export function configuredOf(opening: Opening, shown: ShownResource, interpreter: Interpreter): Configured {
  const steps = moduleSteps(shown.module);
  const module = opening.configuration === undefined ? undefined : moduleOf(opening.configuration, steps.map((step) => step.name));
  return { source: opening.shown.source, expressions: module?.expressions(idOf(shown)), frame: frameFor(opening, shown, interpreter) };
}

function frameFor(opening: Opening, shown: ShownResource, interpreter: Interpreter): Frame {
  let module: ModuleInstance = interpreter.root;
  for (const step of moduleSteps(shown.module)) {
    const call = expandCall(module, step.name, interpreter);
    const next = call === undefined || call === 'cyclic' ? undefined : call.instances.get(step.suffix);
    if (next === undefined) break;
    module = next;
  }
  const frame = frameOf(module, interpreter);
  const origin = pointerOrigin(opening.shown.source, shown.place);
  if (typeof shown.index === 'number') return { ...frame, count: { kind: 'scalar', text: String(shown.index), type: 'number', origin } };
  if (typeof shown.index !== 'string') return frame;
  const key: Value = { kind: 'scalar', text: shown.index, type: 'string', origin };
  const value: Value = { kind: 'unknown', reason: 'known-after-apply', name: `${interpreter.scope.id}#${shown.address.replaceAll('#', '%23')}.each.value`, origin, shape: 'any' };
  return { ...frame, each: { key, value } };
}

/** A part of a configuration section as a value: its leaves evaluated, its blocks as mappings and lists. */
export function configuredTree(opening: Pick<Opening, 'shown'>, json: unknown, path: Path, frame: Frame): Value {
  const { source } = opening.shown;
  const origin = pointerOrigin(source, path);
  if (isLeaf(json)) return frame.interpreter.evaluate(expressionOf(source, json, path), frame);
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item: unknown, index) => configuredTree(opening, item, below(path, index), frame)), origin };
  return configuredBody(opening, json, path, frame);
}

/** Arguments of a configuration section as a mapping, evaluated when asked for. */
export function configuredBody(opening: Pick<Opening, 'shown'>, json: unknown, path: Path, frame: Frame): Value {
  const { source } = opening.shown;
  const entries = isObject(json) ? Object.keys(json).map((name) => lazyEntry(name, pointerOrigin(source, below(path, name)), () => configuredTree(opening, json[name], below(path, name), frame))) : [];
  return mapValue(entries, pointerOrigin(source, path));
}
