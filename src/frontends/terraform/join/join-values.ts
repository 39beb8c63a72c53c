import type { Origin } from '../../../core/source.ts';
import { itemsOf, type List, type Mapping, type MappingEntry, type Scalar, type Value } from '../../../core/value.ts';
import { isFault } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import { structureOf } from '../values/json-text.ts';
import { placeInScalar } from '../values/text.ts';

/**
 * Joins what a plan knows of a value with what its source says: texts and lengths are the plan's, places the source's, and
 * where the plan does not know, or has lost the structure, the source speaks alone.
 */
export function joinValues(planned: Value, written: Value, depth = 0): Value {
  if (depth > 60 || isFault(written)) return planned;
  switch (planned.kind) {
    case 'scalar':
      return joinScalar(planned, written, depth);
    case 'list':
      return joinList(planned, written, depth);
    case 'map':
      return joinMap(planned, written, depth);
    case 'absent':
      return planned;
    default:
      // Not known to the plan either: the source says what it is made of.
      return written.kind === 'absent' ? planned : written;
  }
}

function joinScalar(planned: Scalar, written: Value, depth: number): Value {
  switch (written.kind) {
    case 'scalar':
      if (written.text === planned.text) return written;
      return joinDocument(planned, written, depth) ?? moved(planned, written.origin);
    case 'concat':
      return aligned(planned, written) ?? joinDocument(planned, written, depth) ?? moved(planned, written.origin);
    case 'list':
    case 'map':
      return joinDocument(planned, written, depth) ?? moved(planned, written.origin);
    case 'choice': {
      const option = written.options.find(({ value }) => value.kind === 'scalar' && value.text === planned.text) ?? written.options[0];
      return option === undefined ? planned : joinScalar(planned, option.value, depth + 1);
    }
    default:
      return moved(planned, written.origin);
  }
}

/** The plan's text at a place of the source where it is not written in these words. */
function moved(planned: Scalar, origin: Origin): Scalar {
  return { kind: 'scalar', text: planned.text, type: planned.type, origin, place: () => origin.start };
}

