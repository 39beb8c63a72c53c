import type { Config } from './config/config.ts';
import { type DeploymentOverrides, deploymentSettings, NO_OVERRIDES } from './config/deployment.ts';
import { configuredSuppressions } from './config/effective.ts';
import { organizationOf } from './config/organization.ts';
import { rulesOfPeer } from './check/peers.ts';
import type { Rule } from './check/rule.ts';
import type { Problem } from './core/problem.ts';
import type { Files } from './frontends/frontend.ts';
import type { AssignedSources, Frontends } from './frontends/index.ts';
import { run, type RunOutcome } from './run.ts';
import { checkSettings, NO_CHOICE, type RuleChoice } from './settings.ts';

/** What a run is told beside its files. */
export interface PipelineSettings {
  readonly config: Config;
  readonly rules: readonly Rule[];
  readonly choice?: RuleChoice;
  readonly overrides?: DeploymentOverrides;
  /** Today as `YYYY-MM-DD`, for suppressions that expire. */
  readonly today: string;
}

/** What a run reads. */
export interface PipelineFiles {
  readonly assigned: AssignedSources;
  readonly frontends: Frontends;
  readonly files: Files;
  readonly problems?: readonly Problem[];
}

/** Runs the pipeline with settings taken from a configuration. Synchronous, because the CDK's validation plugins are. */
export function runPipeline(input: PipelineFiles, settings: PipelineSettings): RunOutcome {
  const { config, rules } = settings;
  return run({
    assigned: input.assigned,
    frontends: input.frontends,
    files: input.files,
    deployment: deploymentSettings(config, settings.overrides ?? NO_OVERRIDES),
    organization: organizationOf(config),
    check: checkSettings(rules, config, settings.choice ?? NO_CHOICE),
    suppression: { configured: configuredSuppressions(config), today: settings.today, rulesOfPeer: rulesOfPeer(rules) },
    problems: input.problems ?? [],
  });
}
