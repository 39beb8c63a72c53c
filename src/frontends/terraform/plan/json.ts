import type { Origin, Source } from '../../../core/source.ts';
import { type MappingEntry, textValue, type Value } from '../../../core/value.ts';
import { absentValue, booleanValue, listValue, mapValue } from '../values/build.ts';

/** An object of parsed JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of an object; `undefined` when the value is no object or lacks the key itself. */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textMember(value: unknown, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === 'string' ? found : undefined;
}

export function listMember(value: unknown, key: string): readonly unknown[] {
  const found = member(value, key);
  return Array.isArray(found) ? found : [];
}

/** A way into a JSON text, shared by all values below it; null is the whole text. */
export type Path = { readonly key: string | number; readonly above: Path } | null;

export function below(above: Path, ...keys: readonly (string | number)[]): Path {
  return keys.reduce<Path>((path, key) => ({ key, above: path }), above);
}

/** The place of a value in a JSON text too large to be given positions; spelled out when a finding needs it. */
export function pointerOrigin(source: Source, path: Path): Origin {
  return {
    source,
    start: 0,
    end: 0,
    get pointer() {
      const keys: (string | number)[] = [];
      for (let step = path; step !== null; step = step.above) keys.push(step.key);
      return keys.reverse();
    },
  };
}

/** Parsed JSON as a value whose places are pointers. */
export function jsonValue(value: unknown, source: Source, path: Path, origin: Origin = pointerOrigin(source, path)): Value {
  if (typeof value === 'string') return textValue(value, origin);
  if (typeof value === 'number') return { kind: 'scalar', text: String(value), type: 'number', origin };
  if (typeof value === 'boolean') return booleanValue(value, origin);
  if (Array.isArray(value)) return listValue(value.map((item: unknown, index) => jsonValue(item, source, below(path, index))), origin);
  if (!isObject(value)) return absentValue(origin);
  const entries = Object.keys(value).map((key): MappingEntry => {
    const inner = below(path, key);
    const at = pointerOrigin(source, inner);
    return { key, keyOrigin: at, value: jsonValue(value[key], source, inner, at) };
  });
  return mapValue(entries, origin);
}
