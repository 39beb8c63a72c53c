/**
 * Reading of the assembly's own JSON files (manifests, metadata, assets), whose places no finding needs: plain values, narrowed
 * before use. Keys are only ever read as own properties, so a hostile `__proto__` key is a key like any other.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text; `undefined` when it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return parsed;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property of an object; `undefined` for anything else. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' ? found : undefined;
}

export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

export function itemsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textsIn(value: unknown): readonly string[] {
  return itemsIn(value).filter((item) => typeof item === 'string');
}
