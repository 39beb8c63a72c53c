import { type Origin, Source } from '../core/source.ts';
import type { MappingEntry, Scalar, Value } from '../core/value.ts';
import type { SyntaxFault } from '../iam/policy-document.ts';
import { jsonErrorOffset } from '../parse/json.ts';
import type { Node, ScalarNode } from '../parse/node.ts';
import { parseText } from '../parse/yaml.ts';

/** JSON read out of a string value, or why it could not be. */
export type EmbeddedJson =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'fault'; readonly fault: SyntaxFault }
  /** Holes stand where JSON needs structure, so the text cannot be read without them. */
  | { readonly kind: 'open'; readonly name: string };

/**
 * Reads JSON that stands in a string (`jsonencode`d, a heredoc, `Fn::Sub` of JSON) and keeps the places: each string of the
 * result has the origin of its own characters in the file. Holes of the string become holes of the strings they stand in.
 */
export function parseEmbedded(value: Value): EmbeddedJson {
  const stretch = flatten(value);
  try {
    JSON.parse(stretch.text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (stretch.holes.length > 0) return { kind: 'open', name: 'JSON text with unresolved parts' };
    const offset = Math.min(jsonErrorOffset(message, stretch.text.length), Math.max(0, stretch.text.length - 1));
    const reason = message.replace(/\s*(in JSON )?at position \d+.*$/s, '').replace(/, (\.\.\.)?".*$/s, '');
    return { kind: 'fault', fault: { code: 'policy-json-parse-error', message: `the policy is not valid JSON: ${reason}`, origin: spanAt(stretch, offset, offset + 1) } };
  }
  const inner = new Source('', stretch.text);
  const root = parseText(inner).root;
  if (root === undefined) return { kind: 'open', name: 'JSON text' };
  return { kind: 'value', value: convert(root, stretch) };
}

/** Could this value be JSON in a string? */
export function isEmbeddable(value: Value): boolean {
  if (value.kind === 'scalar') return value.type === 'string' && /^\s*[{[]/.test(value.text);
  return value.kind === 'concat' && value.parts.some((part) => part.kind === 'scalar' && part.text.includes('{'));
}

const OPEN = '\uE000';
const CLOSE = '\uE001';

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly part: Value;
}

interface Stretch {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly holes: readonly Value[];
  readonly origin: Origin;
}

/** One text with numbered placeholders for the holes; a hole outside a JSON string is put in quotes so that JSON can be read. */
function flatten(value: Value): Stretch {
  const segments: Segment[] = [];
  const holes: Value[] = [];
  let text = '';
  let inString = false;
  for (const part of value.kind === 'concat' ? value.parts : [value]) {
    const from = text.length;
    if (part.kind === 'scalar') {
      text += part.text.replace(/[\uE000\uE001]/g, '\uFFFD');
      inString = endsInString(part.text, inString);
    } else {
      const placeholder = `${OPEN}${holes.length}${CLOSE}`;
      text += inString ? placeholder : `"${placeholder}"`;
      holes.push(part);
    }
    segments.push({ from, to: text.length, part });
  }
  return { text, segments, holes, origin: value.origin };
}

function endsInString(text: string, before: boolean): boolean {
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
    if (node.text === 'null') return { kind: 'absent', origin };
    const type: Scalar['type'] = node.text === 'true' || node.text === 'false' ? 'boolean' : 'number';
    return { kind: 'scalar', text: node.text, type, origin };
  }
  if (!node.text.includes(OPEN)) return { kind: 'scalar', text: node.text, type: 'string', origin };
  const parts: Value[] = [];
  for (const piece of node.text.split(/(\uE000\d+\uE001)/)) {
    if (piece === '') continue;
    const hole = piece.startsWith(OPEN) ? stretch.holes[Number(piece.slice(1, -1))] : undefined;
    parts.push(hole ?? { kind: 'scalar', text: piece, type: 'string', origin });
  }
  const only = parts[0];
  return parts.length === 1 && only !== undefined ? only : { kind: 'concat', parts, origin };
}

/** The place in the file of a stretch of the joined text. */
function spanAt(stretch: Stretch, start: number, end: number): Origin {
  const first = segmentAt(stretch, start);
  const last = segmentAt(stretch, Math.max(start, end - 1));
  if (first === undefined || last === undefined) return stretch.origin;
  if (first.part.origin.pointer !== undefined) return { ...first.part.origin, start: start - first.from, end: end - first.from };
  const from = placeOf(first, start);
  const to = last.part.origin.source === first.part.origin.source ? placeOf(last, end) : from;
  return { source: first.part.origin.source, start: from, end: Math.max(from, to) };
}

function placeOf(segment: Segment, offset: number): number {
  const { part } = segment;
  const inside = Math.min(offset, segment.to) - segment.from;
  if (part.kind !== 'scalar') return offset >= segment.to ? part.origin.end : part.origin.start;
  if (part.place !== undefined) return part.place(inside);
  const verbatim = part.origin.end - part.origin.start === part.text.length;
  return verbatim ? part.origin.start + inside : part.origin.start;
}

function segmentAt(stretch: Stretch, offset: number): Segment | undefined {
  let low = 0;
  let high = stretch.segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < (stretch.segments[middle]?.to ?? 0)) high = middle;
    else low = middle + 1;
  }
  return stretch.segments[low];
}
