import { posix, resolve } from 'node:path';
import type { Finding, Notice } from './check/finding.ts';
import type { DeploymentOverrides } from './config/deployment.ts';
import { isIgnored, unknownRuleProblems } from './config/effective.ts';
import { type ConfigChoice, extendConfig, loadConfig } from './config/load.ts';
import type { Config } from './config/config.ts';
import type { ConfigProblem } from './config/problem.ts';
import type { Problem } from './core/problem.ts';
import { Source } from './core/source.ts';
import { dataDate } from './data/actions.ts';
import type { Files } from './frontends/frontend.ts';
import { type AssignedSources, assignSources, loadFrontends } from './frontends/index.ts';
import { inlineConfig, memoryFiles } from './memory.ts';
import type { PermissionModel } from './model/model.ts';
import { runPipeline } from './pipeline.ts';
import { discover } from './read/discover.ts';
import { createFiles } from './read/files.ts';
import { repositoryTop, toPosix } from './read/paths.ts';
import { readSources } from './read/read-sources.ts';
import { buildReport } from './report/build-report.ts';
import type { Report } from './report/report.ts';
import { RULES } from './rules/index.ts';
import type { RunOutcome } from './run.ts';
import { NO_CHOICE, type RuleChoice, ruleInfo, ruleNames } from './settings.ts';
import { VERSION } from './version.ts';

/** What configurations may call rules by. */
const RULE_NAMES = ruleNames(RULES);

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
export async function scan(options: ScanOptions = {}): Promise<ScanResult> {
  const clock = stopwatch();
  const input = options.files === undefined ? await readDisk(options) : readMemory(options.files, options);
  clock.lap('read');
  const assigned = assignSources(input.sources);
  const frontends = await loadFrontends(assigned);
  clock.lap('load');
  const settings = {
    config: input.config,
    rules: RULES,
    choice: { ...NO_CHOICE, ...options.choice, ...(options.preset === undefined ? {} : { preset: options.preset }) },
    today: options.today ?? new Date().toISOString().slice(0, 10),
    ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
  };
  const outcome = runPipeline({ assigned, frontends, files: input.files, problems: input.problems }, settings);
  clock.lap('analyze');
  const report = reportOf(outcome, options.prefix ?? '');
  clock.lap('report');
  return {
    report,
    model: outcome.model,
    findings: outcome.findings,
    notices: outcome.notices,
    config: input.config,
    configProblems: input.configProblems,
    missing: input.missing,
    recognised: countAssigned(assigned),
    timings: clock.timings,
  };
}

function stopwatch(): { readonly timings: StageTiming[]; readonly lap: (stage: string) => void } {
  const timings: StageTiming[] = [];
  let last = performance.now();
  const lap = (stage: string): void => {
    const now = performance.now();
    timings.push({ stage, milliseconds: now - last });
    last = now;
  };
  return { timings, lap };
}

function reportOf(outcome: RunOutcome, prefix: string): Report {
  return buildReport({
    findings: outcome.findings,
    notices: outcome.notices,
    suppressed: outcome.suppression.suppressed,
    statistics: outcome.statistics,
    rules: RULES.map(ruleInfo),
    version: VERSION,
    dataDate: dataDate(),
    homepage: 'https://github.com/iamlint/iamlint',
    prefix,
  });
}

interface ScanInput {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
  readonly files: Files;
  readonly config: Config;
  readonly configProblems: readonly ConfigProblem[];
  readonly missing: readonly string[];
}

function readMemory(texts: Readonly<Record<string, string>>, options: ScanOptions): ScanInput {
  const sources = Object.keys(texts).sort().map((path) => new Source(path, texts[path] ?? ''));
  const { config, problems } = inlineConfig(options.config);
  return { sources, problems: [], files: memoryFiles(sources), config, configProblems: problems, missing: [] };
}

async function readDisk(options: ScanOptions): Promise<ScanInput> {
  const base = resolve(options.cwd ?? '.');
  const choice: ConfigChoice = options.configFile !== undefined ? { kind: 'file', path: options.configFile } : options.useConfig === false || options.config !== undefined ? { kind: 'none' } : { kind: 'nearest' };
  const loaded = loadConfig(base, choice);
  const inline = options.config === undefined ? undefined : inlineConfig(options.config);
  const before = inline?.config ?? loaded.config;
  const overlay = Object.entries(options.overlay ?? {}).map(([path, text]) => new Source(path, text));
  const found = await discover(options.paths ?? (overlay.length > 0 ? [] : ['.']), { base, isIgnored: (path) => isIgnored(before, path) });
  const extended = extendConfig(loaded, new Set([...found.files, ...overlay].map((file) => posix.dirname(file.path))));
  const config = inline?.config ?? extended.config;
  const configProblems = [...extended.problems, ...(inline?.problems ?? []), ...unknownRuleProblems(config, RULE_NAMES)];
  // Configurations of inner folders were not known while looking for files.
  const wanted = found.files.filter((file) => file.named || !isIgnored(config, file.path));
  const { sources, problems } = configProblems.length > 0 ? { sources: [], problems: [] } : readSources(wanted);
  const all = [...sources.filter((source) => options.overlay?.[source.path] === undefined), ...overlay];
  return {
    sources: all,
    problems: [...found.problems, ...problems],
    files: createFiles({ base, roots: found.roots.length > 0 ? found.roots : [repositoryTop(toPosix(base)) ?? toPosix(base)], known: all }),
    config,
    configProblems,
    missing: found.missing,
  };
}

function countAssigned(assigned: AssignedSources): number {
  return [...assigned.values()].reduce((sum, sources) => sum + sources.length, 0);
}
