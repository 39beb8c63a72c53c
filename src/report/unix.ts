import type { Severity } from '../check/finding.ts';
import { printable } from './printable.ts';
import type { Reporter } from './reporter.ts';

/** The words GitHub's problem matchers know; they have none for `info`. */
const WORDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One line per finding, as compilers write them; `problem-matcher.json` reads it. */
export const unix: Reporter = {
  name: 'unix',
  render: (report) =>
    report.findings
      .map((finding) => `${printable(finding.file)}:${finding.line}:${finding.column}: ${WORDS[finding.severity]}: ${printable(finding.message)} [${finding.ruleId}]\n`)
      .join(''),
};
