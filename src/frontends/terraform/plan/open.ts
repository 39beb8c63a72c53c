import type { Problem } from '../../../core/problem.ts';
import type { Source } from '../../../core/source.ts';
import { property, type Value } from '../../../core/value.ts';
import { parseJson } from '../../../parse/json.ts';
import type { FrontendContext, Output, Resource, Scope } from '../../frontend.ts';
import type { Interpreter, ModuleInstance, Overlay, ProviderFacts } from '../evaluate/interpreter.ts';
import type { ResourceDefinition } from '../module/definition.ts';
import { documentValue } from '../module/policy-document.ts';
import { partitionOf } from '../module/providers.ts';
import { createInterpreter } from '../module/root.ts';
import { mapValue } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import { bounded } from '../values/size.ts';
import { configuredModule, type ConfiguredModule } from './configuration.ts';
import { below, isObject, type JsonObject, member, pointerOrigin, textMember } from './json.ts';
import { configuredBody, configuredOf, moduleOf, type Opening } from './locate.ts';
import { deferredDocument, overlayOf } from './overlay.ts';
import { plannedProperties } from './planned.ts';
import { factsOfKey, providerKeyOf } from './provider-facts.ts';
import { outputsOf, pseudoResources } from './pseudo.ts';
import { readPlan, readRawState, readShownState, type ShownResource, type ShownState } from './read.ts';

/** A plan or state, ready to be turned into a template alone or joined with its sources. */
export interface OpenedPlan {
  readonly shown: ShownState;
  readonly scope: Scope;
  readonly interpreter: Interpreter;
  /** The modules of its configuration section; a state has none. */
  readonly configuration: ConfiguredModule | undefined;
  readonly resources: readonly PlannedResource[];
  readonly outputs: readonly Output[];
  /** What the plan knows, for the evaluation of its sources. */
  readonly overlay: Overlay;
  /** What the plan shows of a provider by its configuration key. */
  readonly factsOfProvider: (key: string) => ProviderFacts;
}

export interface PlannedResource {
  readonly shown: ShownResource | undefined;
  readonly resource: Resource;
}

/** Reads the parts of a plan or state; `undefined`, with the problem reported, when it is none that can be read. */
export function readShown(source: Source, report: (problem: Problem) => void): ShownState | undefined {
  const { value, problems } = parseJson(source);
  for (const problem of problems) report(problem);
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, 'planned_values') || Object.hasOwn(value, 'resource_changes')) return readPlan(source, value);
  if (Object.hasOwn(value, 'values') || (Object.hasOwn(value, 'format_version') && Object.hasOwn(value, 'terraform_version'))) return readShownState(source, value);
  const state = readRawState(source, value);
  if (state !== undefined) return state;
  const message = `a state of format ${String(member(value, 'version') ?? '?')} is not read: only format 4 (Terraform 0.12 and later) is`;
  report({ code: 'unsupported-construct', message, origin: { source, start: 0, end: 0 } });
  return undefined;
}

/** Opens a plan: its resources with what the plan knows of them, unknown parts worked out from its configuration section. */
export function openPlan(shown: ShownState, context: FrontendContext, id = shown.source.path): OpenedPlan {
  const { source } = shown;
  const configuration = shown.configuration === undefined ? undefined : configuredModule(source, member(shown.configuration, 'root_module'), below(null, 'configuration', 'root_module'), source.path);
  const deployment = context.settings.deploymentsOf(source.path)[0];
  const opening: Opening = { shown, configuration, context, facts: new Map() };
  const unplaced: Scope = { id, name: source.path, account: undefined, region: undefined, partition: 'aws' };
  const probe = interpreterOf(opening, unplaced);
  const own = factsOfKey(opening, 'aws', probe);
  const region = deployment?.region ?? own.region;
  const scope: Scope = { ...unplaced, account: deployment?.account ?? own.account, region, partition: partitionOf(region) };
  const interpreter = interpreterOf(opening, scope);
  const factsOf = (one: ShownResource): ProviderFacts => factsOfKey(opening, providerKeyOf(opening, one), probe);
  const resources = [...shown.resources.values()].map((one) => ({ shown: one, resource: plannedResource(opening, one, interpreter, factsOf) }));
  return {
    shown,
    scope,
    interpreter,
    configuration,
    resources: [...resources, ...pseudoResources(opening, interpreter).map((resource) => ({ shown: undefined, resource }))],
    outputs: outputsOf(opening, interpreter),
    overlay: overlayOf(shown, { configured: (one) => configuredOf(opening, one, interpreter), unknownToo: false, unshown: () => undefined, configuration }),
    factsOfProvider: (key) => factsOfKey(opening, key, probe),
  };
}

