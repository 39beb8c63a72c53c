import type { Confidence, Evidence, Severity, Witness } from '../check/finding.js';
import type { Source } from '../core/source.js';
import type { Place } from './place.js';
import type { RuleInfo } from './rule-info.js';
/** Everything a reporter may show: a plain, versioned copy, never the inner types. */
export interface Report {
    readonly version: 1;
    readonly tool: ReportTool;
    readonly summary: ReportSummary;
    /** By file, line, column, rule. */
    readonly findings: readonly ReportFinding[];
    readonly notices: readonly ReportNotice[];
    readonly suppressed: readonly SuppressedReportFinding[];
    /** All rules of the tool, by id, not only those that fired. */
    readonly rules: readonly RuleInfo[];
    /** The folder `file` is relative to, as seen from the top of the repository; '' at the top. */
    readonly prefix: string;
    /** The texts that findings, related places and notices stand in, by `file`. */
    readonly sources: ReadonlyMap<string, Source>;
    /** Stretches (offsets, end exclusive) of those texts that no report may print, by `file`. */
    readonly secrets: ReadonlyMap<string, readonly SecretSpan[]>;
}
export interface ReportTool {
    readonly name: 'iamlint';
    readonly version: string;
    /** Date of the AWS facts inside. */
    readonly dataDate: string;
    readonly homepage: string | undefined;
}
export interface ReportSummary extends RunStatistics {
    readonly findings: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
    readonly baselined: number;
    readonly notices: number;
}
/** How much was looked at. `files` counts the inputs some front-end recognised. */
export interface RunStatistics {
    readonly files: number;
    readonly resources: number;
    readonly principals: number;
    readonly policies: number;
    readonly statements: number;
}
export interface ReportFinding extends Place {
    readonly ruleId: string;
    readonly severity: Severity;
    readonly confidence: Confidence;
    readonly securitySeverity: number;
    readonly category: string;
    readonly message: string;
    readonly why: string;
    readonly fix: string;
    readonly helpUri: string;
    /** Construct path, Terraform address or logical id. */
    readonly resource: string | null;
    readonly resourceType: string | null;
    /** Where the resource is deployed; `null` when that is not known or when `accounts` names several. */
    readonly account: string | null;
    /** Every known account the same finding holds in. */
    readonly accounts: readonly string[];
    readonly evidence: Evidence;
    readonly related: readonly ReportPlace[];
    readonly path: readonly ReportHop[];
    readonly witness: Witness | null;
    /** Stays the same when lines move: file, rule, resource and offending text, with a running count. */
    readonly fingerprint: string;
}
export interface ReportPlace extends Place {
    readonly message: string;
}
export interface ReportHop {
    readonly from: string;
    readonly to: string;
    readonly technique: string;
    readonly because: readonly ReportPlace[];
}
export interface ReportNotice extends Place {
    readonly code: string;
    readonly message: string;
    readonly resource: string | null;
    readonly ruleId: string | null;
}
export interface SuppressedReportFinding {
    readonly finding: ReportFinding;
    /** `inSource`: a comment or metadata beside the resource. `external`: configuration. */
    readonly kind: 'inSource' | 'external';
    readonly justification: string | null;
}
export interface SecretSpan {
    readonly start: number;
    readonly end: number;
}
