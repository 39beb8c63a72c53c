import type { Origin, Source } from '../core/source.ts';
import { locate } from '../parse/json.ts';

/** A stretch of a file: lines and columns are 1-based, columns count UTF-16 units, the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Makes origins concrete and remembers the texts it met, by file. */
export interface PlaceFinder {
  readonly sources: Map<string, Source>;
  readonly pointers: Map<Source, KnownPlaces>;
}

/** Looked-up parts of one JSON text: spans by pointer, and the elements of arrays by the array's pointer. */
interface KnownPlaces {
  readonly spans: Map<string, OffsetSpan>;
  readonly elements: Map<string, readonly OffsetSpan[]>;
}

interface OffsetSpan {
  readonly start: number;
  readonly end: number;
}

/** An empty finder; one per report, so that nothing outlives it. */
export function placeFinder(): PlaceFinder {
  return { sources: new Map(), pointers: new Map() };
}

/**
 * Offsets of an origin. A pointer into a large JSON text is looked up now; one that leads nowhere
 * (the text was changed by its reader) gives the nearest place above it that exists.
 */
export function spanOf(finder: PlaceFinder, origin: Origin): OffsetSpan {
  if (origin.pointer === undefined) return { start: origin.start, end: Math.max(origin.start, origin.end) };
  const known = finder.pointers.get(origin.source) ?? { spans: new Map(), elements: new Map() };
  finder.pointers.set(origin.source, known);
  return spanOfPointer(origin.source.text, origin.pointer, known);
}

/**
 * Containers are looked up before what is in them and remembered: many findings of one file share most of their path,
 * and each look-up then reads the container only.
 */
function spanOfPointer(text: string, pointer: readonly (string | number)[], known: KnownPlaces): OffsetSpan {
  let container: OffsetSpan = { start: 0, end: text.length };
  let key = '';
  for (const step of pointer) {
    const containerKey = key;
    key += `/${String(step).replaceAll('/', '//')}`;
    const found = known.spans.get(key) ?? spanWithin(text, container, step, containerKey, known);
    if (found === undefined) break;
    known.spans.set(key, found);
    container = found;
  }
  return container;
}

function spanWithin(text: string, container: OffsetSpan, step: string | number, key: string, known: KnownPlaces): OffsetSpan | undefined {
  const start = skipSpace(text, container.start);
  if (text[start] === '[') {
    const elements = known.elements.get(key) ?? elementsOf(text, start, container.end);
    known.elements.set(key, elements);
    return elements[Number(step)];
  }
  const span = locate(text.slice(container.start, container.end), [step]);
  return span === undefined ? undefined : { start: container.start + span.start, end: container.start + span.end };
}

/** All elements of an array in one pass: one pass per element would make a plan of many resources quadratic. */
function elementsOf(text: string, open: number, end: number): readonly OffsetSpan[] {
  const elements: OffsetSpan[] = [];
  for (let at = open + 1; at < end; ) {
    const value = locate(text.slice(at, end), []);
    if (value === undefined) break;
    const span = { start: at + value.start, end: at + value.end };
    const quoted = text[span.start - 1] === '"' && value.start > 0;
    if (span.start === span.end && !quoted) break;
    elements.push(span);
    const next = skipSpace(text, quoted ? span.end + 1 : span.end);
    if (text[next] !== ',') break;
    at = next + 1;
  }
  return elements;
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/y;
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}

/** An origin as lines and columns. An empty stretch is widened to one character where the line has one, so that there is something to mark. */
export function placeOf(finder: PlaceFinder, origin: Origin): Place {
  const { source } = origin;
  const file = source.path;
  if (!finder.sources.has(file)) finder.sources.set(file, source);
  const span = spanOf(finder, origin);
  const start = visiblePosition(source, span.start);
  const end = visiblePosition(source, Math.max(span.end, span.start));
  const empty = start.line === end.line && start.column === end.column;
  const room = (source.line(start.line)?.length ?? 0) >= start.column;
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: empty && room ? end.column + 1 : end.column };
}

const BYTE_ORDER_MARK = 0xfeff;

/** Editors do not count a byte order mark as a column. */
function visiblePosition(source: Source, offset: number): { readonly line: number; readonly column: number } {
  const position = source.position(offset);
  const marked = position.line === 1 && source.text.charCodeAt(0) === BYTE_ORDER_MARK;
  return marked ? { line: 1, column: Math.max(1, position.column - 1) } : position;
}

/** Offset in the text of a place's line and column; the inverse of what `placeOf` did. */
export function offsetOf(source: Source, line: number, column: number): number {
  const marked = line === 1 && source.text.charCodeAt(0) === BYTE_ORDER_MARK;
  return source.offset(line, marked ? column + 1 : column);
}

/**
 * A report's file as seen from the top of the repository, with `/` separators and without `.` or `..`,
 * e.g. prefix `infra` and `../lib/x.yaml` give `lib/x.yaml`. A file outside the repository keeps what leads to it.
 */
export function repositoryPath(prefix: string, file: string): string {
  if (file.startsWith('/') || /^[A-Za-z]:\//.test(file)) return file;
  const parts: string[] = [];
  for (const part of `${prefix}/${file}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
