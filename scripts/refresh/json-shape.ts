/** Narrowing of parsed JSON or YAML; every function throws with the place of the surprise, so a refresh never guesses. */

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Tells whether a value is a plain object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a record, or an error naming the place. */
export function record(value: unknown, place: string): JsonRecord {
  if (!isRecord(value)) throw new Error(`${place}: expected an object`);
  return value;
}

/** The value as a string, or an error naming the place. */
export function text(value: unknown, place: string): string {
  if (typeof value !== 'string') throw new Error(`${place}: expected a string`);
  return value;
}

/** The value as a list, or an error naming the place. */
export function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${place}: expected a list`);
  return value;
}

/** The value as a list of strings, or an error naming the place. */
export function texts(value: unknown, place: string): readonly string[] {
  return list(value, place).map((item, position) => text(item, `${place}[${position}]`));
}

/** Compares by code unit: the same order on every machine. */
export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
