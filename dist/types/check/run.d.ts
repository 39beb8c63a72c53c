import type { PermissionModel } from '../model/model.js';
import type { Confidence, Finding, Notice, Severity } from './finding.js';
import type { Rule } from './rule.js';
export interface CheckSettings {
    readonly rules: readonly Rule[];
    /** How a rule is set for a file: its severity there, or off. */
    readonly severityOf: (rule: Rule, path: string) => Severity | 'off';
    readonly optionsOf: (ruleId: string) => Readonly<Record<string, unknown>>;
    readonly knownActions: ReadonlySet<string>;
    readonly minConfidence: Confidence;
}
export interface CheckOutcome {
    readonly findings: readonly Finding[];
    readonly notices: readonly Notice[];
}
/**
 * Runs rules over the model. A rule that crashes becomes a notice and the others go on.
 * On one statement, a finding of a broader rule replaces those of the rules it supersedes.
 */
export declare function check(model: PermissionModel, settings: CheckSettings): CheckOutcome;
