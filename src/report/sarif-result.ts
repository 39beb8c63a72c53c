import type { CodeFlow, Location, Region, Result, ThreadFlowLocation } from 'sarif';
import { snippet } from './excerpt.ts';
import { type Place, repositoryPath } from './place.ts';
import { printable, sentence, stopped, wellFormed } from './printable.ts';
import type { Report, ReportFinding, ReportPlace } from './report.ts';
import { sarifLevel } from './sarif-rules.ts';

export interface ResultContext {
  readonly report: Report;
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** GitHub's line hashes by file and line. */
  readonly hashes: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

/** GitHub stores 100 places of a result. */
const MAX_RELATED = 100;
const MAX_SNIPPET = 500;
const CONTEXT_LINES = 2;

/** One finding as a SARIF result: its first place is the offending string alone, since an alert shows in a pull request only when all its lines are in the diff. */
export function resultOf(finding: ReportFinding, context: ResultContext): Result {
  const { report } = context;
  const related = finding.related.slice(0, MAX_RELATED);
  const hash = context.hashes.get(finding.file)?.get(finding.line);
  const ruleIndex = context.ruleIndex.get(finding.ruleId);
  const flow = codeFlow(finding, report);
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: sarifLevel(finding.severity),
    message: { text: messageText(finding, related) },
    locations: [primaryLocation(finding, report)],
    ...(related.length > 0 && { relatedLocations: related.map((place, index) => ({ id: index + 1, ...locationOf(place, report), message: { text: plain(place.message) } })) }),
    ...(flow !== undefined && { codeFlows: [flow] }),
    partialFingerprints: { ...(hash !== undefined && { primaryLocationLineHash: hash }), 'iamlintFinding/v1': finding.fingerprint },
    properties: resultProperties(finding),
  };
}

/** Text, links and all: the first sentence stands alone, the related places are linked since GitHub lists no others. */
function messageText(finding: ReportFinding, related: readonly ReportPlace[]): string {
  const parts = [sentence(plain(finding.message)), sentence(plain(finding.why))];
  if (finding.fix !== '') parts.push(`Fix: ${stopped(plain(finding.fix))}`);
  if (related.length > 0) parts.push(`See ${related.map((place, index) => `[${linkText(place.message)}](${index + 1})`).join(', ')}.`);
  return parts.filter(Boolean).join(' ');
}

/** Scanned text must not make links of its own. */
function plain(text: string): string {
  return printable(text).replaceAll('](', '] (');
}

function linkText(text: string): string {
  return printable(text).replace(/[\\[\]]/g, '\\$&') || 'this place';
}

/** The offending string with the lines around it and the resource it belongs to. */
function primaryLocation(finding: ReportFinding, report: Report): Location {
  const { physicalLocation } = locationOf(finding, report);
  const around = contextRegion(finding, report);
  return {
    physicalLocation: { ...physicalLocation, ...(around !== undefined && { contextRegion: around }) },
    ...(finding.resource !== null && { logicalLocations: [{ fullyQualifiedName: finding.resource, kind: 'resource' }] }),
  };
}

/** A place with its text, as far as that is short and not secret. */
export function locationOf(place: Place, report: Report): Location {
  const text = snippet(report, place, MAX_SNIPPET);
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(repositoryPath(report.prefix, place.file)),
      region: { ...regionOf(place), ...(text !== undefined && { snippet: { text } }) },
    },
  };
}

function regionOf(place: Place): Region {
  return { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn };
}

/** The lines around a place; it must be larger than the place itself (SARIF 2.1.0, 3.29.5), and is of use only with its text. */
function contextRegion(place: Place, report: Report): Region | undefined {
  const source = report.sources.get(place.file);
  if (source === undefined) return undefined;
  const startLine = Math.max(1, place.line - CONTEXT_LINES);
  let endLine = place.endLine;
  while (endLine < place.endLine + CONTEXT_LINES && source.line(endLine + 1) !== undefined) endLine += 1;
  if (startLine === place.line && endLine === place.endLine) return undefined;
  const endColumn = (source.line(endLine)?.length ?? 0) + 1;
  const region = { file: place.file, line: startLine, column: 1, endLine, endColumn };
  const text = snippet(report, region, MAX_SNIPPET * 2);
  return text === undefined ? undefined : { ...regionOf(region), snippet: { text } };
}

/** Relative to the top of the repository, each segment percent-encoded; a file outside it has an absolute address. */
function artifactLocation(path: string): NonNullable<NonNullable<Location['physicalLocation']>['artifactLocation']> {
  const encoded = path
    .split('/')
    .map((segment) => encodeURIComponent(wellFormed(segment)))
    .join('/');
  if (path.startsWith('/')) return { uri: `file://${encoded}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return { uri: encoded, uriBaseId: '%SRCROOT%' };
}

/** The hops of a path as the steps GitHub unfolds below an alert. */
function codeFlow(finding: ReportFinding, report: Report): CodeFlow | undefined {
  const steps: ThreadFlowLocation[] = finding.path.flatMap((hop) => {
    const text = plain(`${hop.from} → ${hop.to} by ${hop.technique}`);
    if (hop.because.length === 0) return [{ location: { ...locationOf(finding, report), message: { text } } }];
    return hop.because.map((place) => ({ location: { ...locationOf(place, report), message: { text: `${text}: ${plain(place.message)}` } } }));
  });
  return steps.length === 0 ? undefined : { threadFlows: [{ locations: steps.slice(0, MAX_RELATED) }] };
}

function resultProperties(finding: ReportFinding): NonNullable<Result['properties']> {
  return {
    category: finding.category,
    confidence: finding.confidence,
    ...(finding.resourceType !== null && { resourceType: finding.resourceType }),
    ...(finding.accounts.length > 0 && { accounts: finding.accounts }),
    evidence: finding.evidence,
    ...(finding.witness !== null && { witness: finding.witness }),
  };
}
