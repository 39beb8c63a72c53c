import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { parseJson } from '../../../parse/json.ts';
import { readValue } from '../read.ts';
import { baseName } from '../paths.ts';
import { unknownOf } from '../values.ts';

/** Larger JSON is read without places; they are looked up when a finding needs them. */
const LARGE = 50_000;

/** The output of one AWS CLI call. */
export interface Export {
  readonly source: Source;
  readonly has: (key: string) => boolean;
  readonly field: (key: string) => Value | undefined;
  readonly items: (key: string) => readonly Item[];
  readonly whole: () => Value;
}

/** One thing that an output lists; its value is made when asked for, because an account has thousands. */
export interface Item {
  readonly value: () => Value;
  /** One part of it, without the rest. */
  readonly field: (key: string) => Value | undefined;
  readonly text: (key: string) => string | undefined;
  readonly origin: Origin;
}

/** Reads an output; several may stand in one list. None when the text cannot be read, which is reported. */
export function readExports(source: Source, report: (problem: Problem) => void): readonly Export[] {
  if (source.text.length > LARGE && /^\s*[{[]/.test(source.text)) {
    const { value, problems } = parseJson(source);
    for (const problem of problems) report(problem);
    return Array.isArray(value) ? value.map((one: unknown, index) => rawExport(source, one, [index])) : value === undefined ? [] : [rawExport(source, value, [])];
  }
  const root = readValue(source, PLAIN, report);
  return root === undefined ? [] : (root.kind === 'list' ? root.items : [root]).map((value) => valueExport(source, value));
}

/** In what AWS returns nothing is a placeholder. */
const PLAIN = { lookup: (name: string, at: Origin): Value => unknownOf('variable-without-value', name, at), tagged: () => undefined };

function valueExport(source: Source, root: Value): Export {
  return {
    source,
    has: (key) => property(root, key) !== undefined,
    field: (key) => property(root, key),
    whole: () => root,
    items: (key) => itemsOf(property(root, key)).map((value) => ({ value: () => value, field: (name) => property(value, name), text: (name) => knownText(property(value, name)), origin: value.origin })),
  };
}

type Pointer = readonly (string | number)[];

function rawExport(source: Source, root: unknown, pointer: Pointer): Export {
  const field = (key: string): unknown => (isRecord(root) && Object.hasOwn(root, key) ? root[key] : undefined);
  return {
    source,
    has: (key) => field(key) !== undefined,
    field: (key) => (field(key) === undefined ? undefined : jsonValue(field(key), source, [...pointer, key])),
    whole: () => jsonValue(root, source, pointer),
    items: (key) => {
      const list: unknown = field(key);
      return (Array.isArray(list) ? list : []).map((item: unknown, index) => rawItem(item, source, [...pointer, key, index]));
    },
  };
}

function rawItem(item: unknown, source: Source, pointer: Pointer): Item {
  const part = (key: string): unknown => (isRecord(item) && Object.hasOwn(item, key) ? item[key] : undefined);
  return {
    value: () => jsonValue(item, source, pointer),
    field: (key) => (part(key) === undefined ? undefined : jsonValue(part(key), source, [...pointer, key])),
    text: (key) => {
      const found = part(key);
      return typeof found === 'string' ? found : undefined;
    },
    origin: { source, start: 0, end: 0, pointer },
  };
}

function jsonValue(json: unknown, source: Source, pointer: Pointer): Value {
  const origin: Origin = { source, start: 0, end: 0, pointer };
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item: unknown, index) => jsonValue(item, source, [...pointer, index])), origin };
  if (isRecord(json)) {
    return { kind: 'map', entries: Object.entries(json).map(([key, value]) => ({ key, keyOrigin: { ...origin, pointer: [...pointer, key] }, value: jsonValue(value, source, [...pointer, key]) })), origin };
  }
  if (json === null || json === undefined) return { kind: 'absent', origin };
  return { kind: 'scalar', text: String(json), type: typeof json === 'number' ? 'number' : typeof json === 'boolean' ? 'boolean' : 'string', origin };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids as AWS Organizations forms them. Source: Organizations API Reference, the data types' patterns. */
const IDS = {
  target: /(?<![0-9A-Za-z])(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32}|\d{12})(?![0-9A-Za-z])/,
  parent: /(?<![0-9A-Za-z])(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})(?![0-9A-Za-z])/,
  account: /(?<![0-9A-Za-z])(\d{12})(?![0-9A-Za-z])/,
  policy: /(?<![0-9A-Za-z])(p-[0-9a-zA-Z_]{8,128})(?![0-9A-Za-z])/,
  permissionSet: /(?<![0-9A-Za-z])(ps-[0-9a-f]{16})(?![0-9A-Za-z])/,
} as const;

/**
 * What an output was asked for. AWS does not repeat the question, so it stands beside the answer, under `key`, or in the name of
 * the file or its folder. `undefined` when it stands nowhere.
 */
export function subjectOf(file: Export, kind: keyof typeof IDS, key: string): string | undefined {
  const written = knownText(file.field(key));
  if (written !== undefined) return IDS[kind].exec(written)?.[1] ?? written;
  const { path } = file.source;
  const folder = baseName(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return IDS[kind].exec(baseName(path))?.[1] ?? IDS[kind].exec(folder)?.[1];
}

/** Is the last page of the output missing? */
export function isTruncated(file: Export): boolean {
  return knownText(file.field('IsTruncated')) === 'true' || knownText(file.field('NextToken')) !== undefined || knownText(file.field('Marker')) !== undefined;
}

/** The account and organization that the ARNs of an output name. */
export function organizationOf(arn: string | undefined): { readonly account: string | undefined; readonly id: string | undefined } {
  const found = /^arn:[^:]*:organizations::(\d{12}):\w+\/(o-[a-z0-9]{10,32})/.exec(arn ?? '');
  return { account: found?.[1], id: found?.[2] };
}
