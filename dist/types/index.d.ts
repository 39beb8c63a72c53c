/**
 * iamlint as a library. Everything here is offline; only `scan` and `buildModel` read files, and only those they are pointed at.
 */
import type { PermissionModel } from './model/model.js';
import { type RenderOptions } from './report/reporter.js';
import type { Report } from './report/report.js';
import { type ScanOptions } from './scan.js';
export { compareAccess, evaluate, loadPolicies } from './engine/index.js';
export type { Comparison, Decision, PolicyJson, PolicySet, Request } from './engine/types.js';
export type { PermissionModel } from './model/model.js';
export type { Report, ReportFinding, ReportNotice } from './report/report.js';
export type { ScanOptions } from './scan.js';
export { VERSION } from './version.js';
/**
 * Scans files (`paths`) or texts (`files`) and gives the report that `iamlint --format json` prints.
 * Throws when the configuration is wrong or a named path does not exist.
 */
export declare function scan(options?: ScanOptions): Promise<Report>;
/** Builds the linked permission model of files or texts, without judging it. */
export declare function buildModel(options?: ScanOptions): Promise<PermissionModel>;
/**
 * Renders a report in a format: `terminal`, `json`, `sarif`, `github`, `gitlab`, `junit`, `markdown`, `rdjson` or `unix`.
 * Throws for a format there is none of.
 */
export declare function render(report: Report, format: string, options?: Partial<RenderOptions>): string;
