import type { Source } from '../core/source.ts';
import { offsetOf, type Place } from './place.ts';
import { printableLine } from './printable.ts';
import type { Report, SecretSpan } from './report.ts';

/** One line of a file as a report may show it. `mark` is the offending stretch, as offsets in `text`. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly mark: Mark | undefined;
}

interface Mark {
  readonly start: number;
  readonly end: number;
}

export interface ExcerptShape {
  /** Lines shown around the place. */
  readonly before: number;
  readonly after: number;
  /** A longer line is cut to a window around the mark: a plan may be one line of megabytes. */
  readonly width: number;
}

/** Lines of a marked block that are shown; the rest of a long block says nothing more. */
const MAX_MARKED_LINES = 4;
const ELLIPSIS = '…';

/** The lines around a place, with secrets masked and control characters made visible; empty when the text is not at hand. */
export function excerpt(report: Report, place: Place, shape: ExcerptShape): readonly ExcerptLine[] {
  const source = report.sources.get(place.file);
  if (source === undefined) return [];
  const lines: ExcerptLine[] = [];
  const cut = place.endLine - place.line >= MAX_MARKED_LINES;
  const last = cut ? place.line + MAX_MARKED_LINES - 1 : place.endLine + shape.after;
  for (let number = Math.max(1, place.line - shape.before); number <= last; number += 1) {
    const text = lineText(source, number, report.secrets.get(place.file) ?? []);
    if (text === undefined) break;
    lines.push(windowed(number, text, markOf(place, number, text), shape.width));
  }
  return lines.filter((line, index) => line.mark !== undefined || line.text.trim() !== '' || (index > 0 && index < lines.length - 1));
}

/** The text of a place itself, or `undefined` when it is longer than `limit`, secret, empty, or not at hand. */
export function snippet(report: Report, place: Place, limit: number): string | undefined {
  const source = report.sources.get(place.file);
  if (source === undefined) return undefined;
  const start = offsetOf(source, place.line, place.column);
  const end = offsetOf(source, place.endLine, place.endColumn);
  if (end <= start || end - start > limit) return undefined;
  const secret = (report.secrets.get(place.file) ?? []).some((span) => span.start < end && span.end > start);
  return secret ? undefined : source.text.slice(start, end);
}

/** A line without its break and without a byte order mark, secrets masked. */
function lineText(source: Source, number: number, secrets: readonly SecretSpan[]): string | undefined {
  if (source.line(number) === undefined) return undefined;
  const start = offsetOf(source, number, 1);
  let text = (source.line(number) ?? '').replace(/^\ufeff/, '');
  for (const secret of secrets) {
    const from = Math.max(0, secret.start - start);
    const to = Math.min(text.length, secret.end - start);
    if (from < to) text = text.slice(0, from) + '*'.repeat(to - from) + text.slice(to);
  }
  return text;
}

function markOf(place: Place, number: number, text: string): Mark | undefined {
  if (number < place.line || number > place.endLine) return undefined;
  const indent = text.length - text.trimStart().length;
  const start = number === place.line ? place.column - 1 : indent;
  const end = number === place.endLine ? place.endColumn - 1 : text.trimEnd().length;
  return { start: Math.min(start, text.length), end: Math.max(start, Math.min(end, text.length)) };
}

function windowed(number: number, text: string, mark: Mark | undefined, width: number): ExcerptLine {
  if (text.length <= width) return { number, text: printableLine(text), mark };
  const from = Math.max(0, Math.min((mark?.start ?? 0) - Math.floor(width / 3), text.length - width));
  const to = Math.min(text.length, from + width);
  const before = from > 0 ? ELLIPSIS : '';
  const shown = before + printableLine(text.slice(from, to)) + (to < text.length ? ELLIPSIS : '');
  const shift = before.length - from;
  return { number, text: shown, mark: mark && { start: mark.start + shift, end: Math.min(mark.end, to) + shift } };
}
