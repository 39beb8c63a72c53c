import type { Confidence, Severity } from '../check/finding.ts';
import type { Place } from './place.ts';
import type { ReportFinding, ReportNotice } from './report.ts';

/** A finding in report shape without its fingerprint; `value` is the offending text the fingerprint is made of. */
export interface ShapedFinding extends Omit<ReportFinding, 'fingerprint'> {
  readonly value: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** 0 for the gravest. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** 0 for the surest. */
export function confidenceRank(confidence: Confidence): number {
  return CONFIDENCES.indexOf(confidence);
}

/** By code units: the same on every machine, whatever its language. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** File, line, column, rule; ties are broken by everything else, so that sorting leaves nothing to chance. */
export function compareFindings(left: ShapedFinding, right: ShapedFinding): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.ruleId, right.ruleId) ||
    left.endLine - right.endLine ||
    left.endColumn - right.endColumn ||
    compareText(left.message, right.message) ||
    compareText(left.resource ?? '', right.resource ?? '') ||
    severityRank(left.severity) - severityRank(right.severity) ||
    confidenceRank(left.confidence) - confidenceRank(right.confidence) ||
    compareText(JSON.stringify(left), JSON.stringify(right))
  );
}

/** File, line, column, code, then the rest. */
export function compareNotices(left: ReportNotice, right: ReportNotice): number {
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.code, right.code) ||
    left.endLine - right.endLine ||
    left.endColumn - right.endColumn ||
    compareText(left.message, right.message) ||
    compareText(left.resource ?? '', right.resource ?? '') ||
    compareText(left.ruleId ?? '', right.ruleId ?? '')
  );
}

/**
 * Merges findings that say the same of the same place, as a template deployed to several accounts yields them.
 * Takes sorted findings; the first of equals (the gravest) stays, with all accounts.
 */
export function mergeDuplicates(sorted: readonly ShapedFinding[]): ShapedFinding[] {
  const merged: ShapedFinding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || !sameFinding(last, finding)) merged.push(finding);
    else merged[merged.length - 1] = withAccounts(last, finding);
  }
  return merged;
}

function sameFinding(left: ShapedFinding, right: ShapedFinding): boolean {
  return left.ruleId === right.ruleId && samePlace(left, right) && left.message === right.message && left.resource === right.resource;
}

/** Do both places cover the same stretch of the same file? */
export function samePlace(left: Place, right: Place): boolean {
  return (
    left.file === right.file &&
    left.line === right.line &&
    left.column === right.column &&
    left.endLine === right.endLine &&
    left.endColumn === right.endColumn
  );
}

function withAccounts(kept: ShapedFinding, other: ShapedFinding): ShapedFinding {
  const accounts = [...new Set([...kept.accounts, ...other.accounts])].sort();
  return { ...kept, accounts, account: accounts.length === 1 ? (accounts[0] ?? null) : null };
}

/** Most severe first, then by place. */
export function gravestFirst(left: ReportFinding, right: ReportFinding): number {
  return (
    severityRank(left.severity) - severityRank(right.severity) ||
    right.securitySeverity - left.securitySeverity ||
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(left.ruleId, right.ruleId)
  );
}