/** Both sides as documents, joined part by part. */
function joinDocument(planned: Scalar, written: Value, depth: number): Value | undefined {
  if (!/^\s*[{[]/.test(planned.text)) return undefined;
  const source = written.kind === 'map' || written.kind === 'list' ? written : structureOf(written);
  const shown = source === undefined ? undefined : structureOf(planned);
  return source === undefined || shown === undefined ? undefined : joinValues(shown, source, depth + 1);
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly part: Value;
}

/** Finds the known parts of a text with holes in the plan's text, in order; what lies between fills the holes. */
function aligned(planned: Scalar, written: Extract<Value, { kind: 'concat' }>): Scalar | undefined {
  const segments: Segment[] = [];
  const { text } = planned;
  let at = 0;
  for (const [index, part] of written.parts.entries()) {
    if (part.kind !== 'scalar') continue;
    const found = index === 0 ? (text.startsWith(part.text) ? 0 : -1) : index === written.parts.length - 1 && text.endsWith(part.text) ? text.length - part.text.length : text.indexOf(part.text, at);
    if (found < at) return undefined;
    segments.push({ from: found, to: found + part.text.length, part });
    at = found + part.text.length;
  }
  if (written.parts.at(-1)?.kind === 'scalar' && at !== text.length) return undefined;
  return { kind: 'scalar', text, type: planned.type, origin: written.origin, place: (offset) => placeAmong(segments, offset, written.origin) };
}

function placeAmong(segments: readonly Segment[], offset: number, origin: Origin): number {
  let last = origin.start;
  for (const { from, to, part } of segments) {
    if (part.kind !== 'scalar' || part.origin.source !== origin.source) continue;
    if (offset < from) return last;
    if (offset < to) return placeInScalar(part, offset - from);
    last = placeInScalar(part, part.text.length);
  }
  return last;
}

function joinMap(planned: Mapping, written: Value, depth: number): Value {
  const source = mapIn(written);
  if (source === undefined) return { ...planned, origin: written.origin };
  const byKey = new Map(source.entries.map((entry) => [entry.key, entry]));
  const entries: MappingEntry[] = planned.entries.map((entry) => {
    const own = byKey.get(entry.key);
    if (own === undefined) return { key: entry.key, keyOrigin: source.origin, value: relocated(entry.value, source.origin) };
    return lazyEntry(entry.key, own.keyOrigin, () => joinValues(entry.value, own.value, depth + 1));
  });
  return { kind: 'map', entries, origin: source.origin };
}

/** The mapping a value is, or surely holds: blocks that occur once are written with and without a list around them. */
function mapIn(written: Value): Mapping | undefined {
  if (written.kind === 'map') return written;
  if (written.kind === 'list' && written.items.length === 1) return written.items[0] === undefined ? undefined : mapIn(written.items[0]);
  if (written.kind !== 'choice') return undefined;
  for (const option of written.options) {
    const found = mapIn(option.value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What only the plan knows, shown at a place of the source. */
function relocated(value: Value, origin: Origin): Value {
  switch (value.kind) {
    case 'scalar':
      return moved(value, origin);
    case 'list':
      return { ...value, origin, items: value.items.map((item) => relocated(item, origin)) };
    case 'map':
      return { ...value, origin, entries: value.entries.map((entry) => ({ key: entry.key, keyOrigin: origin, value: relocated(entry.value, origin) })) };
    default:
      return { ...value, origin };
  }
}

/** Longer lists are joined by position. */
const MAX_MATCHED = 300;

function joinList(planned: List, written: Value, depth: number): Value {
  const sources = itemsOf(written.kind === 'choice' ? (written.options.find((option) => option.value.kind === 'list')?.value ?? written) : written).filter((item) => item.kind !== 'absent');
  if (written.kind === 'unknown' || written.kind === 'reference' || sources.length === 0) return relocated(planned, written.origin);
  const partners = planned.items.length === sources.length && planned.items.length > MAX_MATCHED ? sources : matchItems(planned.items, sources);
  const items = planned.items.map((item, index) => {
    const partner = partners[index];
    return partner === undefined ? relocated(item, written.origin) : joinValues(item, partner, depth + 1);
  });
  return { kind: 'list', items, origin: written.origin };
}

/** Plans sort sets, so items are matched by what they say; those without a match by what is left, in order. */
function matchItems(planned: readonly Value[], sources: readonly Value[]): readonly (Value | undefined)[] {
  const left = new Set(sources.keys());
  const partners = planned.map((item, index): Value | undefined => {
    const best = planned.length > MAX_MATCHED ? (left.has(index) ? index : undefined) : bestOf(item, sources, left, index);
    if (best === undefined) return undefined;
    left.delete(best);
    return sources[best];
  });
  // A representative of several instances stands for each of them.
  const spare = sources.length === 1 ? sources[0] : undefined;
  return partners.map((partner) => {
    if (partner !== undefined) return partner;
    const [next] = left;
    if (next === undefined) return spare;
    left.delete(next);
    return sources[next];
  });
}

function bestOf(item: Value, sources: readonly Value[], left: ReadonlySet<number>, index: number): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const candidate of left) {
    const source = sources[candidate];
    const score = source === undefined ? 0 : likeness(item, source, 0) + (candidate === index ? 0.5 : 0);
    if (score > most && score >= 1) {
      most = score;
      best = candidate;
    }
  }
  return best;
}

/** How much two values have in common: equal leaves at equal keys. */
function likeness(planned: Value, written: Value, depth: number): number {
  if (depth > 4) return 0;
  if (written.kind === 'choice') return Math.max(0, ...written.options.map((option) => likeness(planned, option.value, depth + 1)));
  if (planned.kind === 'scalar') return written.kind === 'scalar' && written.text === planned.text ? 2 : written.kind === 'concat' && fits(planned.text, written) ? 1 : 0;
  if (planned.kind === 'map' && written.kind === 'map') {
    const byKey = new Map(written.entries.map((entry) => [entry.key, entry.value]));
    return planned.entries.reduce((sum, entry) => {
      const other = byKey.get(entry.key);
      return other === undefined ? sum : sum + likeness(entry.value, other, depth + 1);
    }, 0);
  }
  if (planned.kind === 'list' && written.kind === 'list') {
    const texts = new Set(written.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : [])));
    return planned.items.reduce((sum, item) => sum + (item.kind === 'scalar' && texts.has(item.text) ? 1 : 0), 0);
  }
  return 0;
}

function fits(text: string, written: Extract<Value, { kind: 'concat' }>): boolean {
  const first = written.parts[0];
  return first?.kind === 'scalar' && first.text.length > 3 && text.startsWith(first.text);
}
