import { hasFormat, once } from './load.ts';

/** Reader of the `actions.txt` layout (docs/decisions/0005-data-tables.md): slices are decoded when a service is first asked for. */

/** Header row of one service: where its slices lie and the dense index of its first action. */
export interface ServiceRow {
  readonly prefix: string;
  readonly title: string;
  readonly first: number;
  readonly count: number;
  readonly namesStart: number;
  readonly namesEnd: number;
  readonly detailStart: number;
  readonly detailEnd: number;
}

/**
 * Names of one service in index order, each as the line `Name L` where L is the first letter of its access level.
 * INVARIANT: `lowerLines` is sorted by code unit; the space sorts before every character of a name.
 */
export interface ServiceNames {
  readonly lines: readonly string[];
  readonly lowerLines: () => readonly string[];
}

/** Use of a resource type by an action. */
export interface ResourceUse {
  readonly resource: number;
  readonly required: boolean;
  readonly group: number | undefined;
}

/** One resource type of a service. */
export interface ResourceRow {
  readonly name: string;
  readonly group: number | undefined;
  readonly arns: readonly string[];
}

/** One condition key with its type as the source writes it, e.g. `ArrayOfString`. */
export interface KeyRow {
  readonly type: string;
  readonly key: string;
}

/** Everything about a service beyond its action names. `actionLines[i]` belongs to the action at position i. */
export interface ServiceDetail {
  readonly keys: readonly KeyRow[];
  readonly groups: readonly (readonly number[])[];
  readonly resources: readonly ResourceRow[];
  readonly actionLines: readonly string[];
}

/** The whole table with its lazily decoded parts. */
export interface ActionTable {
  readonly date: string;
  readonly source: string;
  readonly globals: readonly KeyRow[];
  /** Service that answers for a condition-key prefix which is no service prefix, e.g. `saml` → `sts`; may hold `${…}` holes. */
  readonly keyPrefixes: ReadonlyMap<string, string>;
  /** Keys with the prefix of one service that only another service's table lists. */
  readonly borrowedKeys: readonly (KeyRow & { readonly service: string })[];
  readonly services: readonly ServiceRow[];
  readonly serviceOf: ReadonlyMap<string, ServiceRow>;
  readonly count: number;
  readonly namesOf: (row: ServiceRow) => ServiceNames;
  readonly detailOf: (row: ServiceRow) => ServiceDetail;
}

/** Reads part of one of the two files, as `readSlice` does. */
export type SliceReader = (file: 'actions.txt' | 'action-details.txt', start: number, length: number) => string;

/** Longer than the head will be; what is read of the names with it does no harm. */
const HEAD_BYTES = 65_536;
const NAMES_MARK = '\n#names\n';

/** Opens the action table; throws when the layout is not the one this version writes. */
export function openActionTable(read: SliceReader): ActionTable {
  const start = read('actions.txt', 0, HEAD_BYTES);
  const headEnd = start.indexOf(NAMES_MARK);
  const head: unknown = JSON.parse(start.slice(0, Math.max(headEnd, 0)));
  if (!isHead(head)) throw new Error('`actions.txt` is not of the layout this version reads');
  const services = placeServices(head.services, headEnd + NAMES_MARK.length);
  const last = services.at(-1);
  const namesSlice = slicesOf((from, length) => read('actions.txt', from, length), last?.namesEnd ?? 0);
  const namesMemo = new Map<string, ServiceNames>();
  const detailMemo = new Map<string, ServiceDetail>();
  return {
    date: head.date,
    source: head.source,
    globals: head.globals.map(([type, key]) => ({ type, key })),
    keyPrefixes: new Map(head.prefixes),
    borrowedKeys: head.borrowed.map(([type, key, service]) => ({ type, key, service })),
    services,
    serviceOf: new Map(services.map((row) => [row.prefix, row])),
    count: last ? last.first + last.count : 0,
    namesOf: (row) => memoised(namesMemo, row.prefix, () => readNames(namesSlice(row.namesStart, row.namesEnd))),
    detailOf: (row) => memoised(detailMemo, row.prefix, () => readDetail(read('action-details.txt', row.detailStart, row.detailEnd - row.detailStart))),
  };
}

