import type { Origin } from '../../core/source.ts';
import type { Scalar, Value } from '../../core/value.ts';
import { alignText } from '../../parse/align.ts';
import type { ScalarNode } from '../../parse/node.ts';

/**
 * Configuration sets hold `{{ name }}` and `${NAME}` that their tool replaces before it reads the file. As written they break
 * YAML and JSON, so they are hidden behind characters of the private use area, of the same length: places stay true.
 */
const OPEN_DOUBLE = '\uE010\uE010';
const CLOSE_DOUBLE = '\uE011\uE011';
const OPEN_DOLLAR = '\uE012\uE012';
const CLOSE_DOLLAR = '\uE013';
const PRIVATE = /[\uE010-\uE014]/g;

/** Stands for the merge key `<<` before an include, which only this front-end can take in. */
export const INCLUDE_KEY = '\uE014\uE014';

/** Names in capitals are the tool's own; `${aws:username}` and its like are IAM's and stay. */
const DOLLAR = /\$\{([A-Z][A-Z0-9_]*(?:::?[\w:.-]*)?)\}/g;
const DOUBLE = /\{\{([^{}\n]*)\}\}/g;

/** The text with its placeholders hidden; the same length as before. */
export function hidePlaceholders(text: string): string {
  return text
    .replace(PRIVATE, '\uFFFD')
    .replace(DOUBLE, (_whole, name: string) => `${OPEN_DOUBLE}${name}${CLOSE_DOUBLE}`)
    .replace(DOLLAR, (_whole, name: string) => `${OPEN_DOLLAR}${name}${CLOSE_DOLLAR}`)
    .replace(/<<(?=[ \t]*:[ \t]*!include\b)/gi, INCLUDE_KEY);
}

const HIDDEN = /(\uE010\uE010[^\uE010\uE011]*\uE011\uE011|\uE012\uE012[^\uE012\uE013]*\uE013)/;

/** Does a scalar hold a hidden placeholder? */
export function hasPlaceholder(text: string): boolean {
  return text.includes('\uE010') || text.includes('\uE012');
}

/** Gives the value of a placeholder by its name, e.g. `CoreOUs` or `ACCEL_LOOKUP::CUSTOM:X`. */
export type Lookup = (name: string, at: Origin) => Value;

/** A scalar with its placeholders filled in: one value, or a text with what is not known as holes. */
export function fillScalar(node: ScalarNode, origin: Origin, lookup: Lookup): Value {
  const place = alignText(node);
  const parts: Value[] = [];
  let offset = 0;
  for (const piece of node.text.split(HIDDEN)) {
    const at: Origin = { source: origin.source, start: place(offset), end: place(offset + piece.length) };
    offset += piece.length;
    if (piece === '') continue;
    parts.push(hasPlaceholder(piece) ? lookup(nameOf(piece), at) : literalPart(piece, at));
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const known = parts.flatMap((part) => (part.kind === 'scalar' ? [part.text] : []));
  return known.length === parts.length ? literalPart(known.join(''), origin) : { kind: 'concat', parts, origin };
}

/** What a reader should see: hidden placeholders as they are written. */
export function showPlaceholders(text: string): string {
  return text.replaceAll(OPEN_DOUBLE, '{{').replaceAll(CLOSE_DOUBLE, '}}').replaceAll(OPEN_DOLLAR, '${').replaceAll(CLOSE_DOLLAR, '}');
}

function nameOf(piece: string): string {
  return piece.replace(PRIVATE, '').trim();
}

function literalPart(text: string, origin: Origin): Scalar {
  return { kind: 'scalar', text, type: 'string', origin };
}
