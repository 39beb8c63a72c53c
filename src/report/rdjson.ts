import type { Severity } from '../check/finding.ts';
import type { Source } from '../core/source.ts';
import { type Place, repositoryPath } from './place.ts';
import { printable } from './printable.ts';
import type { Report, ReportFinding } from './report.ts';
import type { Reporter } from './reporter.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };

/** reviewdog's Diagnostic Format (proto/rdf in reviewdog/reviewdog): columns are bytes of UTF-8, 1-based, end exclusive. */
export const rdjson: Reporter = {
  name: 'rdjson',
  render: (report) =>
    `${JSON.stringify({ source: { name: 'iamlint' }, severity: 'ERROR', diagnostics: report.findings.map((finding) => diagnostic(finding, report)) }, undefined, 2)}\n`,
};

function diagnostic(finding: ReportFinding, report: Report) {
  const fix = finding.fix === '' ? '' : ` (fix: ${printable(finding.fix)})`;
  return {
    message: `${printable(finding.message)}${fix}`,
    location: location(finding, report),
    severity: SEVERITIES[finding.severity],
    code: finding.helpUri === '' ? { value: finding.ruleId } : { value: finding.ruleId, url: finding.helpUri },
    ...(finding.related.length > 0 && {
      related_locations: finding.related.map((place) => ({ message: printable(place.message), location: location(place, report) })),
    }),
  };
}

function location(place: Place, report: Report) {
  const source = report.sources.get(place.file);
  return {
    path: repositoryPath(report.prefix, place.file),
    range: {
      start: { line: place.line, column: byteColumn(source, place.line, place.column) },
      end: { line: place.endLine, column: byteColumn(source, place.endLine, place.endColumn) },
    },
  };
}

function byteColumn(source: Source | undefined, line: number, column: number): number {
  const text = source?.line(line)?.replace(/^\ufeff/, '') ?? '';
  return Buffer.byteLength(text.slice(0, column - 1), 'utf8') + Math.max(0, column - 1 - text.length) + 1;
}
