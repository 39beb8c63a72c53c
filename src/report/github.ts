import type { Severity } from '../check/finding.ts';
import { gravestFirst } from './order.ts';
import { repositoryPath } from './place.ts';
import { counted, printable } from './printable.ts';
import type { Report, ReportFinding } from './report.ts';
import type { Reporter } from './reporter.ts';

/** A step shows ten annotations of each level and drops the rest in silence (actions/toolkit, docs/problem-matchers.md). */
const PER_LEVEL = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands that GitHub Actions shows as annotations: the gravest first, as many as are shown, then how many more there are. */
export const github: Reporter = {
  name: 'github',
  render(report) {
    const taken: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
    const lines: string[] = [];
    for (const finding of [...report.findings].sort(gravestFirst)) {
      taken[finding.severity] += 1;
      if (taken[finding.severity] <= PER_LEVEL) lines.push(annotation(finding, report));
    }
    const more = report.findings.length - lines.length;
    if (more > 0) lines.push(`iamlint: ${counted(more, 'more finding')} without an annotation; the job summary and the log list all`);
    return lines.map((line) => `${line}\n`).join('');
  },
};

function annotation(finding: ReportFinding, report: Report): string {
  const file = repositoryPath(report.prefix, finding.file);
  const columns = finding.line === finding.endLine ? [`col=${finding.column}`, `endColumn=${finding.endColumn}`] : [];
  const properties = [`file=${escapeProperty(file)}`, `line=${finding.line}`, `endLine=${finding.endLine}`, ...columns, `title=${escapeProperty(`iamlint ${finding.ruleId}`)}`];
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${escapeData(annotationText(finding, file))}`;
}

/** The place is said again in the text, since the log does not show the properties. */
function annotationText(finding: ReportFinding, file: string): string {
  const lines = [`${printable(file)}:${finding.line}:${finding.column} ${printable(finding.message)}`];
  if (finding.fix !== '') lines.push(`fix: ${printable(finding.fix)}`);
  if (finding.helpUri !== '') lines.push(finding.helpUri);
  return lines.join('\n');
}

/** As the runner reads it back: percent sign and line breaks. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As data, and the two separators of properties. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
