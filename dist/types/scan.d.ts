import type { Finding, Notice } from './check/finding.js';
import type { DeploymentOverrides } from './config/deployment.js';
import type { Config } from './config/config.js';
import type { ConfigProblem } from './config/problem.js';
import type { PermissionModel } from './model/model.js';
import type { Report } from './report/report.js';
import { type RuleChoice } from './settings.js';
export interface ScanOptions {
    /** Files, folders and globs; default: the working folder. */
    readonly paths?: readonly string[];
    /** Texts in memory instead of files on disk, by path. */
    readonly files?: Readonly<Record<string, string>>;
    /** Texts that stand in for, or beside, files on disk, by path: what an editor holds. */
    readonly overlay?: Readonly<Record<string, string>>;
    /** A configuration as text or plain value; otherwise `.iamlintrc` is looked for, unless `configFile` names one or `useConfig` is false. */
    readonly config?: string | object;
    readonly configFile?: string;
    readonly useConfig?: boolean;
    readonly cwd?: string;
    readonly choice?: Partial<RuleChoice>;
    readonly preset?: RuleChoice['preset'];
    readonly overrides?: DeploymentOverrides;
    /** The folder paths are relative to, as seen from the top of the repository. */
    readonly prefix?: string;
    /** Today as `YYYY-MM-DD`; the clock's day when absent. */
    readonly today?: string;
}
export interface ScanResult {
    readonly report: Report;
    readonly model: PermissionModel;
    readonly findings: readonly Finding[];
    readonly notices: readonly Notice[];
    readonly config: Config;
    /** With any, nothing was scanned. */
    readonly configProblems: readonly ConfigProblem[];
    /** Named paths that lead to nothing. */
    readonly missing: readonly string[];
    /** Files that some front-end recognised. */
    readonly recognised: number;
    /** Stages and the time they took, in order. */
    readonly timings: readonly StageTiming[];
}
export interface StageTiming {
    readonly stage: string;
    readonly milliseconds: number;
}
/** Scans files or texts: the whole program as a function. Throws only for faults of its own. */
export declare function scan(options?: ScanOptions): Promise<ScanResult>;
