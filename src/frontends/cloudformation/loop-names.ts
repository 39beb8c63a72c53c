import type { Origin } from '../../core/source.ts';
import { knownText, type Scalar, textValue, type Value } from '../../core/value.ts';

const NAME = /([$&])\{([A-Za-z0-9]+)\}/g;

/**
 * Replaces `${Identifier}` and `&{Identifier}` of the loops around a text; other names stay for whoever they are meant for.
 * `&{…}` also drops what is no letter or digit. Source: CloudFormation User Guide, Fn::ForEach.
 */
export function substituteLoopNames(scalar: Scalar, loops: ReadonlyMap<string, Value>, join: (parts: readonly Value[], at: Origin) => Value): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const match of scalar.text.matchAll(NAME)) {
    const bound = loops.get(match[2] ?? '');
    if (bound === undefined) continue;
    if (match.index > from) parts.push(textValue(scalar.text.slice(from, match.index), scalar.origin));
    const known = knownText(bound);
    parts.push(known === undefined ? bound : textValue(match[1] === '&' ? alphanumeric(known) : known, scalar.origin));
    from = match.index + match[0].length;
  }
  if (parts.length === 0) return scalar;
  if (from < scalar.text.length) parts.push(textValue(scalar.text.slice(from), scalar.origin));
  return join(parts, scalar.origin);
}

/** The same for a name that must be known: an output key, a logical id. An unknown item reads as `Item`. */
export function loopName(text: string, loops: ReadonlyMap<string, Value>): string {
  if (loops.size === 0 || !text.includes('{')) return text;
  return text.replace(NAME, (whole, mark: string, name: string) => {
    const bound = loops.get(name);
    if (bound === undefined) return whole;
    const known = knownText(bound) ?? 'Item';
    return mark === '&' ? alphanumeric(known) : known;
  });
}

function alphanumeric(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '');
}
