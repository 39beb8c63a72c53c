import pc from 'picocolors';
import type { Severity } from '../check/finding.ts';
import { excerpt, type ExcerptLine } from './excerpt.ts';
import { counted, printable, terminalWidth, wrapWords } from './printable.ts';
import type { Report, ReportFinding, ReportHop, ReportNotice, ReportPlace } from './report.ts';
import type { RenderOptions, Reporter } from './reporter.ts';

/** For people: what is wrong, the text it stands in, why it matters and what to do. */
export const terminal: Reporter = {
  name: 'terminal',
  render(report, options) {
    const style = styleOf(options);
    const blocks = report.findings.map((finding) => findingBlock(report, finding, style));
    if (options.notices) blocks.push(...report.notices.map((notice) => noticeBlock(notice, style)));
    if (!options.quiet) blocks.push(summaryBlock(report, options, style));
    return blocks.length === 0 ? '' : `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  },
};

interface Style {
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly links: boolean;
  readonly width: number;
}

const SYMBOLS: Readonly<Record<Severity, string>> = { error: '✖', warning: '▲', info: '●' };
const GUTTER = 6;
const TAB = '  ';
const MIN_WIDTH = 40;
const MAX_WIDTH = 140;

function styleOf(options: RenderOptions): Style {
  return { colors: pc.createColors(options.color), links: options.links, width: Math.max(MIN_WIDTH, Math.min(options.width, MAX_WIDTH)) };
}

function findingBlock(report: Report, finding: ReportFinding, style: Style): string[] {
  const { colors } = style;
  const symbol = severityColor(style, finding.severity)(`${SYMBOLS[finding.severity]} ${finding.severity}`);
  const doubt = finding.confidence === 'high' ? '' : colors.dim(` (${finding.confidence} confidence)`);
  const frame = excerpt(report, finding, { before: 2, after: 1, width: style.width - GUTTER - 4 });
  return [
    `${symbol}  ${colors.bold(ruleLink(finding, style))}${doubt}`,
    ...wrapWords(printable(finding.message), style.width - 2).map((line) => `  ${emphasized(line, style)}`),
    `${rule('╭', style)} ${colors.cyan(`${printable(finding.file)}:${finding.line}:${finding.column}`)}${subject(finding, style)}`,
    ...(frame.length > 0 ? [rule('│', style), ...frame.flatMap((line) => frameLines(line, finding.severity, style)), rule('│', style)] : []),
    ...details(finding, style),
  ];
}

function subject(finding: ReportFinding, style: Style): string {
  const type = finding.resourceType === null ? '' : ` (${finding.resourceType})`;
  const accounts = finding.accounts.length === 0 ? '' : ` in ${finding.accounts.slice(0, 3).join(', ')}${finding.accounts.length > 3 ? ', …' : ''}`;
  const text = finding.resource === null ? accounts.trim() : `${finding.resource}${type}${accounts}`;
  return text === '' ? '' : style.colors.dim(` · ${printable(text)}`);
}

function frameLines(line: ExcerptLine, severity: Severity, style: Style): string[] {
  const number = String(line.number).padStart(GUTTER - 2);
  const bar = style.colors.dim('│');
  if (line.mark === undefined) return [style.colors.dim(`${number} ${bar} ${expandTabs(line.text)}`)];
  const before = expandTabs(line.text.slice(0, line.mark.start));
  const marked = expandTabs(line.text.slice(line.mark.start, line.mark.end));
  const after = expandTabs(line.text.slice(line.mark.end));
  const paint = severityColor(style, severity);
  const carets = ' '.repeat(terminalWidth(before)) + paint('^'.repeat(Math.max(1, terminalWidth(marked))));
  return [`${number} ${bar} ${before}${paint(marked)}${after}`.trimEnd(), `${rule('│', style)} ${carets}`];
}

function details(finding: ReportFinding, style: Style): string[] {
  const rows: string[][] = [];
  if (finding.why !== '') rows.push(detail('why', finding.why, style));
  if (finding.fix !== '') rows.push(detail('fix', finding.fix, style));
  for (const place of finding.related) rows.push(placeDetail('see', place, style));
  for (const [index, hop] of finding.path.entries()) rows.push(...hopDetails(hop, index, style));
  if (finding.witness !== null) rows.push(detail('e.g.', witnessText(finding.witness), style));
  if (finding.helpUri !== '' && !style.links) rows.push([style.colors.dim(finding.helpUri)]);
  return rows.flatMap((lines, row) => lines.map((line, index) => `${rule(index > 0 ? (row === rows.length - 1 ? ' ' : '│') : row === rows.length - 1 ? '╰' : '├', style)} ${line}`));
}

function detail(label: string, text: string, style: Style): string[] {
  const indent = ' '.repeat(5);
  const lines = wrapWords(printable(text), style.width - GUTTER - 1 - indent.length);
  return lines.map((line, index) => `${index === 0 ? style.colors.dim(label.padEnd(5)) : indent}${emphasized(line, style)}`);
}

function placeDetail(label: string, place: ReportPlace, style: Style): string[] {
  const at = style.colors.cyan(`${printable(place.file)}:${place.line}:${place.column}`);
  return [`${style.colors.dim(label.padEnd(5))}${at} ${emphasized(printable(place.message), style)}`];
}

function hopDetails(hop: ReportHop, index: number, style: Style): string[][] {
  const step = `${hop.from} → ${hop.to} by ${hop.technique}`;
  return [detail(index === 0 ? 'path' : '', `${index + 1}. ${step}`, style), ...hop.because.map((place) => placeDetail('', place, style))];
}

/** A request as a sentence, e.g. `arn:… may iam:PassRole on * when aws:PrincipalOrgID = o-1`. */
function witnessText(witness: NonNullable<ReportFinding['witness']>): string {
  const context = Object.entries(witness.context).map(([key, value]) => `${key} = ${typeof value === 'string' ? value : value.join(', ')}`);
  return `${witness.principal ?? 'anyone'} may ${witness.action} on ${witness.resource}${context.length === 0 ? '' : ` when ${context.join(' and ')}`}`;
}

function noticeBlock(notice: ReportNotice, style: Style): string[] {
  const { colors } = style;
  const about = notice.resource === null ? '' : colors.dim(` · ${printable(notice.resource)}`);
  return [
    `${colors.magenta('○ notice')}  ${colors.bold(notice.code)}${notice.ruleId === null ? '' : colors.dim(` (${notice.ruleId})`)}`,
    ...wrapWords(printable(notice.message), style.width - 2).map((line) => `  ${emphasized(line, style)}`),
    `${rule('╰', style)} ${colors.cyan(`${printable(notice.file)}:${notice.line}:${notice.column}`)}${about}`,
  ];
}

function summaryBlock(report: Report, options: RenderOptions, style: Style): string[] {
  const { summary } = report;
  const { colors } = style;
  const total = report.findings.length;
  const counts = [counted(summary.findings.error, 'error'), counted(summary.findings.warning, 'warning'), counted(summary.findings.info, 'info', 'infos')];
  const worst: Severity | undefined = summary.findings.error > 0 ? 'error' : summary.findings.warning > 0 ? 'warning' : total > 0 ? 'info' : undefined;
  const verdict =
    worst === undefined
      ? colors.green('✔ no findings')
      : severityColor(style, worst)(colors.bold(`${SYMBOLS[worst]} ${counted(total, 'finding')}`)) + `: ${counts.join(', ')}`;
  const scope = [counted(summary.files, 'file'), counted(summary.resources, 'resource'), counted(summary.policies, 'policy', 'policies'), counted(summary.statements, 'statement')];
  if (summary.suppressed > 0) scope.push(`${summary.suppressed} suppressed`);
  if (summary.baselined > 0) scope.push(`${summary.baselined} in the baseline`);
  const hint = options.notices || summary.notices === 0 ? '' : ' (--notices lists them)';
  if (summary.notices > 0) scope.push(`${counted(summary.notices, 'notice')} of what could not be decided${hint}`);
  return [verdict, colors.dim(`  ${scope.join(' · ')}`)];
}

/** Names stand in backticks; in colour they need none. */
function emphasized(text: string, style: Style): string {
  return style.colors.isColorSupported ? text.replace(/`([^`]+)`/g, (_whole, name: string) => style.colors.bold(name)) : text;
}

function ruleLink(finding: ReportFinding, style: Style): string {
  if (!style.links || finding.helpUri === '') return finding.ruleId;
  return `\u001b]8;;${printable(finding.helpUri)}\u001b\\${finding.ruleId}\u001b]8;;\u001b\\`;
}

function rule(character: string, style: Style): string {
  return style.colors.dim(`${' '.repeat(GUTTER - 1)}${character}`);
}

function expandTabs(text: string): string {
  return text.replaceAll('\t', TAB);
}

function severityColor(style: Style, severity: Severity): (text: string) => string {
  const { colors } = style;
  return severity === 'error' ? colors.red : severity === 'warning' ? colors.yellow : colors.blue;
}
