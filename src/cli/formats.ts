import { didYouMean } from '../config/nearest.ts';
import { REPORTERS, reporterOf } from '../report/index.ts';
import type { Reporter } from '../report/reporter.ts';
import { UsageError } from './context.ts';

/** A format and where its text goes. */
export interface FormatRequest {
  readonly reporter: Reporter;
  /** `undefined`: stdout. */
  readonly file: string | undefined;
}

/** Formats that are one document: beside another text on the same stream nobody could read them. */
const WHOLE: ReadonlySet<string> = new Set(['json', 'sarif', 'gitlab', 'junit', 'markdown', 'rdjson']);

/** The formats asked for by `--format`, or by default: people's on a terminal, with annotations under GitHub Actions. */
export function formatsOf(texts: readonly string[], github: boolean): readonly FormatRequest[] {
  const wanted = texts.length > 0 ? texts : github ? ['terminal', 'github'] : ['terminal'];
  const requests = wanted.map(formatOf);
  const printed = requests.filter((request) => request.file === undefined);
  const whole = printed.find((request) => WHOLE.has(request.reporter.name));
  if (whole !== undefined && printed.length > 1) {
    const { name } = whole.reporter;
    throw new UsageError(`\`${name}\` must have stdout for itself; write it or the others to a file: \`--format ${name}:FILE\``);
  }
  return requests;
}

/** Has this text stdout for itself, being meant for a machine? */
export function isWhole(request: FormatRequest): boolean {
  return WHOLE.has(request.reporter.name);
}

function formatOf(text: string): FormatRequest {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const file = colon === -1 ? '-' : text.slice(colon + 1);
  const reporter = reporterOf(name);
  const names = REPORTERS.map((one) => one.name);
  if (reporter === undefined) throw new UsageError(`there is no format \`${name}\`; there are ${names.join(', ')}${didYouMean(name, names)}`);
  if (file === '') throw new UsageError(`\`--format ${text}\` names no file`);
  return { reporter, file: file === '-' ? undefined : file };
}
