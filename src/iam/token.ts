import { unreachable } from '../core/unreachable.ts';

/**
 * Text with holes, as one string. A hole stands between U+E000 and U+E001: a mark for its kind, then its name.
 * Two holes with the same mark and name are the same value, so texts with holes compare, sort and hash as strings.
 *
 * - `=` a reference to an entity (`scope#address#attribute`), replaced by the model when it links.
 * - `~` a generated name: some fixed word that differs from every other name (a resource without a name of its own).
 * - `@` an atom: one fixed word that is not known (an account id, a region): no wildcard, colon or slash in it.
 * - `?` text that is not known at all: may hold wildcards or be several segments.
 * - `$` an IAM policy variable that the request fills in (made by the engine, never by a front-end).
 */
export type HoleMark = '=' | '~' | '@' | '?' | '$';

export const HOLE_OPEN = '\uE000';
export const HOLE_CLOSE = '\uE001';

export interface Hole {
  readonly mark: HoleMark;
  readonly name: string;
}

/** Writes a hole. Delimiters inside the name (hostile input) are dropped. */
export function hole(mark: HoleMark, name: string): string {
  return `${HOLE_OPEN}${mark}${name.replace(/[\uE000\uE001]/g, '')}${HOLE_CLOSE}`;
}

/** Text from outside may itself hold the delimiters; they are no legal IAM characters and are replaced. */
export function literal(text: string): string {
  return text.includes(HOLE_OPEN) || text.includes(HOLE_CLOSE) ? text.replace(/[\uE000\uE001]/g, '\uFFFD') : text;
}

export function hasHole(text: string): boolean {
  return text.includes(HOLE_OPEN);
}

/** Does the text hold a hole that could be anything (a `?` hole or a reference that never got bound)? */
export function hasOpenHole(text: string): boolean {
  return text.includes('\uE000?') || text.includes('\uE000=');
}

/** Is every hole of the text a fixed word, so that the text is a definite string even if not all of it is known? */
export function isFixed(text: string): boolean {
  return !hasOpenHole(text);
}

/** Why a text is not fully known: the reasons of its open and atom holes, for counts and notices. */
export function holeReasons(text: string): readonly string[] {
  if (!hasHole(text)) return [];
  return partsOf(text).flatMap((part) => {
    if (typeof part === 'string') return [];
    if (part.mark === '=') return [part.name.startsWith('export#') || part.name.startsWith('stack-output#') ? 'import-outside-run' : 'runtime-attribute'];
    return part.mark === '?' || part.mark === '@' ? [part.name.includes('|') ? part.name.slice(0, part.name.indexOf('|')) : 'deployment-account'] : [];
  });
}

/** Splits into literal stretches and holes, in order. */
export function partsOf(text: string): readonly (string | Hole)[] {
  if (!hasHole(text)) return [text];
  const parts: (string | Hole)[] = [];
  let at = 0;
  for (let open = text.indexOf(HOLE_OPEN); open !== -1; open = text.indexOf(HOLE_OPEN, at)) {
    const close = text.indexOf(HOLE_CLOSE, open);
    if (close === -1) break;
    if (open > at) parts.push(text.slice(at, open));
    parts.push({ mark: markOf(text[open + 1]), name: text.slice(open + 2, close) });
    at = close + 1;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** Replaces holes; `replace` gives the new text of a hole, or `undefined` to keep it. */
export function replaceHoles(text: string, replace: (hole: Hole) => string | undefined): string {
  if (!hasHole(text)) return text;
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : (replace(part) ?? hole(part.mark, part.name))))
    .join('');
}

/** How a person should see the text: holes as `${name}`. */
export function displayText(text: string): string {
  if (!hasHole(text)) return text;
  return partsOf(text)
    .map((part) => (typeof part === 'string' ? part : `\${${displayHole(part)}}`))
    .join('');
}

function displayHole(part: Hole): string {
  switch (part.mark) {
    case '=': {
      const [, address = part.name, attribute = ''] = part.name.split('#');
      return attribute === '' ? address : `${address}.${attribute}`;
    }
    case '~':
    case '@':
    case '?':
    case '$':
      return part.name.slice(Math.max(part.name.lastIndexOf('#'), part.name.indexOf('|')) + 1);
    default:
      return unreachable(part.mark);
  }
}

function markOf(mark: string | undefined): HoleMark {
  return mark === '=' || mark === '~' || mark === '@' || mark === '$' ? mark : '?';
}
