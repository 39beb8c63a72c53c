import type { Severity } from '../check/finding.ts';
import type { Report } from '../report/report.ts';

export interface Gate {
  readonly failOn: Severity | 'never';
  readonly exitZero: boolean;
  readonly strict: boolean;
  readonly passOnNoFiles: boolean;
}

/** What could not be read or was given up: the run says less than it seems to. */
const INCOMPLETE: ReadonlySet<string> = new Set(['unreadable-input', 'input-too-large', 'missing-file', 'path-outside-root', 'bound-reached', 'feature-unavailable']);

/**
 * 0: nothing at or above the gate. 1: findings. 2: a rule failed, nothing was there to read, or (`strict`) something could not be read.
 * The same for every format.
 */
export function exitCodeOf(report: Report, gate: Gate): 0 | 1 | 2 {
  if (report.notices.some((notice) => notice.code === 'rule-crashed')) return 2;
  if (gate.strict && isIncomplete(report)) return 2;
  if (report.summary.files === 0 && report.findings.length === 0 && !gate.passOnNoFiles) return 2;
  return !gate.exitZero && reachesGate(report, gate.failOn) ? 1 : 0;
}

/** Is there anything the run could not read? */
export function isIncomplete(report: Report): boolean {
  return report.findings.some((finding) => finding.ruleId === 'unreadable-input') || report.notices.some((notice) => INCOMPLETE.has(notice.code));
}

function reachesGate({ summary }: Report, failOn: Severity | 'never'): boolean {
  const { error, warning, info } = summary.findings;
  switch (failOn) {
    case 'never':
      return false;
    case 'error':
      return error > 0;
    case 'warning':
      return error + warning > 0;
    case 'info':
      return error + warning + info > 0;
  }
}
