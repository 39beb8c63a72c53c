import type { Severity } from '../check/finding.ts';
import { gravestFirst } from './order.ts';
import { repositoryPath } from './place.ts';
import { counted, printable, wellFormed } from './printable.ts';
import type { Report, ReportFinding } from './report.ts';
import type { RenderOptions, Reporter } from './reporter.ts';

/** GitHub-flavoured Markdown for job summaries and comments: counts, then findings, the gravest first, up to `maxBytes`. */
export const markdown: Reporter = {
  name: 'markdown',
  render: (report, options) => markdownReport(report, options),
};

/** A job summary over one MiB is refused as a whole (GitHub Actions, workflow commands: step isolation and limits). */
export const JOB_SUMMARY_BYTES = 1_000_000;

const LABELS: Readonly<Record<Severity, string>> = { error: '🟥 error', warning: '🟧 warning', info: '🟦 info' };
const TABLE_HEAD = '| Severity | Rule | Where | Finding |\n| --- | --- | --- | --- |\n';
/** Room kept for what follows a table that was cut. */
const RESERVE = 2000;

function markdownReport(report: Report, options: RenderOptions): string {
  const head = `${headline(report)}\n\n${scopeLine(report)}\n`;
  const budget = (options.maxBytes ?? Number.POSITIVE_INFINITY) - RESERVE;
  const table = findingTable(report, options, budget - Buffer.byteLength(head));
  const notices = options.notices ? noticeTable(report, budget - Buffer.byteLength(head) - Buffer.byteLength(table)) : '';
  return head + table + notices;
}

function headline({ findings, summary }: Report): string {
  if (findings.length === 0) return '### ✅ iamlint: no findings';
  const symbol = summary.findings.error > 0 ? '❌' : '⚠️';
  const counts = [counted(summary.findings.error, 'error'), counted(summary.findings.warning, 'warning'), counted(summary.findings.info, 'info', 'infos')];
  return `### ${symbol} iamlint: ${counted(findings.length, 'finding')} (${counts.join(', ')})`;
}

function scopeLine({ summary, tool }: Report): string {
  const parts = [counted(summary.files, 'file'), counted(summary.resources, 'resource'), counted(summary.policies, 'policy', 'policies'), counted(summary.statements, 'statement')];
  if (summary.suppressed > 0) parts.push(`${summary.suppressed} suppressed`);
  if (summary.baselined > 0) parts.push(`${summary.baselined} in the baseline`);
  if (summary.notices > 0) parts.push(`${counted(summary.notices, 'notice')} of what could not be decided`);
  return `${parts.join(' · ')} · iamlint ${inline(tool.version)}, AWS data of ${inline(tool.dataDate)}`;
}

function findingTable(report: Report, options: RenderOptions, budget: number): string {
  const findings = [...report.findings].sort(gravestFirst);
  const rows = fitting(findings.map((finding) => findingRow(finding, report, options)), budget);
  if (findings.length === 0) return '';
  const more = findings.length - rows.length;
  return `\n${TABLE_HEAD}${rows.join('')}${more > 0 ? `\n… and ${counted(more, 'more finding')}\n` : ''}`;
}

function findingRow(finding: ReportFinding, report: Report, options: RenderOptions): string {
  const rule = finding.helpUri === '' ? code(finding.ruleId) : `[${code(finding.ruleId)}](${linkTarget(finding.helpUri)})`;
  const fix = finding.fix === '' ? '' : `<br>**Fix:** ${inline(finding.fix)}`;
  const resource = finding.resource === null ? '' : `<br>${code(finding.resource)}`;
  return `| ${LABELS[finding.severity]} | ${rule} | ${whereCell(finding, report, options)}${resource} | ${inline(finding.message)}${fix} |\n`;
}

function whereCell(finding: ReportFinding, report: Report, options: RenderOptions): string {
  const path = repositoryPath(report.prefix, finding.file);
  const text = code(`${path}:${finding.line}`);
  if (options.sourceBase === undefined || path.startsWith('..') || path.startsWith('/')) return text;
  const address = path.split('/').map((segment) => encodeURIComponent(wellFormed(segment))).join('/');
  return `[${text}](${linkTarget(`${options.sourceBase}${address}#L${finding.line}`)})`;
}

function noticeTable(report: Report, budget: number): string {
  if (report.notices.length === 0) return '';
  const all = report.notices.map((notice) => `| ${code(notice.code)} | ${code(`${repositoryPath(report.prefix, notice.file)}:${notice.line}`)} | ${inline(notice.message)} |\n`);
  const rows = fitting(all, budget);
  const more = all.length - rows.length;
  return `\n#### Not decided\n\n| Notice | Where | Why |\n| --- | --- | --- |\n${rows.join('')}${more > 0 ? `\n… and ${counted(more, 'more notice')}\n` : ''}`;
}

function fitting(rows: readonly string[], budget: number): readonly string[] {
  let used = 0;
  const end = rows.findIndex((row) => {
    used += Buffer.byteLength(row);
    return used > budget;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** Text of one table cell: names in backticks become code, everything else that Markdown or HTML would read is escaped. */
function inline(text: string): string {
  const parts = printable(text).split('`');
  if (parts.length % 2 === 0) return escaped(parts.join("'"));
  return parts.map((part, index) => (index % 2 === 0 ? escaped(part) : part === '' ? '' : code(part))).join('');
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]#|~!$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, ':&#47;&#47;');
}

/** A code span in a table cell: fenced by more backticks than it holds; the table's own separator is escaped even here. */
function code(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  const padding = shown.startsWith('`') || shown.endsWith('`') || shown.trim() === '' ? ' ' : '';
  return `${fence}${padding}${shown.replaceAll('|', '\\|')}${padding}${fence}`;
}

function linkTarget(address: string): string {
  return printable(address).replace(/[\s()<>|\\]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
}
