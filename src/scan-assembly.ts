import { readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { loadConfig } from './config/load.ts';
import { describeProblem } from './config/problem.ts';
import { Source } from './core/source.ts';
import { dataDate } from './data/actions.ts';
import { cdk } from './frontends/cdk/index.ts';
import { cloudformation } from './frontends/cloudformation/index.ts';
import type { Frontend } from './frontends/frontend.ts';
import { assignSources, type FrontendName } from './frontends/index.ts';
import { policy } from './frontends/policy/index.ts';
import { runPipeline } from './pipeline.ts';
import { createFiles } from './read/files.ts';
import { repositoryTop, toPosix } from './read/paths.ts';
import { buildReport } from './report/build-report.ts';
import type { Report } from './report/report.ts';
import { RULES } from './rules/index.ts';
import { ruleInfo } from './settings.ts';
import { VERSION } from './version.ts';

/**
 * A synchronous scan of one cloud assembly given as texts, for the CDK, whose plugins cannot wait. Sources of the app are read
 * from below the project's folder. Throws when the configuration is wrong.
 */
export function scanAssembly(folder: string = process.cwd()): { readonly root: string; readonly scanSync: (input: { readonly files: Readonly<Record<string, string>> }) => Report } {
  const root = toPosix(resolve(folder));
  return { root, scanSync: ({ files }) => scanTexts(root, files) };
}

/** The text of a file, if there is one. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function scanTexts(root: string, texts: Readonly<Record<string, string>>): Report {
  const loaded = loadConfig(root);
  if (loaded.problems.length > 0) throw new Error(loaded.problems.map(describeProblem).join('\n'));
  const sources = Object.keys(texts).sort().map((path) => new Source(posix.normalize(path), texts[path] ?? ''));
  const outcome = runPipeline(
    { assigned: assignSources(sources), frontends: FRONTENDS, files: createFiles({ base: root, roots: [repositoryTop(root) ?? root], known: sources }) },
    { config: loaded.config, rules: RULES, today: new Date().toISOString().slice(0, 10) },
  );
  return buildReport({
    findings: outcome.findings,
    notices: outcome.notices,
    suppressed: outcome.suppression.suppressed,
    statistics: outcome.statistics,
    rules: RULES.map(ruleInfo),
    version: VERSION,
    dataDate: dataDate(),
  });
}

/** An assembly holds templates and nothing else that a front-end reads. */
const FRONTENDS: Readonly<Record<FrontendName, Frontend>> = {
  cdk,
  cloudformation,
  policy,
  organization: none('organization'),
  terraform: none('terraform'),
  'cdk-source': none('cdk-source'),
};

function none(name: FrontendName): Frontend {
  return { name, open: () => [] };
}
