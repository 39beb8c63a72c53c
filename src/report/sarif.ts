import type { Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { lineHashes } from './line-hash.ts';
import { gravestFirst } from './order.ts';
import { counted } from './printable.ts';
import type { Report, ReportFinding, ReportNotice, SuppressedReportFinding } from './report.ts';
import type { RenderOptions, Reporter } from './reporter.ts';
import { locationOf, resultOf, type ResultContext } from './sarif-result.ts';
import { ruleDescriptors, sarifLevel } from './sarif-rules.ts';

/** GitHub shows the gravest 5,000 results of a run and rejects a file with more than 25,000 (docs: SARIF results exceed one or more limits). */
export const SARIF_RESULT_LIMIT = 5000;
const NOTIFICATION_LIMIT = 1000;

/** SARIF 2.1.0 as GitHub code scanning reads it; one run, all rules, one result per finding. */
export const sarif: Reporter = {
  name: 'sarif',
  render: (report, options) => `${JSON.stringify(sarifLog(report, options), undefined, 2)}\n`,
};

function sarifLog(report: Report, options: RenderOptions): Log {
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [sarifRun(report, options)] };
}

function sarifRun(report: Report, options: RenderOptions): Run {
  const suppressed = options.sarifSuppressed ? report.suppressed : [];
  const shown = gravest(report.findings);
  const rules = ruleDescriptors(report, [...shown, ...suppressed.map((entry) => entry.finding)]);
  const context: ResultContext = { report, ruleIndex: new Map(rules.map((rule, index) => [rule.id, index])), hashes: hashesOf(report, shown, suppressed) };
  return {
    tool: { driver: driverOf(report, rules) },
    ...(options.sarifCategory !== undefined && { automationDetails: { id: `${options.sarifCategory.replace(/\/+$/, '')}/` } }),
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top of the repository.' } } },
    invocations: [invocationOf(report, shown.length)],
    results: [...shown.map((finding) => withSuppressions(resultOf(finding, context), options)), ...suppressed.map((entry) => suppressedResult(entry, context))],
  };
}

/** The findings that fit, in report order. */
function gravest(findings: readonly ReportFinding[]): readonly ReportFinding[] {
  if (findings.length <= SARIF_RESULT_LIMIT) return findings;
  const kept = new Set([...findings].sort(gravestFirst).slice(0, SARIF_RESULT_LIMIT));
  return findings.filter((finding) => kept.has(finding));
}

function driverOf(report: Report, rules: ReportingDescriptor[]): Run['tool']['driver'] {
  return {
    name: report.tool.name,
    version: report.tool.version,
    semanticVersion: report.tool.version,
    ...(report.tool.homepage !== undefined && { informationUri: report.tool.homepage }),
    rules,
    properties: { dataDate: report.tool.dataDate },
  };
}

function hashesOf(report: Report, shown: readonly ReportFinding[], suppressed: readonly SuppressedReportFinding[]): ResultContext['hashes'] {
  const wanted = new Map<string, Set<number>>();
  for (const { file, line } of [...shown, ...suppressed.map((entry) => entry.finding)]) {
    const lines = wanted.get(file) ?? new Set();
    wanted.set(file, lines.add(line));
  }
  const hashes = new Map<string, ReadonlyMap<number, string>>();
  for (const [file, lines] of wanted) {
    const source = report.sources.get(file);
    if (source !== undefined) hashes.set(file, lineHashes(source, lines));
  }
  return hashes;
}

/** Once one result of a run states its suppressions, all must (SARIF 2.1.0, 3.27.23). */
function withSuppressions(result: Result, options: RenderOptions): Result {
  return options.sarifSuppressed ? { ...result, suppressions: [] } : result;
}

function suppressedResult(entry: SuppressedReportFinding, context: ResultContext): Result {
  const justification = entry.justification === null ? {} : { justification: entry.justification };
  return { ...resultOf(entry.finding, context), suppressions: [{ kind: entry.kind, status: 'accepted', ...justification }] };
}

/** What could not be read or decided, and that results were left out; a crashed rule makes the execution unsuccessful. */
function invocationOf(report: Report, shown: number): NonNullable<Run['invocations']>[number] {
  const notifications = report.notices.slice(0, NOTIFICATION_LIMIT).map((notice) => notificationOf(notice, report));
  const cut = report.notices.length - notifications.length;
  if (cut > 0) notifications.push(limitReached(`${counted(cut, 'further notice')} left out`));
  const missing = report.findings.length - shown;
  if (missing > 0) notifications.unshift(limitReached(`${counted(missing, 'finding')} of lower severity left out: only ${SARIF_RESULT_LIMIT} results of a run are shown`));
  return {
    executionSuccessful: !report.notices.some((notice) => notice.code === 'rule-crashed'),
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

function limitReached(text: string): Notification {
  return { descriptor: { id: 'limit-reached' }, level: 'warning', message: { text } };
}

function notificationOf(notice: ReportNotice, report: Report): Notification {
  return {
    descriptor: { id: notice.code },
    level: sarifLevel(notice.code === 'rule-crashed' ? 'error' : notice.code === 'unresolved-value' ? 'info' : 'warning'),
    message: { text: notice.message },
    locations: [locationOf(notice, report)],
  };
}
