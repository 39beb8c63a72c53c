import type { Origin } from '../../../core/source.ts';
import type { Absent, Concat, List, Mapping, MappingEntry, Scalar, Unknown, UnknownReason, Value } from '../../../core/value.ts';

/** A list whose length is not known: there may be more elements, or fewer, than the ones shown. */
export interface OpenList extends List {
  readonly open: true;
}

/** A mapping that may hold more keys than the ones shown. */
export interface OpenMapping extends Mapping {
  readonly open: true;
}

export function isOpen(value: List | Mapping): value is OpenList | OpenMapping {
  return 'open' in value && value.open === true;
}

export function listValue(items: readonly Value[], origin: Origin, open = false): List {
  if (!open) return { kind: 'list', items, origin };
  const list: OpenList = { kind: 'list', items, origin, open: true };
  return list;
}

export function mapValue(entries: readonly MappingEntry[], origin: Origin, open = false): Mapping {
  if (!open) return { kind: 'map', entries, origin };
  const mapping: OpenMapping = { kind: 'map', entries, origin, open: true };
  return mapping;
}

export function numberValue(value: number, origin: Origin): Scalar {
  return { kind: 'scalar', text: numberText(value), type: 'number', origin };
}

export function booleanValue(value: boolean, origin: Origin): Scalar {
  return { kind: 'scalar', text: value ? 'true' : 'false', type: 'boolean', origin };
}

export function absentValue(origin: Origin): Absent {
  return { kind: 'absent', origin };
}

export function unknownValue(reason: UnknownReason, name: string, origin: Origin, shape: Unknown['shape'] = 'any'): Unknown {
  return { kind: 'unknown', reason, name, origin, shape };
}

export function entryValue(key: string, value: Value, keyOrigin: Origin): MappingEntry {
  return { key, keyOrigin, value };
}

/** Numbers print as Terraform prints them: whole numbers without a fraction, never in exponents where it can be helped. */
function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
}

/** The number a value stands for: a number, or a string that Terraform would convert. */
export function knownNumber(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar' || value.type === 'boolean' || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value.text)) return undefined;
  return Number(value.text);
}

/** The boolean a value stands for. */
export function knownBoolean(value: Value | undefined): boolean | undefined {
  if (value?.kind !== 'scalar') return undefined;
  return value.text === 'true' ? true : value.text === 'false' ? false : undefined;
}

/** Everything known, down to the leaves? Bounded: very large values count as not known. */
export function isFullyKnown(value: Value, budget = { left: 20_000 }): boolean {
  budget.left -= 1;
  if (budget.left < 0) return false;
  switch (value.kind) {
    case 'scalar':
    case 'absent':
      return true;
    case 'list':
      return !isOpen(value) && value.items.every((item) => isFullyKnown(item, budget));
    case 'map':
      return !isOpen(value) && value.entries.every((entry) => entry.when === undefined && isFullyKnown(entry.value, budget));
    default:
      return false;
  }
}

/** An expression that Terraform would refuse: `try` and `can` look for it, everything else treats it as unknown. */
export function isFault(value: Value): boolean {
  return value.kind === 'unknown' && value.reason === 'invalid-template';
}

/** Does a fault lie anywhere in the value? Terraform gives up an expression as a whole. */
export function hasFault(value: Value, budget = { left: 5000 }): boolean {
  budget.left -= 1;
  if (budget.left < 0) return false;
  switch (value.kind) {
    case 'unknown':
      return isFault(value);
    case 'list':
      return value.items.some((item) => hasFault(item, budget));
    case 'concat':
      return value.parts.some((part) => hasFault(part, budget));
    case 'map':
      return value.entries.some((entry) => hasFault(entry.value, budget));
    default:
      return false;
  }
}

/** The first thing in a value that is not known: it says why a result is not. */
export function firstUnknown(value: Value, budget = { left: 2000 }): Value | undefined {
  budget.left -= 1;
  if (budget.left < 0) return undefined;
  switch (value.kind) {
    case 'unknown':
    case 'reference':
      return value;
    case 'list':
      return firstOf(value.items, budget);
    case 'concat':
      return firstOf(value.parts, budget);
    case 'map':
      return firstOf(value.entries.map((entry) => entry.value), budget);
    case 'choice':
      return firstOf(value.options.map((option) => option.value), budget);
    default:
      return undefined;
  }
}

function firstOf(values: readonly Value[], budget: { left: number }): Value | undefined {
  for (const value of values) {
    const found = firstUnknown(value, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why something made of these values is not known. */
export function reasonOf(values: readonly Value[]): UnknownReason {
  for (const value of values) {
    const found = firstUnknown(value);
    if (found?.kind === 'unknown') return found.reason;
    if (found?.kind === 'reference') return 'runtime-attribute';
  }
  return 'bound-reached';
}

export function isConcat(value: Value): value is Concat {
  return value.kind === 'concat';
}
