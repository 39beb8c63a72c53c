import type { Source } from '../core/source.ts';
import type { SuppressionMark } from './frontend.ts';

const COMMENT = /(?:#|\/\/|\/\*)[ \t]*iamlint-ignore(-file|-next-line|-start|-end)?(?![\w-])([^\n\r]*)/g;
const RULES = /^\s*([\w*][\w*-]*(?:\s*,\s*[\w*][\w*-]*)*)?/;

/**
 * Reads `# iamlint-ignore rule[, rule]: reason [until=YYYY-MM-DD] [values=a,b]` comments (`//` and `/*` too).
 * A comment alone on its line covers the next line that is no comment (on the line of a resource's name, the resource); one
 * behind code covers its own line. `iamlint-ignore-start` covers what follows up to `iamlint-ignore-end` or the end of the
 * file, `iamlint-ignore-file` the whole file. Without a rule it covers every rule.
 */
export function parseIgnoreComments(source: Source): readonly SuppressionMark[] {
  if (!source.text.includes('iamlint-ignore')) return [];
  const matches = [...source.text.matchAll(COMMENT)].map((match) => ({ match, line: source.position(match.index).line }));
  const ends = matches.filter(({ match }) => match[1] === '-end').map(({ line }) => line);
  return matches.flatMap(({ match, line }) => {
    const covers = coverage(match[1] ?? '', line, ends, source);
    return covers === undefined ? [] : [{ ...readBody(match[2] ?? ''), origin: { source, start: match.index, end: match.index + match[0].trimEnd().length }, covers }];
  });
}

function coverage(form: string, line: number, ends: readonly number[], source: Source): SuppressionMark['covers'] | undefined {
  switch (form) {
    case '-end':
      return undefined;
    case '-file':
      return { kind: 'file' };
    case '-start':
      return { kind: 'lines', from: line, to: ends.find((end) => end > line) ?? source.lineStarts().length };
    default: {
      const covered = form === '-next-line' || isAlone(source, line) ? nextCode(source, line) : line;
      return { kind: 'lines', from: covered, to: covered };
    }
  }
}

function readBody(body: string): Pick<SuppressionMark, 'rules' | 'reason' | 'until' | 'values'> {
  const ids = RULES.exec(body)?.[1];
  const rest = body.slice(ids === undefined ? 0 : body.indexOf(ids) + ids.length).replace(/\*\/.*$/, '');
  return {
    rules: ids === undefined ? ['*'] : ids.split(',').map((id) => id.trim()),
    reason: reasonOf(rest),
    until: /\buntil=(\d{4}-\d{2}-\d{2})/.exec(rest)?.[1],
    values: /\bvalues=(\S+)/.exec(rest)?.[1]?.split(','),
  };
}

function reasonOf(rest: string): string | undefined {
  const reason = rest
    .replace(/\b(until|values)=\S+/g, '')
    .replace(/^\s*[:-]+\s*/, '')
    .trim();
  return reason === '' ? undefined : reason;
}

function isAlone(source: Source, line: number): boolean {
  // A block comment may have code behind it.
  return /^\s*(#|\/\/|\/\*(?!.*\*\/\s*\S))/.test(source.line(line) ?? '');
}

function nextCode(source: Source, line: number): number {
  let next = line + 1;
  while (/^\s*((#|\/\/|\/\*|\*).*)?$/.test(source.line(next) ?? 'end') && next - line < 50) next += 1;
  return next;
}
