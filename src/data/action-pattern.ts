import { lowerBound, type ServiceRow } from './action-table.ts';
import { actionTable, positionOf } from './actions.ts';
import { compileGlob, shortestMatch } from './glob.ts';
import { once } from './load.ts';

/**
 * Indexes of the actions an `Action` element matches, ascending.
 * `*` alone matches every action; otherwise the service and the name are matched apart, and a pattern without `:` matches nothing
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 */
export function expandActionIndexes(pattern: string): readonly number[] {
  return remember(indexMemo(), pattern.toLowerCase(), () => {
    const indexes: number[] = [];
    for (const { row, positions } of matches(pattern)) {
      if (positions === 'all') for (let position = 0; position < row.count; position += 1) indexes.push(row.first + position);
      else for (const position of positions) indexes.push(row.first + position);
    }
    return indexes;
  });
}

/** Names (`service:Name`, in index order) of the actions an `Action` element matches. */
export function expandAction(pattern: string): readonly string[] {
  return remember(nameMemo(), pattern.toLowerCase(), () => {
    const names: string[] = [];
    for (const { row, positions } of matches(pattern)) {
      const { lines } = actionTable().namesOf(row);
      if (positions === 'all') for (const line of lines) names.push(`${row.prefix}:${line.slice(0, -2)}`);
      else for (const position of positions) names.push(`${row.prefix}:${(lines[position] ?? '').slice(0, -2)}`);
    }
    return names;
  });
}

const indexMemo = once(() => memoOf<number>());
const nameMemo = once(() => memoOf<string>());

/** At most this many list members are kept, so that hostile input cannot grow the memo without bound. */
const MEMO_LIMIT = 500_000;

interface Memo<T> {
  readonly lists: Map<string, readonly T[]>;
  size: number;
}

function memoOf<T>(): Memo<T> {
  return { lists: new Map(), size: 0 };
}

function remember<T>(memo: Memo<T>, key: string, compute: () => readonly T[]): readonly T[] {
  const known = memo.lists.get(key);
  if (known !== undefined) return known;
  const list = compute();
  if (memo.size + list.length >= MEMO_LIMIT) {
    memo.lists.clear();
    memo.size = 0;
  }
  if (key.length <= 2 * LONGEST_NAME) {
    memo.lists.set(key, list);
    memo.size += list.length + 1;
  }
  return list;
}

/** No service prefix and no action name is as long; a pattern that needs more characters matches nothing. */
const LONGEST_NAME = 128;

interface ServiceMatch {
  readonly row: ServiceRow;
  readonly positions: readonly number[] | 'all';
}

function matches(pattern: string): readonly ServiceMatch[] {
  const colon = pattern.indexOf(':');
  if (colon < 0) return pattern === '*' ? matchingServices('*').map((row) => ({ row, positions: 'all' as const })) : [];
  const service = pattern.slice(0, colon);
  const name = pattern.slice(colon + 1);
  if (shortestMatch(name) > LONGEST_NAME || shortestMatch(service) > LONGEST_NAME) return [];
  const positionsIn = positionFinder(name);
  return matchingServices(service).map((row) => ({ row, positions: positionsIn(row) }));
}

function positionFinder(name: string): (row: ServiceRow) => readonly number[] | 'all' {
  if (name === '*') return () => 'all';
  if (!/[*?]/.test(name)) {
    return (row) => {
      const position = positionOf(row, name);
      return position === undefined ? [] : [position];
    };
  }
  // The lines end in a space and the level's letter.
  const glob = compileGlob(`${name} ?`);
  return (row) => {
    const found: number[] = [];
    const lines = actionTable().namesOf(row).lowerLines();
    for (let position = lowerBound(lines, glob.prefix); position < lines.length; position += 1) {
      const line = lines[position] ?? '';
      if (!line.startsWith(glob.prefix)) break;
      if (glob.matches(line)) found.push(position);
    }
    return found;
  };
}

function matchingServices(pattern: string): readonly ServiceRow[] {
  if (pattern === '*') return actionTable().services;
  if (!/[*?]/.test(pattern)) {
    const exact = actionTable().serviceOf.get(pattern.toLowerCase());
    return exact ? [exact] : [];
  }
  const glob = compileGlob(pattern);
  return actionTable().services.filter((row) => glob.matches(row.prefix));
}
