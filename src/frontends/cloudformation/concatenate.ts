import type { Origin } from '../../core/source.ts';
import { entryOf, type Scalar, textValue, type Value } from '../../core/value.ts';
import { foldDynamicReferences } from './dynamic-references.ts';

/**
 * Joins parts to one value: a plain scalar when all are known, else a concat. Structures become their JSON text, which is
 * what `Fn::ToJsonString` gives where a text is wanted; `{{resolve:…}}` becomes an unknown part.
 */
export function concatenate(parts: readonly Value[], at: Origin): Value {
  const flat = foldDynamicReferences(parts.every(isFlat) ? parts : parts.flatMap(flatten));
  const only = flat[0];
  if (only === undefined) return textValue('', at);
  if (flat.length === 1) return only.kind === 'scalar' && only.type !== 'string' ? { ...only, type: 'string' } : only;
  const scalars: Scalar[] = [];
  for (const part of flat) {
    if (part.kind !== 'scalar') return { kind: 'concat', parts: flat, origin: at };
    scalars.push(part);
  }
  return joinScalars(scalars, at);
}

function isFlat(part: Value): boolean {
  return part.kind === 'scalar' || part.kind === 'unknown' || part.kind === 'reference';
}

function flatten(part: Value): readonly Value[] {
  switch (part.kind) {
    case 'absent':
      return [];
    case 'concat':
      return part.parts;
    case 'map':
    case 'list':
      return jsonText(part);
    case 'choice':
      return [{ ...part, options: part.options.map((option) => ({ when: option.when, value: isStructure(option.value) ? concatenate([option.value], option.value.origin) : option.value })) }];
    default:
      return [part];
  }
}

function isStructure(value: Value): boolean {
  return value.kind === 'map' || value.kind === 'list';
}

function joinScalars(scalars: readonly Scalar[], at: Origin): Scalar {
  const text = scalars.map((part) => part.text).join('');
  // Only a policy inside a string needs its characters' places.
  return text.includes('{') ? { kind: 'scalar', text, type: 'string', origin: at, place: (offset) => placeIn(scalars, offset) } : textValue(text, at);
}

function placeIn(scalars: readonly Scalar[], offset: number): number {
  let from = 0;
  for (const part of scalars) {
    if (offset < from + part.text.length) return placeOf(part, offset - from);
    from += part.text.length;
  }
  return scalars.at(-1)?.origin.end ?? 0;
}

/** The place in the file of a character of a scalar. */
export function placeOf(scalar: Scalar, offset: number): number {
  if (scalar.place !== undefined) return scalar.place(offset);
  return scalar.origin.end - scalar.origin.start === scalar.text.length ? scalar.origin.start + offset : scalar.origin.start;
}

/** A structure as JSON text, its unknown parts being holes of the text. */
function jsonText(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'scalar':
      return [textValue(value.type === 'string' ? JSON.stringify(value.text) : value.text, value.origin)];
    case 'map': {
      const present = value.entries.filter((entry) => entry.value.kind !== 'absent' && entryOf(value, entry.key) === entry);
      return bracketed('{', '}', present.map((entry) => [textValue(`${JSON.stringify(entry.key)}:`, entry.keyOrigin), ...jsonText(entry.value)]), value.origin);
    }
    case 'list':
      return bracketed('[', ']', value.items.filter((item) => item.kind !== 'absent').map(jsonText), value.origin);
    case 'absent':
      return [textValue('null', value.origin)];
    default: {
      const quote = textValue('"', value.origin);
      return [quote, ...(value.kind === 'concat' ? value.parts.map(escaped) : [value]), quote];
    }
  }
}

function bracketed(open: string, close: string, items: readonly (readonly Value[])[], at: Origin): readonly Value[] {
  const parts: Value[] = [textValue(open, at)];
  items.forEach((item, index) => {
    if (index > 0) parts.push(textValue(',', at));
    parts.push(...item);
  });
  parts.push(textValue(close, at));
  return parts;
}

function escaped(part: Value): Value {
  return part.kind === 'scalar' ? textValue(JSON.stringify(part.text).slice(1, -1), part.origin) : part;
}
