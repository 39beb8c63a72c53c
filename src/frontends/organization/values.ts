import type { Origin } from '../../core/source.ts';
import type { Mapping, Reference, Unknown, UnknownReason, Value } from '../../core/value.ts';
import type { Resource, Scope, SuppressionMark, Template } from '../frontend.ts';

/** A mapping of the properties that have a value; what this front-end writes stands at `origin`. */
export function mapOf(origin: Origin, properties: Readonly<Record<string, Value | undefined>>): Mapping {
  const entries = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [{ key, keyOrigin: origin, value }]));
  return { kind: 'map', entries, origin };
}

export function listOf(origin: Origin, items: readonly Value[]): Value {
  return { kind: 'list', items, origin };
}

export function textOf(text: string, origin: Origin): Value {
  return { kind: 'scalar', text, type: 'string', origin };
}

export function joined(origin: Origin, ...parts: readonly Value[]): Value {
  return { kind: 'concat', parts, origin };
}

export function referenceTo(scope: string, address: string, origin: Origin, attribute = ''): Reference {
  return { kind: 'reference', scope, address, attribute, origin };
}

export function unknownOf(reason: UnknownReason, name: string, origin: Origin, shape: Unknown['shape'] = 'text'): Unknown {
  return { kind: 'unknown', reason, name, origin, shape };
}

/** The entries of a mapping; none for anything else. */
export function entriesOf(value: Value | undefined): Mapping['entries'] {
  return value?.kind === 'map' ? value.entries : [];
}

/** What a person would call a name that may not be known in full; undefined when there is none. */
export function labelOf(value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'scalar':
      return value.text;
    case 'unknown':
      return `\${${value.name.slice(value.name.lastIndexOf('#') + 1)}}`;
    case 'concat':
      return value.parts.map((part) => labelOf(part) ?? '').join('');
    default:
      return undefined;
  }
}

/** What a resource is called, where its name stands, and the stretch it covers. */
export interface ResourcePlace {
  readonly name: string;
  readonly at: Origin;
  readonly extent: Origin;
}

/** A resource whose properties are made when first asked for. */
export function resourceOf(type: string, address: string, place: ResourcePlace, properties: () => Readonly<Record<string, Value | undefined>>): Resource {
  let made: Value | undefined;
  return {
    type,
    address,
    displayName: place.name,
    properties: () => {
      made ??= mapOf(place.at, properties());
      return made;
    },
    origin: place.at,
    extent: place.extent,
  };
}

/** A template of organization facts; empty ones are left out by their makers. */
export function templateOf(scope: Scope, resources: readonly Resource[], suppressions: readonly SuppressionMark[] = []): Template {
  return { dialect: 'organization', scope, resources, outputs: [], suppressions, problems: [] };
}

/** The partition a region lies in. Source: AWS General Reference, "Amazon Resource Names". */
export function partitionOfRegion(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
