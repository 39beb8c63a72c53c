import type { CheckSettings } from './check/run.ts';
import type { Rule } from './check/rule.ts';
import type { Confidence, Severity } from './check/finding.ts';
import type { Config } from './config/config.ts';
import { configuredOptions, configuredSeverity } from './config/effective.ts';
import type { RuleInfo } from './report/rule-info.ts';

/** What the command line says of rules; it wins over the configuration. */
export interface RuleChoice {
  /** Ids, categories or tags; empty: no restriction. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly preset: Rule['preset'] | undefined;
  readonly minConfidence: Confidence | undefined;
}

export const NO_CHOICE: RuleChoice = { only: [], skip: [], preset: undefined, minConfidence: undefined };

const PRESETS: readonly Rule['preset'][] = ['recommended', 'strict', 'all'];

/** The rules of a run and how each is set for a file: command line before configuration before preset. */
export function checkSettings(rules: readonly Rule[], config: Config, choice: RuleChoice): CheckSettings {
  const preset = PRESETS.indexOf(choice.preset ?? config.preset);
  const chosen = rules.filter((rule) => (choice.only.length === 0 || choice.only.some((name) => bears(rule, name))) && !choice.skip.some((name) => bears(rule, name)));
  const inPreset = new Set(chosen.filter((rule) => choice.only.length > 0 || PRESETS.indexOf(rule.preset) <= preset).map((rule) => rule.id));
  const severities = new Map<string, Severity | 'off'>();
  const plain = config.layers.length === 0;
  return {
    // A rule that nothing can turn on need not run.
    rules: plain ? chosen.filter((rule) => inPreset.has(rule.id)) : chosen,
    severityOf: (rule, path) => {
      const key = plain ? rule.id : `${rule.id} ${path}`;
      const known = severities.get(key);
      if (known !== undefined) return known;
      const severity = configuredSeverity(config, rule, path) ?? (inPreset.has(rule.id) ? rule.severity : 'off');
      severities.set(key, severity);
      return severity;
    },
    optionsOf: (ruleId) => configuredOptions(config, ruleId),
    knownActions: new Set(config.knownActions),
    minConfidence: choice.minConfidence ?? config.minConfidence,
  };
}

/** Everything a rule may be called by: ids, categories and tags. */
export function ruleNames(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => [rule.id, rule.category, ...tagsOf(rule)]));
}

function bears(rule: Rule, name: string): boolean {
  return rule.id === name || rule.category === name || tagsOf(rule).includes(name);
}

const DOCS = 'https://github.com/iamlint/iamlint/blob/main/docs/rules/';

/** A rule as reports describe it. */
export function ruleInfo(rule: Rule): RuleInfo {
  const { id, title, category, severity, securitySeverity, confidence, docs } = rule;
  return { id, title, category, severity, securitySeverity, confidence, what: title, why: docs.why, fix: docs.fix, helpUri: `${DOCS}${id}.md`, tags: tagsOf(rule), references: docs.references };
}

function tagsOf(rule: Rule): readonly string[] {
  return ['security', 'iam', rule.category, ...(rule.tags ?? []), ...rule.standards.filter((standard) => /^(CWE|CIS)/.test(standard)).slice(0, 5)];
}
