import { printable, wellFormed } from './printable.ts';
import type { Report, ReportFinding } from './report.ts';
import type { Reporter } from './reporter.ts';

/** JUnit XML: a suite per file, a test case per finding. Errors and warnings fail, infos pass with their text in the output. */
export const junit: Reporter = {
  name: 'junit',
  render(report) {
    const failures = report.findings.filter(fails).length;
    const tests = Math.max(1, report.findings.length);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="iamlint" tests="${tests}" failures="${failures}" errors="0">`,
      ...suites(report),
      '</testsuites>',
      '',
    ].join('\n');
  },
};

function suites(report: Report): string[] {
  if (report.findings.length === 0) {
    return ['  <testsuite name="iamlint" tests="1" failures="0" errors="0">', '    <testcase name="no findings" classname="iamlint"/>', '  </testsuite>'];
  }
  const byFile = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const known = byFile.get(finding.file);
    if (known === undefined) byFile.set(finding.file, [finding]);
    else known.push(finding);
  }
  return [...byFile].flatMap(([file, findings]) => [
    `  <testsuite name="${attribute(file)}" tests="${findings.length}" failures="${findings.filter(fails).length}" errors="0">`,
    ...findings.flatMap(testCase),
    '  </testsuite>',
  ]);
}

function testCase(finding: ReportFinding): string[] {
  const name = `${finding.ruleId} ${finding.resource ?? ''}`.trim();
  const open = `    <testcase name="${attribute(`${name} (line ${finding.line})`)}" classname="${attribute(finding.file)}" file="${attribute(finding.file)}" line="${finding.line}">`;
  const text = content(detailText(finding));
  const body = fails(finding)
    ? `      <failure type="${attribute(finding.severity)}" message="${attribute(finding.message)}">${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [open, body, '    </testcase>'];
}

function detailText(finding: ReportFinding): string {
  const lines = [`${finding.file}:${finding.line}:${finding.column}: ${finding.message} [${finding.ruleId}]`];
  if (finding.why !== '') lines.push(`why: ${finding.why}`);
  if (finding.fix !== '') lines.push(`fix: ${finding.fix}`);
  for (const place of finding.related) lines.push(`see: ${place.file}:${place.line}:${place.column} ${place.message}`);
  if (finding.helpUri !== '') lines.push(finding.helpUri);
  return lines.map(printable).join('\n');
}

function fails(finding: ReportFinding): boolean {
  return finding.severity !== 'info';
}

/** Text inside an element: characters XML 1.0 has no room for are replaced. */
function content(text: string): string {
  return xmlCharacters(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(printable(text)).replaceAll('"', '&quot;');
}

function xmlCharacters(text: string): string {
  return wellFormed(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
