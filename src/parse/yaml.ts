import {
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_FOLDED_BLOCK,
  SCALAR_STYLE_LITERAL_BLOCK,
  SCALAR_STYLE_SINGLE_QUOTED,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Problem } from '../core/problem.ts';
import type { Source } from '../core/source.ts';
import { linesOfCollection, originalOffset, pad } from './flow-repair.ts';
import type { MappingNode, Node, NodeEntry, ScalarNode, ScalarStyle, SequenceNode } from './node.ts';

/** A parsed text: its first document's tree (`undefined` when empty or unreadable) and what was wrong with it. */
export interface ParsedText {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/** Deeper nesting than any real template has; beyond it the text is refused rather than the stack exhausted. */
const MAX_DEPTH = 500;
const MAX_REPAIRS = 300;
/** Characters that may be parsed again for repairs: large files get fewer of them. */
const MAX_REPAIR_WORK = 20_000_000;

/**
 * Parses YAML or JSON text (JSON being YAML) into a positioned tree. Never throws.
 * Yields `unreadable-input` for a syntax error and `duplicate-key` for a key given twice in one mapping.
 */
export function parseText(source: Source): ParsedText {
  let text = source.text;
  let padded: readonly number[] = [];
  for (let repairs = 0; ; repairs += 1) {
    try {
      const events = parseEvents(text, { maxDepth: MAX_DEPTH });
      return compose(source, text, events, padded);
    } catch (error) {
      if (!(error instanceof YAMLException)) return unreadable(source, 0, `cannot be parsed: ${String(error)}`);
      const position = error.mark?.position ?? 0;
      const affordable = repairs < MAX_REPAIRS && repairs * text.length < MAX_REPAIR_WORK;
      const lines = affordable && error.reason.includes('deficient indentation') ? linesOfCollection(text, position) : [];
      const first = lines[0];
      if (first === undefined || padded.includes(first)) return unreadable(source, originalOffset(position, padded), error.reason);
      [text, padded] = pad(text, padded, lines.filter((line) => !padded.includes(line)));
    }
  }
}

function unreadable(source: Source, offset: number, reason: string): ParsedText {
  const origin = { source, start: offset, end: Math.min(offset + 1, source.text.length) };
  return { root: undefined, problems: [{ code: 'unreadable-input', message: reason, origin }] };
}

interface Composer {
  readonly source: Source;
  readonly text: string;
  readonly events: readonly Event[];
  readonly place: (offset: number) => number;
  readonly anchors: Map<string, Node | undefined>;
  readonly problems: Problem[];
  at: number;
}

function compose(source: Source, text: string, events: readonly Event[], padded: readonly number[]): ParsedText {
  const place = padded.length === 0 ? (offset: number) => offset : (offset: number) => originalOffset(offset, padded);
  const composer: Composer = { source, text, events, place, anchors: new Map(), problems: [], at: 0 };
  while (composer.at < events.length && events[composer.at]?.type === EVENT_DOCUMENT) composer.at += 1;
  const root = composer.at < events.length ? composeNode(composer, 0) : undefined;
  return { root, problems: composer.problems };
}

function composeNode(composer: Composer, emptyAt: number): Node | undefined {
  const event = composer.events[composer.at];
  composer.at += 1;
  switch (event?.type) {
    case EVENT_SCALAR:
      return remember(composer, event, composeScalar(composer, event, emptyAt));
    case EVENT_SEQUENCE:
      return composeSequence(composer, event);
    case EVENT_MAPPING:
      return composeMapping(composer, event);
    case EVENT_ALIAS:
      return resolveAlias(composer, composer.text.slice(event.anchorStart, event.anchorEnd), event.anchorStart);
    default:
      return undefined;
  }
}

function composeScalar(composer: Composer, event: ScalarEvent, emptyAt: number): ScalarNode {
  const empty = event.valueStart < 0;
  return {
    kind: 'scalar',
    text: empty ? '' : getScalarValue(composer.text, event),
    style: styleOf(event.style),
    tag: tagOf(composer, event),
    source: composer.source,
    start: empty ? emptyAt : composer.place(event.valueStart),
    end: empty ? emptyAt : composer.place(event.valueEnd),
  };
}

function composeSequence(composer: Composer, event: Extract<Event, { type: typeof EVENT_SEQUENCE }>): SequenceNode {
  const items: Node[] = [];
  const start = composer.place(event.start);
  const node = { kind: 'sequence' as const, items, tag: tagOf(composer, event), source: composer.source, start, end: start };
  remember(composer, event, undefined);
  while (!atPop(composer)) {
    const item = composeNode(composer, items.at(-1)?.end ?? start);
    if (item !== undefined) items.push(item);
  }
  composer.at += 1;
  node.end = Math.max(start, items.at(-1)?.end ?? start);
  return remember(composer, event, node);
}

function composeMapping(composer: Composer, event: Extract<Event, { type: typeof EVENT_MAPPING }>): MappingNode {
  const entries: NodeEntry[] = [];
  const start = composer.place(event.start);
  const node = { kind: 'mapping' as const, entries, tag: tagOf(composer, event), source: composer.source, start, end: start };
  remember(composer, event, undefined);
  while (!atPop(composer)) {
    const key = composeNode(composer, start);
    const value = composeNode(composer, key?.end ?? start);
    if (key === undefined || value === undefined) continue;
    node.end = Math.max(node.end, value.source === composer.source ? value.end : start);
    if (key.kind === 'scalar') addEntry(composer, entries, { key, value }, start);
    else problem(composer, 'unsupported-construct', 'a mapping key must be a plain word', key.start, key.end);
  }
  composer.at += 1;
  reportDuplicates(composer, entries);
  return remember(composer, event, node);
}

/** YAML's merge key takes in the entries of the mapping (or mappings) it names; keys given beside it win. */
function addEntry(composer: Composer, entries: NodeEntry[], entry: NodeEntry, mappingStart: number): void {
  if (entry.key.text !== '<<' || entry.key.style !== 'plain') {
    const inherited = entries.findIndex((known) => known.key.text === entry.key.text && known.key.start < mappingStart);
    if (inherited >= 0) entries.splice(inherited, 1);
    entries.push(entry);
    return;
  }
  const merged = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
  for (const mapping of merged) {
    if (mapping.kind !== 'mapping') {
      problem(composer, 'unsupported-construct', 'a merge key takes a mapping', mapping.start, mapping.end);
      continue;
    }
    entries.unshift(...mapping.entries.filter((inherited) => !entries.some((own) => own.key.text === inherited.key.text)));
  }
}

function reportDuplicates(composer: Composer, entries: readonly NodeEntry[]): void {
  if (entries.length < 2) return;
  const seen = new Set<string>();
  for (const { key } of entries) {
    if (!seen.has(key.text)) seen.add(key.text);
    else problem(composer, 'duplicate-key', `key \`${shorten(key.text)}\` is given twice; the last one is used`, key.start, key.end);
  }
}

function resolveAlias(composer: Composer, name: string, offset: number): Node | undefined {
  const target = composer.anchors.get(name);
  if (target !== undefined) return target;
  const reason = composer.anchors.has(name) ? `alias \`*${name}\` contains itself` : `alias \`*${name}\` names no anchor`;
  const start = composer.place(offset);
  problem(composer, 'unreadable-input', reason, start, start + name.length);
  return { kind: 'scalar', text: '', style: 'plain', tag: '', source: composer.source, start, end: start };
}

function remember<T extends Node | undefined>(composer: Composer, event: { anchorStart: number; anchorEnd: number }, node: T): T {
  if (event.anchorStart >= 0) composer.anchors.set(composer.text.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

function atPop(composer: Composer): boolean {
  const type = composer.events[composer.at]?.type;
  return type === EVENT_POP || type === undefined;
}

function tagOf(composer: Composer, event: { tagStart: number; tagEnd: number }): string {
  return event.tagStart < 0 ? '' : composer.text.slice(event.tagStart, event.tagEnd);
}

function styleOf(style: ScalarEvent['style']): ScalarStyle {
  switch (style) {
    case SCALAR_STYLE_SINGLE_QUOTED:
      return 'single';
    case SCALAR_STYLE_DOUBLE_QUOTED:
      return 'double';
    case SCALAR_STYLE_LITERAL_BLOCK:
      return 'literal';
    case SCALAR_STYLE_FOLDED_BLOCK:
      return 'folded';
    default:
      return 'plain';
  }
}

function problem(composer: Composer, code: Problem['code'], message: string, start: number, end: number): void {
  composer.problems.push({ code, message, origin: { source: composer.source, start, end } });
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
