import type { Origin } from '../../../core/source.ts';
import { type Scalar, textValue, type Value } from '../../../core/value.ts';
import { unknownValue } from './build.ts';

/** Longer strings are not built: no policy comes near, and templates can double a text at every step. */
const MAX_TEXT = 2_000_000;
const MAX_PARTS = 20_000;

/**
 * Joins parts to one text: a scalar when all are known, else a concat. The scalar's characters map to the text that was
 * written: those of an interpolated value to the interpolation.
 */
export function concatValues(parts: readonly Value[], origin: Origin): Value {
  const whole = parts.flatMap((part) => (part.kind === 'concat' ? part.parts : part.kind === 'absent' ? [] : [part]));
  const flat = whole.length > 1 ? whole.filter((part) => part.kind !== 'scalar' || part.text !== '') : whole;
  const only = flat[0];
  if (only === undefined) return textValue('', origin);
  if (flat.length === 1 && only.kind !== 'scalar') return only;
  const cut = flat.find((part) => part.kind === 'unknown' && part.reason === 'bound-reached');
  if (cut !== undefined) return cut;
  let length = 0;
  const scalars: Scalar[] = [];
  for (const part of flat) {
    if (part.kind !== 'scalar') continue;
    length += part.text.length;
    scalars.push(part);
  }
  if (length > MAX_TEXT || flat.length > MAX_PARTS) return unknownValue('bound-reached', 'a text longer than the bound', origin, 'text');
  if (scalars.length < flat.length) return { kind: 'concat', parts: flat, origin };
  if (scalars.length === 1 && only.kind === 'scalar') return only.type === 'string' ? only : { ...only, type: 'string' };
  return { kind: 'scalar', text: scalars.map((part) => part.text).join(''), type: 'string', origin, place: placing(scalars, origin) };
}

/** Maps an offset of the joined text to the source of `origin`; parts written elsewhere map to where they were put in. */
function placing(scalars: readonly Scalar[], origin: Origin): (offset: number) => number {
  return (offset) => {
    let from = 0;
    let last = origin.start;
    for (const part of scalars) {
      const here = part.origin.source === origin.source && part.origin.start >= origin.start && part.origin.end <= origin.end;
      const within = offset - from;
      if (within < part.text.length) return here ? placeInScalar(part, within) : last;
      if (here) last = placeInScalar(part, part.text.length);
      from += part.text.length;
    }
    return last;
  };
}

/** The place in the source of a character of a scalar. */
export function placeInScalar(scalar: Scalar, offset: number): number {
  if (scalar.place !== undefined) return scalar.place(offset);
  const verbatim = scalar.origin.end - scalar.origin.start === scalar.text.length;
  return verbatim ? scalar.origin.start + offset : offset >= scalar.text.length ? scalar.origin.end : scalar.origin.start;
}

/** A piece of a known text, with its own place. */
export function sliceScalar(scalar: Scalar, from: number, to: number): Scalar {
  const text = scalar.text.slice(from, to);
  const start = placeInScalar(scalar, from);
  const end = Math.max(start, to <= from ? start : placeInScalar(scalar, to));
  const origin = { source: scalar.origin.source, start, end, ...(scalar.origin.pointer === undefined ? {} : { pointer: scalar.origin.pointer }) };
  if (end - start === text.length) return { kind: 'scalar', text, type: 'string', origin };
  return { kind: 'scalar', text, type: 'string', origin, place: (offset) => placeInScalar(scalar, from + offset) };
}

/** The same text in another spelling of the same length, at the same place. */
export function respell(scalar: Scalar, text: string): Scalar {
  if (text.length !== scalar.text.length) return { kind: 'scalar', text, type: 'string', origin: scalar.origin, place: (offset) => placeInScalar(scalar, Math.min(offset, scalar.text.length)) };
  return { ...scalar, text, type: 'string' };
}
