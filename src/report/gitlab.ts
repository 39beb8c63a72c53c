import type { Severity } from '../check/finding.ts';
import { repositoryPath } from './place.ts';
import { printable } from './printable.ts';
import type { ReportFinding } from './report.ts';
import type { Reporter } from './reporter.ts';

/** GitLab Code Quality: a JSON array. Fingerprints are unique by their running count, since GitLab drops equal ones. */
export const gitlab: Reporter = {
  name: 'gitlab',
  render: (report) => `${JSON.stringify(report.findings.map((finding) => issue(finding, report.prefix)), undefined, 2)}\n`,
};

function issue(finding: ReportFinding, prefix: string) {
  return {
    description: printable(finding.message),
    check_name: finding.ruleId,
    fingerprint: finding.fingerprint,
    severity: gitlabSeverity(finding.severity, finding.securitySeverity),
    location: { path: repositoryPath(prefix, finding.file), lines: { begin: finding.line, end: finding.endLine } },
  };
}

function gitlabSeverity(severity: Severity, securitySeverity: number): 'blocker' | 'critical' | 'major' | 'minor' | 'info' {
  if (severity === 'info') return 'info';
  if (severity === 'warning') return 'minor';
  return securitySeverity >= 9 ? 'blocker' : securitySeverity >= 7 ? 'critical' : 'major';
}
