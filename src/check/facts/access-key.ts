import type { Origin } from '../../core/source.ts';
import type { Scalar, Value } from '../../core/value.ts';

/** An access key id found in a value; only its last letters are ever shown. */
export interface AccessKeyPlace {
  readonly kind: string;
  readonly end: string;
  readonly origin: Origin;
}

/** Prefixes of credentials. Source: IAM User Guide, "IAM identifiers", unique id prefixes; the others name principals and are no secrets. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['AKIA', 'a long-term key'],
  ['ASIA', 'a session key'],
  ['ABIA', 'a bearer token'],
  ['ACCA', 'a context-specific credential'],
]);

const KEY = /(?<![A-Za-z0-9+/])(A(?:KIA|SIA|BIA|CCA))([A-Z2-7]{16})(?![A-Za-z0-9+/=])/g;

/** A value longer than this is a bundle or an image, not configuration. */
const LONGEST = 1_000_000;

/** Access key ids in a value. AWS's documented examples, which contain `EXAMPLE`, are none. */
export function accessKeyPlaces(value: Value): readonly AccessKeyPlace[] {
  switch (value.kind) {
    case 'scalar':
      return inText(value);
    case 'concat':
      return value.parts.flatMap(accessKeyPlaces);
    case 'choice':
      return value.options.flatMap((option) => accessKeyPlaces(option.value));
    default:
      return [];
  }
}

function inText(scalar: Scalar): readonly AccessKeyPlace[] {
  const { text } = scalar;
  if (text.length > LONGEST) return [];
  const direct = places(scalar, text, true);
  if (direct.length > 0) return direct;
  return /^[A-Za-z0-9+/\s]{40,}={0,2}$/.test(text.trimEnd()) ? places(scalar, decoded(text), false) : [];
}

function places(scalar: Scalar, text: string, verbatim: boolean): readonly AccessKeyPlace[] {
  if (!/A(?:KIA|SIA|BIA|CCA)/.test(text)) return [];
  return [...text.matchAll(KEY)].flatMap((match) => {
    const [whole, prefix = ''] = match;
    if (whole.endsWith('EXAMPLE') || isMonotone(whole)) return [];
    return [{ kind: KINDS.get(prefix) ?? 'a key', end: whole.slice(-4), origin: verbatim ? placeOf(scalar, match.index, whole.length) : scalar.origin }];
  });
}

function placeOf({ origin, text, place }: Scalar, start: number, length: number): Origin {
  if (origin.pointer !== undefined) return origin;
  if (place !== undefined) return { source: origin.source, start: place(start), end: place(start + length) };
  return origin.end - origin.start === text.length ? { source: origin.source, start: origin.start + start, end: origin.start + start + length } : origin;
}

/** Placeholders such as `AKIAXXXXXXXXXXXXXXXX` repeat one letter. */
function isMonotone(key: string): boolean {
  return new Set(key.slice(4)).size <= 3;
}

function decoded(text: string): string {
  return Buffer.from(text.replace(/\s/g, ''), 'base64').toString('latin1');
}
