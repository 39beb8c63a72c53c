import type { Finding, Notice, Severity } from '../check/finding.ts';
import type { Origin } from '../core/source.ts';
import { fingerprints } from './fingerprint.ts';
import { compareFindings, compareNotices, compareText, mergeDuplicates, type ShapedFinding } from './order.ts';
import { placeOf, type PlaceFinder, placeFinder, spanOf } from './place.ts';
import type { Report, ReportFinding, ReportNotice, RunStatistics, SecretSpan, SuppressedReportFinding } from './report.ts';
import { type RuleInfo, SECRET_TAG } from './rule-info.ts';

/** What a run yields, before it is put into report shape. */
export interface ReportInput {
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  readonly suppressed?: readonly SuppressedFinding[];
  /** Findings left out because a baseline knows them. */
  readonly baselined?: number;
  readonly statistics: RunStatistics;
  readonly rules: readonly RuleInfo[];
  readonly version: string;
  readonly dataDate: string;
  /** Where the tool is documented. */
  readonly homepage?: string;
  /** The folder file names are relative to, as seen from the top of the repository. */
  readonly prefix?: string;
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly kind: SuppressedReportFinding['kind'];
  readonly reason: string | undefined;
}

/**
 * Puts the outcome of a run into report shape: places made concrete, sorted by file, line, column and rule,
 * duplicates merged, fingerprints given. The result depends on what was found, not on the order it was found in.
 */
export function buildReport(input: ReportInput): Report {
  const find = placeFinder();
  const rules = [...new Map(input.rules.map((rule) => [rule.id, rule])).values()].sort((left, right) => compareText(left.id, right.id));
  const context: Context = { find, rules: new Map(rules.map((rule) => [rule.id, rule])), prefix: input.prefix ?? '', secrets: new Map() };
  const findings = fingerprinted(mergeDuplicates(input.findings.map((finding) => shapeFinding(finding, context)).sort(compareFindings)), context);
  const suppressed = shapeSuppressed(input.suppressed ?? [], context);
  const notices = distinctNotices(input.notices.map((notice) => shapeNotice(notice, find)).sort(compareNotices));
  return {
    version: 1,
    tool: { name: 'iamlint', version: input.version, dataDate: input.dataDate, homepage: input.homepage },
    summary: {
      ...input.statistics,
      findings: countSeverities(findings),
      suppressed: suppressed.length,
      baselined: input.baselined ?? 0,
      notices: notices.length,
    },
    findings,
    notices,
    suppressed,
    rules,
    prefix: context.prefix,
    sources: find.sources,
    secrets: context.secrets,
  };
}

interface Context {
  readonly find: PlaceFinder;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly prefix: string;
  readonly secrets: Map<string, SecretSpan[]>;
}

function shapeFinding(finding: Finding, context: Context): ShapedFinding {
  const { find } = context;
  const rule = context.rules.get(finding.ruleId);
  const account = finding.resource?.account;
  const span = spanOf(find, finding.origin);
  if (rule?.tags.includes(SECRET_TAG) === true) keepSecret(context, finding.origin);
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    securitySeverity: finding.securitySeverity,
    category: finding.category,
    message: finding.message,
    why: finding.why,
    fix: finding.fix,
    helpUri: rule?.helpUri ?? '',
    ...placeOf(find, finding.origin),
    resource: finding.resource?.displayName ?? null,
    resourceType: finding.resource?.type ?? null,
    account: account ?? null,
    accounts: account === undefined ? [] : [account],
    evidence: finding.evidence,
    related: [...finding.related, ...passedThrough(finding.origin)].map((place) => ({ message: place.message, ...placeOf(find, place.origin) })),
    path: finding.path.map((hop) => ({ ...hop, because: hop.because.map((place) => ({ message: place.message, ...placeOf(find, place.origin) })) })),
    witness: finding.witness ?? null,
    value: finding.origin.source.text.slice(span.start, span.end),
  };
}

function passedThrough(origin: Origin): readonly { readonly message: string; readonly origin: Origin }[] {
  return (origin.via ?? []).map((place) => ({ message: 'the value is used through this', origin: place }));
}

function keepSecret(context: Context, origin: Origin): void {
  const file = origin.source.path;
  const spans = context.secrets.get(file) ?? [];
  const span = spanOf(context.find, origin);
  if (!spans.some((known) => known.start === span.start && known.end === span.end)) spans.push(span);
  context.secrets.set(file, spans.sort((left, right) => left.start - right.start || left.end - right.end));
}

function fingerprinted(shaped: readonly ShapedFinding[], context: Context): ReportFinding[] {
  const marks = fingerprints(shaped, context.prefix);
  return shaped.map(({ value: _value, ...finding }, index) => ({ ...finding, fingerprint: marks[index] ?? '' }));
}

function shapeSuppressed(suppressed: readonly SuppressedFinding[], context: Context): SuppressedReportFinding[] {
  const shaped = suppressed.map((entry) => ({ entry, finding: shapeFinding(entry.finding, context) }));
  shaped.sort((left, right) => compareFindings(left.finding, right.finding) || compareText(left.entry.kind, right.entry.kind));
  const marks = fingerprints(shaped.map((one) => one.finding), context.prefix);
  return shaped.map(({ entry, finding: { value: _value, ...finding } }, index) => ({
    finding: { ...finding, fingerprint: marks[index] ?? '' },
    kind: entry.kind,
    justification: entry.reason ?? null,
  }));
}

function shapeNotice(notice: Notice, find: PlaceFinder): ReportNotice {
  return {
    code: notice.code,
    message: notice.message,
    ...placeOf(find, notice.origin),
    resource: notice.resource?.displayName ?? null,
    ruleId: notice.ruleId ?? null,
  };
}

function distinctNotices(sorted: readonly ReportNotice[]): ReportNotice[] {
  return sorted.filter((notice, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareNotices(previous, notice) !== 0;
  });
}

function countSeverities(findings: readonly ReportFinding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}
