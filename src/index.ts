/**
 * iamlint as a library. Everything here is offline; only `scan` and `buildModel` read files, and only those they are pointed at.
 */
import type { PermissionModel } from './model/model.ts';
import { reporterOf } from './report/index.ts';
import { PLAIN, type RenderOptions } from './report/reporter.ts';
import type { Report } from './report/report.ts';
import { scan as scanAll, type ScanOptions } from './scan.ts';

export { compareAccess, evaluate, loadPolicies } from './engine/index.ts';
export type { Comparison, Decision, PolicyJson, PolicySet, Request } from './engine/types.ts';
export type { PermissionModel } from './model/model.ts';
export type { Report, ReportFinding, ReportNotice } from './report/report.ts';
export type { ScanOptions } from './scan.ts';
export { VERSION } from './version.ts';

/**
 * Scans files (`paths`) or texts (`files`) and gives the report that `iamlint --format json` prints.
 * Throws when the configuration is wrong or a named path does not exist.
 */
export async function scan(options: ScanOptions = {}): Promise<Report> {
  const result = await scanAll(options);
  const [problem] = result.configProblems;
  if (problem !== undefined) throw new Error(`the configuration is wrong: ${problem.message}`);
  if (result.missing.length > 0) throw new Error(`no such file: ${result.missing.join(', ')}`);
  return result.report;
}

/** Builds the linked permission model of files or texts, without judging it. */
export async function buildModel(options: ScanOptions = {}): Promise<PermissionModel> {
  return (await scanAll({ ...options, choice: { only: ['none'] } })).model;
}

/**
 * Renders a report in a format: `terminal`, `json`, `sarif`, `github`, `gitlab`, `junit`, `markdown`, `rdjson` or `unix`.
 * Throws for a format there is none of.
 */
export function render(report: Report, format: string, options: Partial<RenderOptions> = {}): string {
  const reporter = reporterOf(format);
  if (reporter === undefined) throw new Error(`there is no format \`${format}\``);
  return reporter.render(report, { ...PLAIN, ...options });
}
