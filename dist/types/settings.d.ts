import type { CheckSettings } from './check/run.js';
import type { Rule } from './check/rule.js';
import type { Confidence } from './check/finding.js';
import type { Config } from './config/config.js';
import type { RuleInfo } from './report/rule-info.js';
/** What the command line says of rules; it wins over the configuration. */
export interface RuleChoice {
    /** Ids, categories or tags; empty: no restriction. */
    readonly only: readonly string[];
    readonly skip: readonly string[];
    readonly preset: Rule['preset'] | undefined;
    readonly minConfidence: Confidence | undefined;
}
export declare const NO_CHOICE: RuleChoice;
/** The rules of a run and how each is set for a file: command line before configuration before preset. */
export declare function checkSettings(rules: readonly Rule[], config: Config, choice: RuleChoice): CheckSettings;
/** Everything a rule may be called by: ids, categories and tags. */
export declare function ruleNames(rules: readonly Rule[]): ReadonlySet<string>;
/** A rule as reports describe it. */
export declare function ruleInfo(rule: Rule): RuleInfo;
