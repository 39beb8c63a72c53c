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
      .map((finding) => `${fileText(finding.file)}:${finding.line}:${finding.column}: ${WORDS[finding.severity]}: ${inert(finding.message)} [${finding.ruleId}]\n`)
      .join(''),
};

/** GitHub's runner takes a line for a command that starts with `::`. */
function fileText(file: string): string {
  return inert(file.trimStart().startsWith(':') ? `./${file}` : file);
}

/** It takes one for a command of the old kind that holds `##[` anywhere (actions/runner, ActionCommand.cs). */
function inert(text: string): string {
  return printable(text).replaceAll('##[', '## [');
}
