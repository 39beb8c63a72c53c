import { type Origin, Source } from '../../../core/source.ts';
import { type MappingEntry, type Scalar, textValue, type Value } from '../../../core/value.ts';
import type { Node, ScalarNode } from '../../../parse/node.ts';
import { parseText } from '../../../parse/yaml.ts';
import { concatValues, placeInScalar, sliceScalar } from './text.ts';

/**
 * A structure as the JSON text it stands for, for where a text is needed: `"${jsonencode(x)}"` amid other text, `replace(…)`.
 * Unknown strings become holes in quotes; what may be any value, and choices, become holes without.
 */
export function jsonTextOf(value: Value): Value {
  const parts: Value[] = [];
  writeJson(value, parts, { left: MAX_PARTS });
  return concatValues(parts, value.origin);
}

/** A text of more parts is given up where parts are joined. */
const MAX_PARTS = 20_001;

function writeJson(value: Value, parts: Value[], budget: { left: number }): void {
  budget.left -= 1;
  if (budget.left < 0 || parts.length > MAX_PARTS) return;
  switch (value.kind) {
    case 'scalar':
      parts.push(value.type === 'string' ? respelled(value, JSON.stringify(value.text)) : { ...value, type: 'string' });
      return;
    case 'absent':
      parts.push(textValue('null', value.origin));
      return;
    case 'list':
      put(parts, '[', value.origin);
      for (const [index, item] of value.items.entries()) {
        if (index > 0) put(parts, ',', value.origin);
        writeJson(item, parts, budget);
      }
      put(parts, ']', value.origin);
      return;
    case 'map':
      put(parts, '{', value.origin);
      for (const [index, entry] of value.entries.entries()) {
        put(parts, `${index > 0 ? ',' : ''}${JSON.stringify(entry.key)}:`, entry.keyOrigin);
        writeJson(entry.value, parts, budget);
      }
      put(parts, '}', value.origin);
      return;
    case 'concat':
      put(parts, '"', value.origin);
      for (const part of value.parts) parts.push(part.kind === 'scalar' ? respelled(part, JSON.stringify(part.text).slice(1, -1)) : part);
      put(parts, '"', value.origin);
      return;
    default: {
      const isText = value.kind === 'reference' || (value.kind === 'unknown' && value.shape !== 'any');
      if (isText) put(parts, '"', value.origin);
      parts.push(value);
      if (isText) put(parts, '"', value.origin);
    }
  }
}

function put(parts: Value[], text: string, origin: Origin): void {
  parts.push({ kind: 'scalar', text, type: 'string', origin, place: () => origin.start });
}

function respelled(scalar: Scalar, text: string): Scalar {
  const quotes = text.startsWith('"') ? 1 : 0;
  const plain = text.length - 2 * quotes === scalar.text.length;
  const place = (offset: number): number => (plain ? placeInScalar(scalar, Math.max(0, Math.min(offset - quotes, scalar.text.length))) : scalar.origin.start);
  return { kind: 'scalar', text, type: 'string', origin: scalar.origin, place };
}

/** Could this value be JSON in a string? */
export function looksLikeJson(value: Value): boolean {
  const first = value.kind === 'concat' ? value.parts[0] : value;
  return first?.kind === 'scalar' && first.type === 'string' && /^\s*[{["\d]|^\s*(true|false|null)\s*$/.test(first.text);
}

/**
 * Reads JSON that stands in a text, keeping the places of its strings; holes of the text become holes of the strings they
 * stand in. `undefined` when the text is no JSON.
 */
export function structureOf(value: Value): Value | undefined {
  if (value.kind === 'map' || value.kind === 'list') return value;
  if (!looksLikeJson(value)) return undefined;
  const stretch = flatten(value);
  try {
    JSON.parse(stretch.text);
  } catch {
    return undefined;
  }
  const root = parseText(new Source('', stretch.text)).root;
  return root === undefined ? undefined : convert(root, stretch);
}

const OPEN = '\uE000';
const CLOSE = '\uE001';

interface Stretch {
  readonly text: string;
  readonly segments: readonly { readonly from: number; readonly to: number; readonly part: Value }[];
  readonly holes: readonly Value[];
  readonly origin: Origin;
}

/** One text with numbered placeholders for the holes; a hole outside a JSON string is put in quotes. */
function flatten(value: Value): Stretch {
  const segments: { from: number; to: number; part: Value }[] = [];
  const holes: Value[] = [];
  let text = '';
  let quoted = false;
  for (const part of value.kind === 'concat' ? value.parts : [value]) {
    const from = text.length;
    if (part.kind === 'scalar') {
      text += part.text.replace(/[\uE000\uE001]/g, '\uFFFD');
      quoted = endsInQuotes(part.text, quoted);
    } else {
      const placeholder = `${OPEN}${holes.length}${CLOSE}`;
      text += quoted ? placeholder : `"${placeholder}"`;
      holes.push(part);
    }
    segments.push({ from, to: text.length, part });
  }
  return { text, segments, holes, origin: value.origin };
}

/** Does JSON text end inside a string, given whether it began in one? */
export function endsInQuotes(text: string, before: boolean): boolean {
  let inside = before;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c && inside) at += 1;
    else if (code === 0x22) inside = !inside;
  }
  return inside;
}

function convert(node: Node, stretch: Stretch): Value {
  const origin = spanAt(stretch, node.start, node.end);
  switch (node.kind) {
    case 'sequence':
      return { kind: 'list', items: node.items.map((item) => convert(item, stretch)), origin };
    case 'mapping': {
      const entries = node.entries.map(({ key, value }): MappingEntry => ({ key: key.text, keyOrigin: spanAt(stretch, key.start, key.end), value: convert(value, stretch) }));
      return { kind: 'map', entries, origin };
    }
    case 'scalar':
      return convertScalar(node, stretch, origin);
  }
}

function convertScalar(node: ScalarNode, stretch: Stretch, origin: Origin): Value {
  if (node.style === 'plain') {
    if (node.text === 'null' || node.text === '') return { kind: 'absent', origin };
    return { kind: 'scalar', text: node.text, type: node.text === 'true' || node.text === 'false' ? 'boolean' : 'number', origin };
  }
  if (!node.text.includes(OPEN)) return { kind: 'scalar', text: node.text, type: 'string', origin };
  const parts: Value[] = [];
  for (const piece of node.text.split(/(\uE000\d+\uE001)/)) {
    if (piece === '') continue;
    const hole = piece.startsWith(OPEN) ? stretch.holes[Number(piece.slice(1, -1))] : undefined;
    parts.push(hole ?? { kind: 'scalar', text: piece, type: 'string', origin });
  }
  return concatValues(parts, origin);
}

/** The place in the file of a stretch of the joined text. */
function spanAt(stretch: Stretch, start: number, end: number): Origin {
  const first = segmentAt(stretch, start);
  if (first === undefined) return stretch.origin;
  if (first.part.kind !== 'scalar') return first.part.origin;
  return sliceScalar(first.part, start - first.from, Math.max(start, Math.min(end, first.to)) - first.from).origin;
}

function segmentAt(stretch: Stretch, offset: number): Stretch['segments'][number] | undefined {
  let low = 0;
  let high = stretch.segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < (stretch.segments[middle]?.to ?? 0)) high = middle;
    else low = middle + 1;
  }
  return stretch.segments[low];
}
