import { posix } from 'node:path';
import type { Origin, Span } from '../core/source.ts';
import { locate } from '../parse/json.ts';
import { printable, printableLine } from '../report/printable.ts';

/** A stretch of a file as people and machines are told of it: 1-based, the end exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The place of an origin; `folder` is what the paths of the run's sources are relative to. `undefined` for what stands in no file. */
export function placeOf(origin: Origin, folder: string): Place | undefined {
  const { source } = origin;
  if (source.path === '') return undefined;
  const { start, end } = spanOf(origin);
  const from = source.position(start);
  const to = source.position(Math.max(start, end));
  return { file: shownPath(source.path, folder), line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A path of a run that started in `folder`, as seen from where the user stands. */
export function shownPath(path: string, folder: string): string {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? path : posix.join(folder, path);
}

/** `file:line:column` of a place. */
export function placeText(place: Place): string {
  return `${printable(place.file)}:${place.line}:${place.column}`;
}

const MAX_LINES = 12;
const MAX_WIDTH = 160;

/** The lines of an origin with their numbers; a long stretch is cut, a longer line too. */
export function frameOf(origin: Origin): readonly string[] {
  const { source } = origin;
  const { start, end } = spanOf(origin);
  const first = source.position(start).line;
  const last = source.position(Math.max(start, lastVisible(source.text, start, end))).line;
  const lines: string[] = [];
  for (let number = first; number <= Math.min(last, first + MAX_LINES - 1); number += 1) {
    const text = source.line(number) ?? '';
    lines.push(`${String(number).padStart(6)} │ ${printableLine(text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH)}…` : text).replaceAll('\t', '  ')}`.trimEnd());
  }
  if (last >= first + MAX_LINES) lines.push(`${' '.repeat(6)} │ …`);
  return lines;
}

/** A block of YAML ends where the next one begins; the blanks between belong to neither. */
function lastVisible(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return Math.max(start, at - 1);
}

function spanOf(origin: Origin): Omit<Span, 'source'> {
  if (origin.pointer === undefined) return origin;
  return locate(origin.source.text, origin.pointer) ?? origin;
}
