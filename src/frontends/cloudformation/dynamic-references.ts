import type { Origin } from '../../core/source.ts';
import type { Scalar, Unknown, Value } from '../../core/value.ts';

const OPEN = '{{resolve:';
const CLOSE = '}}';

/**
 * Replaces each `{{resolve:service:key}}` among the parts of a text by an unknown: it is fetched at deployment, a secret kept
 * well and no text that could be judged. The reference may be put together from several parts (`Fn::Sub`, `Fn::Join`).
 * Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
export function foldDynamicReferences(parts: readonly Value[]): readonly Value[] {
  if (!parts.some((part) => part.kind === 'scalar' && part.text.includes(OPEN))) return parts;
  const folded: Value[] = [];
  let open: Value[] | undefined;
  for (const part of parts) {
    let rest: Value | undefined = part;
    while (rest?.kind === 'scalar') {
      const mark: string = open === undefined ? OPEN : CLOSE;
      const at: number = rest.text.indexOf(mark);
      if (at === -1) break;
      const cut: number = open === undefined ? at : at + CLOSE.length;
      const head: Scalar = slice(rest, 0, cut);
      rest = cut < rest.text.length ? slice(rest, cut, rest.text.length) : undefined;
      if (open === undefined) {
        if (head.text !== '') folded.push(head);
        open = [];
      } else {
        folded.push(reference([...open, head]));
        open = undefined;
      }
    }
    if (rest !== undefined) (open ?? folded).push(rest);
  }
  return open === undefined ? folded : [...folded, ...open];
}

function reference(parts: readonly Value[]): Unknown {
  const name = parts.map((part) => (part.kind === 'scalar' ? part.text : part.kind === 'reference' ? `\${${part.address}}` : part.kind === 'unknown' ? `\${${part.name}}` : '?')).join('');
  const first = parts[0]?.origin;
  const last = parts.at(-1)?.origin;
  const origin: Origin = first === undefined || last === undefined || first.source !== last.source ? (first ?? fail()) : { source: first.source, start: first.start, end: Math.max(first.end, last.end) };
  return { kind: 'unknown', reason: name.startsWith(`${OPEN}ssm:`) ? 'dynamic-reference' : 'secret', name, origin, shape: 'text' };
}

function fail(): never {
  throw new Error('a dynamic reference has at least its own mark');
}

function slice(scalar: Scalar, from: number, to: number): Scalar {
  if (from === 0 && to === scalar.text.length) return scalar;
  const { place, origin } = scalar;
  const text = scalar.text.slice(from, to);
  if (place !== undefined) {
    return { kind: 'scalar', text, type: 'string', origin: { source: origin.source, start: place(from), end: place(to) }, place: (offset) => place(from + offset) };
  }
  const verbatim = origin.end - origin.start === scalar.text.length;
  return { kind: 'scalar', text, type: 'string', origin: verbatim ? { source: origin.source, start: origin.start + from, end: origin.start + to } : origin };
}
