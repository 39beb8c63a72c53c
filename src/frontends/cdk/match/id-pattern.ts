import type { Value } from '../../../core/value.ts';

/** What a construct's id may be: written pieces with gaps for what only runs. One piece is a literal; `['', '']` is anything. */
export type IdPattern = readonly string[];

const MAX_PATTERNS = 32;

/** The ids an expression may yield. */
export function idPatterns(value: Value): readonly IdPattern[] {
  return patternsOf(value).slice(0, MAX_PATTERNS);
}

function patternsOf(value: Value): readonly IdPattern[] {
  switch (value.kind) {
    case 'scalar':
      return [[constructId(value.text)]];
    case 'choice':
      return value.options.flatMap((option) => patternsOf(option.value)).slice(0, MAX_PATTERNS);
    case 'concat':
      return value.parts.reduce<readonly IdPattern[]>((known, part) => combine(known, patternsOf(part)), [['']]);
    case 'absent':
      return [];
    default:
      return [['', '']];
  }
}

/** The CDK writes a slash of an id as two dashes, because slashes part the path. */
function constructId(text: string): string {
  return text.replaceAll('/', '--');
}

function combine(left: readonly IdPattern[], right: readonly IdPattern[]): readonly IdPattern[] {
  return left.flatMap((one) => right.map((other) => [...one.slice(0, -1), `${one.at(-1) ?? ''}${other[0] ?? ''}`, ...other.slice(1)])).slice(0, MAX_PATTERNS);
}

/** How surely a pattern names a segment: 3 for the literal, 2 for a pattern with written pieces, 1 for anything, 0 for no match. */
export function idRank(pattern: IdPattern, segment: string): 0 | 1 | 2 | 3 {
  if (pattern.length === 1) return pattern[0] === segment ? 3 : 0;
  if (!matches(pattern, segment)) return 0;
  return pattern.some((piece) => piece !== '') ? 2 : 1;
}

/** Pieces in order, the first at the start and the last at the end; taking each as early as it comes is enough. */
function matches(pattern: IdPattern, text: string): boolean {
  const first = pattern[0] ?? '';
  const last = pattern.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of pattern.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
