import type { Origin, Source } from '../../../core/source.ts';
import { parseIgnoreComments } from '../../comments.ts';
import type { SuppressionMark } from '../../frontend.ts';
import type { Body, Expression } from '../syntax/ast.ts';
import type { Comment } from '../syntax/cursor.ts';
import type { Note } from '../syntax/parse-tf-json.ts';

/**
 * The suppressions in the comments of a file: ours (`# iamlint-ignore rule: reason`) and those written for checkov, tfsec and
 * trivy, whose rule ids keep their tool's name. A comment directly in a block covers the block; one above or beside an
 * argument, block or element covers all lines of what begins there.
 */
export function suppressionsOf(source: Source, body: Body, comments: readonly Comment[]): readonly SuppressionMark[] {
  if (!/iamlint-ignore|checkov:skip|tfsec:ignore|trivy:ignore/.test(source.text)) return [];
  const places = collectPlaces(source, body);
  const marks: SuppressionMark[] = [];
  for (const mark of parseIgnoreComments(source)) {
    // Only real comments count, not the words inside a string.
    if (comments.some((comment) => mark.origin.start >= comment.start && mark.origin.start < comment.end)) marks.push(widen(mark, places));
  }
  for (const comment of comments) {
    const text = source.text.slice(comment.start, comment.end);
    for (const foreign of foreignMarks(text)) {
      const origin = { source, start: comment.start, end: comment.end };
      const line = source.position(comment.start).line;
      const covered = isAlone(source, comment) ? nextCodeLine(source, line) : line;
      marks.push(widen({ ...foreign, until: foreign.until, values: undefined, origin, covers: { kind: 'lines', from: covered, to: covered } }, places));
    }
  }
  return marks;
}

/** Suppressions in the `//` comments of `.tf.json`: they cover the object they stand in. */
export function noteSuppressions(source: Source, notes: readonly Note[]): readonly SuppressionMark[] {
  return notes.flatMap((note) => {
    const covers = { kind: 'lines', from: source.position(note.covers.start).line, to: source.position(note.covers.end).line } as const;
    const own = /^\s*iamlint-ignore\b\s*(?:([\w*][\w*-]*(?:\s*,\s*[\w*][\w*-]*)*))?\s*:?\s*(.*)$/.exec(note.text);
    const marks: SuppressionMark[] = foreignMarks(note.text).map((mark) => ({ ...mark, values: undefined, origin: note.origin, covers }));
    if (own !== null) {
      const reason = (own[2] ?? '').replace(/\b(until|values)=\S+/g, '').trim();
      marks.push({
        rules: own[1] === undefined ? ['*'] : own[1].split(',').map((rule) => rule.trim()),
        reason: reason === '' ? undefined : reason,
        until: /\buntil=(\d{4}-\d{2}-\d{2})/.exec(note.text)?.[1],
        values: /\bvalues=(\S+)/.exec(note.text)?.[1]?.split(','),
        origin: note.origin,
        covers,
      });
    }
    return marks;
  });
}

interface ForeignMark {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly until: string | undefined;
}

const CHECKOV = /checkov:skip=\s{0,5}([\w,-]{1,200})(?:\s{0,5}:\s{0,5}([^\n]{0,300}))?/g;
const AQUA = /(tfsec|trivy):ignore:([\w*.,-]{1,200})(?:\[[^\]]{0,200}\])?(?::exp:(\d{4}-\d{2}-\d{2}))?/g;

function foreignMarks(text: string): readonly ForeignMark[] {
  const marks: ForeignMark[] = [];
  for (const match of text.matchAll(CHECKOV)) {
    const rules = (match[1] ?? '').split(',').filter((rule) => rule !== '');
    const reason = match[2]?.replace(/\*\/\s*$/, '').trim();
    marks.push({ rules: rules.map((rule) => `checkov:${rule}`), reason: reason === '' ? undefined : reason, until: undefined });
  }
  for (const match of text.matchAll(AQUA)) marks.push({ rules: [`${match[1] ?? ''}:${match[2] ?? ''}`], reason: undefined, until: match[3] });
  return marks;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

interface Places {
  readonly source: Source;
  /** What begins on a line, the widest. */
  readonly beginning: Map<number, Place>;
  /** Blocks with their content's lines, outermost first, and the lines of things within. */
  readonly blocks: { readonly place: Place; readonly inner: readonly Place[] }[];
}

function collectPlaces(source: Source, body: Body): Places {
  const places: Places = { source, beginning: new Map(), blocks: [] };
  collectBody(places, body);
  return places;
}

function collectBody(places: Places, body: Body): void {
  for (const attribute of body.attributes) {
    addPlace(places, attribute.extent);
    collectExpression(places, attribute.value, 0);
  }
  for (const block of body.blocks) {
    const place = addPlace(places, block.extent);
    const inner = [...block.body.attributes.map((attribute) => attribute.extent), ...block.body.blocks.map((one) => one.extent)].map((extent) => linesOf(places.source, extent));
    places.blocks.push({ place, inner });
    collectBody(places, block.body);
  }
}

function collectExpression(places: Places, expression: Expression, depth: number): void {
  if (depth > 60) return;
  const inner = (value: Expression): void => {
    addPlace(places, value);
    collectExpression(places, value, depth + 1);
  };
  switch (expression.kind) {
    case 'tuple':
      for (const item of expression.items) inner(item);
      return;
    case 'object':
      for (const { key, value } of expression.items) {
        addPlace(places, { source: key.source, start: key.start, end: value.end });
        collectExpression(places, value, depth + 1);
      }
      return;
    case 'call':
      for (const arg of expression.args) inner(arg);
      return;
    case 'conditional':
      inner(expression.then);
      inner(expression.otherwise);
      return;
    case 'for':
      inner(expression.value);
      return;
    default:
  }
}

function addPlace(places: Places, extent: Origin): Place {
  const place = linesOf(places.source, extent);
  const known = places.beginning.get(place.from);
  if (known === undefined || known.to < place.to) places.beginning.set(place.from, place);
  return place;
}

function linesOf(source: Source, extent: Origin): Place {
  return { from: source.position(extent.start).line, to: source.position(Math.max(extent.start, extent.end - 1)).line };
}

/** Widens the line a comment covers to what begins there; a comment that stands directly in a block covers the block. */
function widen(mark: SuppressionMark, places: Places): SuppressionMark {
  if (mark.covers.kind !== 'lines') return mark;
  const own = places.source.position(mark.origin.start).line;
  const block = places.blocks.filter(({ place, inner }) => own > place.from && own < place.to && !inner.some((item) => own >= item.from && own <= item.to)).at(-1);
  const begun = places.beginning.get(mark.covers.from);
  const from = Math.min(mark.covers.from, block?.place.from ?? mark.covers.from);
  const to = Math.max(mark.covers.to, block?.place.to ?? 0, begun?.to ?? 0);
  return { ...mark, covers: { kind: 'lines', from, to } };
}

function isAlone(source: Source, comment: Comment): boolean {
  const lineStart = source.text.lastIndexOf('\n', comment.start - 1) + 1;
  return source.text.slice(lineStart, comment.start).trim() === '';
}

function nextCodeLine(source: Source, line: number): number {
  let next = line + 1;
  while (/^\s*((#|\/\/).*)?$/.test(source.line(next) ?? 'end') && next - line < 50) next += 1;
  return next;
}