/** After so many slices reading the whole file is cheaper than reading one more. */
const SLICES_BEFORE_WHOLE = 24;

/** Cuts slices out of a file: one by one for the few services that most runs name, out of the whole for a run that names all. */
function slicesOf(read: (start: number, length: number) => string, length: number): (start: number, end: number) => string {
  let cut = 0;
  const whole = once(() => read(0, length));
  return (start, end) => {
    cut += 1;
    return cut > SLICES_BEFORE_WHOLE ? whole().slice(start, end) : read(start, end - start);
  };
}

interface Head {
  readonly date: string;
  readonly source: string;
  readonly globals: readonly (readonly [type: string, key: string])[];
  readonly prefixes: readonly (readonly [prefix: string, service: string])[];
  readonly borrowed: readonly (readonly [type: string, key: string, service: string])[];
  readonly services: readonly (readonly [prefix: string, count: number, namesLength: number, detailLength: number, title: string])[];
}

/** The file is generated and tested for freshness, so its mark stands for all. */
function isHead(value: unknown): value is Head {
  return hasFormat(value, 'iamlint-actions 1');
}

/** Splits the resource-type column of an action line, e.g. `0!3 1?`. */
export function readResourceUses(column: string): readonly ResourceUse[] {
  if (column === '') return [];
  return column.split(' ').map((use) => {
    const mark = Math.max(use.indexOf('!'), use.indexOf('?'));
    return { resource: Number(use.slice(0, mark)), required: use[mark] === '!', group: readGroupNumber(use.slice(mark + 1)) };
  });
}

/** Reads an optional group number; the empty column means no condition keys. */
export function readGroupNumber(column: string | undefined): number | undefined {
  return column === undefined || column === '' ? undefined : Number(column);
}

function memoised<T>(memo: Map<string, T>, key: string, compute: () => T): T {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const value = compute();
  memo.set(key, value);
  return value;
}

function readKey(line: string): KeyRow {
  const tab = line.indexOf('\t');
  return { type: line.slice(0, tab), key: line.slice(tab + 1) };
}

function placeServices(rows: Head['services'], namesStart: number): readonly ServiceRow[] {
  let first = 0;
  let namesAt = namesStart;
  let detailAt = 0;
  return rows.map(([prefix, count, names, detail, title]) => {
    const row = { prefix, title, first, count, namesStart: namesAt, namesEnd: namesAt + names, detailStart: detailAt, detailEnd: detailAt + detail };
    first += count;
    namesAt += names;
    detailAt += detail;
    return row;
  });
}

/** A slice ends with a line feed; a service without actions has an empty one. */
function readNames(slice: string): ServiceNames {
  const lines = slice === '' ? [] : slice.slice(0, -1).split('\n');
  return { lines, lowerLines: once(() => (slice === '' ? [] : slice.slice(0, -1).toLowerCase().split('\n'))) };
}

/** First position whose lower-case line is not before `wanted`. */
export function lowerBound(lowerLines: readonly string[], wanted: string): number {
  let low = 0;
  let high = lowerLines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lowerLines[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readDetail(slice: string): ServiceDetail {
  const keys: KeyRow[] = [];
  const groups: (readonly number[])[] = [];
  const resources: ResourceRow[] = [];
  const actionLines: string[] = [];
  for (const line of slice.split('\n')) {
    const rest = line.slice(2);
    if (line.startsWith('A\t')) actionLines.push(rest);
    else if (line.startsWith('K\t')) keys.push(readKey(rest));
    else if (line.startsWith('G\t')) groups.push(rest.split(',').map(Number));
    else if (line.startsWith('R\t')) {
      const [name = '', group, ...arns] = rest.split('\t');
      resources.push({ name, group: readGroupNumber(group), arns });
    }
  }
  return { keys, groups, resources, actionLines };
}