/** A state has no configuration: its one module declares nothing. */
const NO_MODULE: JsonObject = {};

function interpreterOf(opening: Opening, scope: Scope): Interpreter {
  const { shown, context } = opening;
  const root = opening.configuration ?? configuredModule(shown.source, NO_MODULE, null, shown.source.path);
  const interpreter: Interpreter = createInterpreter({
    definition: root.definition,
    scope,
    inputs: new Map(),
    loader: { load: () => undefined, folders: [] },
    files: { read: () => 'missing', list: () => [] },
    installed: new Map(),
    report: (problem) => {
      // What the configuration of a plan lacks is no fault of the plan.
      if (problem.code === 'bound-reached') context.report(problem);
    },
    remoteOutputs: () => undefined,
    overlay: overlayOf(shown, { configured: (one) => configuredOf(opening, one, interpreter), unknownToo: true, unshown: (address, name) => unshownDocument(opening, address, name, interpreter), configuration: opening.configuration }),
    moduleAt: (caller, call) => moduleOf(root, [...caller.trail, call.name])?.definition ?? { kind: 'unreachable', name: call.name },
    providerFacts: (facts, module, resource) => ({ ...facts, ...placeOf(opening, module, resource, interpreter) }),
  });
  return interpreter;
}

function placeOf(opening: Opening, module: ModuleInstance, resource: ResourceDefinition, interpreter: Interpreter): Omit<ProviderFacts, 'name'> {
  const configured = opening.configuration === undefined ? undefined : moduleOf(opening.configuration, module.trail);
  return factsOfKey(opening, configured?.providerKey(resource.id) ?? 'aws', interpreter);
}

/** A policy document that a plan does not show, e.g. since it was read before: as its configuration says. */
function unshownDocument(opening: Opening, address: string, name: string, interpreter: Interpreter): Value | undefined {
  const match = /^(?:(module\..*)\.)?data\.aws_iam_policy_document\.([\w-]+)(?:\[.*\])?$/.exec(address);
  if (match === null || (name !== 'json' && name !== 'minified_json')) return undefined;
  const place = below(null, 'configuration', 'root_module');
  const stub: ShownResource = { address, module: match[1] ?? '', mode: 'data', type: 'aws_iam_policy_document', name: match[2] ?? '', index: undefined, values: {}, unknown: undefined, path: place, place, provider: undefined };
  const { expressions, frame } = configuredOf(opening, stub, interpreter);
  return isObject(expressions) ? documentValue(configuredBody(opening, expressions, place, frame), pointerOrigin(opening.shown.source, place)) : undefined;
}

function plannedResource(opening: Opening, shown: ShownResource, interpreter: Interpreter, factsOf: (shown: ShownResource) => ProviderFacts): Resource {
  const { source } = opening.shown;
  const origin = pointerOrigin(source, below(shown.place, 'address'));
  const facts = factsOf(shown);
  const region = textMember(shown.values, 'region');
  const isDefault = facts.name === 'aws';
  let properties: Value | undefined;
  return {
    type: shown.mode === 'data' ? `data.${shown.type}` : shown.type,
    address: shown.address,
    displayName: shown.address,
    properties: () => {
      properties ??= propertiesOf(opening, shown, interpreter);
      return properties;
    },
    origin: opening.shown.configuration === undefined && shown.provider !== undefined ? pointerOrigin(source, shown.place) : origin,
    extent: pointerOrigin(source, shown.place),
    ...(isDefault ? {} : { account: facts.account, region: facts.region }),
    ...(region === undefined ? {} : { region }),
  };
}

function propertiesOf(opening: Opening, shown: ShownResource, interpreter: Interpreter): Value {
  const configured = configuredOf(opening, shown, interpreter);
  const properties = plannedProperties(shown, configured);
  if (properties.kind !== 'map' || shown.mode !== 'data' || shown.type !== 'aws_iam_policy_document' || property(properties, 'json') !== undefined) return properties;
  const json = lazyEntry('json', properties.origin, () => bounded(deferredDocument(shown, configured)));
  return mapValue([...properties.entries, json], properties.origin);
}
