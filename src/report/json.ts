import type { Report, ReportFinding, ReportNotice, ReportPlace } from './report.ts';
import type { Reporter } from './reporter.ts';

/** The versioned JSON report: an explicit copy, so that the inner shape may change and this one does not. */
export const json: Reporter = {
  name: 'json',
  render: (report) => `${JSON.stringify(jsonReport(report), undefined, 2)}\n`,
};

function jsonReport(report: Report) {
  return {
    version: report.version,
    tool: { name: report.tool.name, version: report.tool.version, dataDate: report.tool.dataDate },
    summary: summaryOf(report),
    findings: report.findings.map(jsonFinding),
    notices: report.notices.map(jsonNotice),
  };
}

function summaryOf({ summary }: Report) {
  return {
    files: summary.files,
    resources: summary.resources,
    principals: summary.principals,
    policies: summary.policies,
    statements: summary.statements,
    findings: { error: summary.findings.error, warning: summary.findings.warning, info: summary.findings.info },
    suppressed: summary.suppressed,
    baselined: summary.baselined,
    notices: summary.notices,
  };
}

function jsonFinding(finding: ReportFinding) {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    securitySeverity: finding.securitySeverity,
    category: finding.category,
    message: finding.message,
    why: finding.why,
    fix: finding.fix,
    helpUri: finding.helpUri,
    ...placeFields(finding),
    resource: finding.resource,
    resourceType: finding.resourceType,
    account: finding.account,
    accounts: finding.accounts,
    evidence: { actions: finding.evidence.actions, resources: finding.evidence.resources, principals: finding.evidence.principals },
    related: finding.related.map(jsonPlace),
    path: finding.path.map((hop) => ({ from: hop.from, to: hop.to, technique: hop.technique, because: hop.because.map(jsonPlace) })),
    witness: finding.witness,
    fingerprint: finding.fingerprint,
  };
}

function jsonPlace(place: ReportPlace) {
  return { message: place.message, ...placeFields(place) };
}

function jsonNotice(notice: ReportNotice) {
  return { code: notice.code, message: notice.message, ...placeFields(notice), resource: notice.resource, ruleId: notice.ruleId };
}

function placeFields({ file, line, column, endLine, endColumn }: Omit<ReportPlace, 'message'>) {
  return { file, line, column, endLine, endColumn };
}
