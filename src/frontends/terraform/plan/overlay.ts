import type { Value } from '../../../core/value.ts';
import { moduleSteps, suffixOf } from '../addresses.ts';
import type { Overlay } from '../evaluate/interpreter.ts';
import { documentValue } from '../module/policy-document.ts';
import type { ConfiguredModule } from './configuration.ts';
import { below, isObject, jsonValue, member, pointerOrigin } from './json.ts';
import { moduleOf } from './locate.ts';
import { type Configured, plannedAttribute, plannedProperties } from './planned.ts';
import type { ShownResource, ShownState } from './read.ts';

export interface OverlayParts {
  readonly configured: (shown: ShownResource) => Configured;
  /** Answer from the configuration where the plan does not know: not when there are sources, which say more. */
  readonly unknownToo: boolean;
  /** What the configuration says of an instance that the plan does not show. */
  readonly unshown: (address: string, name: string) => Value | undefined;
  readonly configuration: ConfiguredModule | undefined;
}

/** What a plan knows of the instances of its configuration. */
export function overlayOf(shown: ShownState, parts: OverlayParts): Overlay {
  const calls = moduleSuffixes(shown);
  return {
    suffixes: (address) => resourceSuffixes(shown, address, parts.configuration) ?? calls.get(address),
    attribute: (address, name) => overlaidAttribute(shown, parts, address, name),
    variable: (name) => {
      const variable = member(shown.variables, name);
      return isObject(variable) && Object.hasOwn(variable, 'value') ? jsonValue(variable['value'], shown.source, below(null, 'variables', name, 'value')) : undefined;
    },
  };
}

/** Of data sources without instances nothing is known: those that were read at once are in no list of older plans. */
function resourceSuffixes(shown: ShownState, address: string, configuration: ConfiguredModule | undefined): readonly string[] | undefined {
  const steps = moduleSteps(address);
  const last = steps.at(-1);
  const module = last === undefined ? '' : `${last.caller === '' ? '' : `${last.caller}.`}module.${last.name}${last.suffix}`;
  if (address === module) return undefined;
  const id = module === '' ? address : address.slice(module.length + 1);
  const block = [...steps.map((step) => `module.${step.name}`), id].join('.');
  const found = (shown.byBlock.get(block) ?? []).filter((one) => one.module === module);
  if (found.length > 0) return found.map((one) => suffixOf(one.index));
  if (configuration === undefined || id.startsWith('data.')) return undefined;
  return moduleOf(configuration, steps.map((step) => step.name))?.has(id) === true ? [] : undefined;
}

/** The instance keys of module calls, by the addresses of the resources in them. */
function moduleSuffixes(shown: ShownState): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<string>();
  for (const resource of shown.resources.values()) {
    if (seen.has(resource.module)) continue;
    seen.add(resource.module);
    for (const { caller, name, suffix } of moduleSteps(resource.module)) {
      const address = `${caller === '' ? '' : `${caller}.`}module.${name}`;
      const known = found.get(address) ?? new Set<string>();
      found.set(address, known.add(suffix));
    }
  }
  return new Map([...found].map(([address, suffixes]) => [address, [...suffixes]]));
}

function overlaidAttribute(shown: ShownState, parts: OverlayParts, address: string, name: string): Value | undefined {
  const resource = shown.resources.get(address);
  if (resource === undefined) return parts.unknownToo ? parts.unshown(address, name) : undefined;
  const isDocument = resource.mode === 'data' && resource.type === 'aws_iam_policy_document' && (name === 'json' || name === 'minified_json');
  if (isDocument && !parts.unknownToo) return undefined;
  const value = member(resource.values, name);
  const known = value !== undefined && value !== null && member(resource.unknown, name) === undefined;
  if (known || parts.unknownToo) {
    if (isDocument && !known) return deferredDocument(resource, parts.configured(resource));
    if (known) return jsonValue(value, shown.source, below(resource.path, name));
    return plannedAttribute(resource, name, parts.configured(resource));
  }
  return undefined;
}

/** A document that is only made when the plan is applied: its statements are there, with unknown leaves. */
export function deferredDocument(shown: ShownResource, configured: Configured): Value {
  return documentValue(plannedProperties(shown, configured), pointerOrigin(configured.source, shown.place));
}
