import type { Source } from '../core/source.ts';
import type { SuppressionMark } from './frontend.ts';

const COMMENT = /(?:#|\/\/|\/\*)\s*iamlint-ignore(-file)?\b([^\n\r]*)/g;
const RULES = /^\s*([\w*][\w*-]*(?:\s*,\s*[\w*][\w*-]*)*)?/;

/**
 * Reads `# iamlint-ignore rule[, rule]: reason [until=YYYY-MM-DD] [values=a,b]` comments (`//` and `/*` too).
 * A comment alone on its line covers the next line that is no comment; one behind code covers its own line;
 * `iamlint-ignore-file` covers the file. Without a rule it covers every rule.
 */
export function parseIgnoreComments(source: Source): readonly SuppressionMark[] {
  if (!source.text.includes('iamlint-ignore')) return [];
  const marks: SuppressionMark[] = [];
  for (const match of source.text.matchAll(COMMENT)) {
    const start = match.index;
    const line = source.position(start).line;
    const body = match[2] ?? '';
    const ids = RULES.exec(body)?.[1];
    const rest = body.slice(ids === undefined ? 0 : body.indexOf(ids) + ids.length).replace(/\*\/\s*$/, '');
    const covered = isAlone(source, line) ? nextCode(source, line) : line;
    marks.push({
      rules: ids === undefined ? ['*'] : ids.split(',').map((id) => id.trim()),
      reason: reasonOf(rest),
      until: /\buntil=(\d{4}-\d{2}-\d{2})/.exec(rest)?.[1],
      values: /\bvalues=(\S+)/.exec(rest)?.[1]?.split(','),
      origin: { source, start, end: start + match[0].trimEnd().length },
      covers: match[1] === undefined ? { kind: 'lines', from: covered, to: covered } : { kind: 'file' },
    });
  }
  return marks;
}

function reasonOf(rest: string): string | undefined {
  const reason = rest
    .replace(/\b(until|values)=\S+/g, '')
    .replace(/^\s*[:-]+\s*/, '')
    .trim();
  return reason === '' ? undefined : reason;
}

function isAlone(source: Source, line: number): boolean {
  return /^\s*(#|\/\/|\/\*)/.test(source.line(line) ?? '');
}

function nextCode(source: Source, line: number): number {
  let next = line + 1;
  while (/^\s*((#|\/\/).*)?$/.test(source.line(next) ?? 'end') && next - line < 50) next += 1;
  return next;
}
