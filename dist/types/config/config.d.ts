import type { Confidence, Severity } from '../check/finding.js';
import type { Origin } from '../core/source.js';
import type { Preset, RawSeverity } from './raw.js';
/**
 * What a run is told about the organization and about how to judge, from all configuration files that apply.
 * Facts about the world (organization, trust, vendors, known actions) hold for the whole run, whichever file states them;
 * everything else holds for the folder of the file that states it.
 */
export interface Config {
    /** Absolute folder, with `/`, that file names of the run are relative to. */
    readonly base: string;
    readonly organization: OrganizationConfig;
    /** By account. */
    readonly trusted: ReadonlyMap<string, TrustedAccountConfig>;
    readonly knownActions: readonly string[];
    readonly preset: Preset;
    readonly failOn: Severity | 'never';
    readonly minConfidence: Confidence;
    /** From the outermost folder to the innermost; later ones win. */
    readonly layers: readonly ConfigLayer[];
}
export interface OrganizationConfig {
    readonly id: string | undefined;
    readonly managementAccount: string | undefined;
    readonly accounts: ReadonlyMap<string, AccountConfig>;
    readonly units: ReadonlyMap<string, UnitConfig>;
    readonly controlPolicies: readonly ControlPolicyConfig[];
    /** Some file says that all control policies are told. */
    readonly controlPoliciesComplete: boolean;
}
export interface ControlPolicyConfig {
    /** As reports show it. */
    readonly file: string;
    readonly policyType: 'scp' | 'rcp';
    readonly targets: readonly string[];
    readonly origin: Origin;
}
export interface AccountConfig {
    readonly id: string;
    readonly name: string | undefined;
    /** Id or path of the organizational unit. */
    readonly unit: string | undefined;
    readonly origin: Origin;
}
export interface UnitConfig {
    readonly id: string;
    readonly name: string | undefined;
    readonly parent: string | undefined;
}
export interface TrustedAccountConfig {
    readonly account: string;
    readonly name: string | undefined;
    readonly kind: 'trusted' | 'vendor';
    readonly reason: string | undefined;
    /** Only these principals of the account are trusted; all when undefined. */
    readonly principals: readonly string[] | undefined;
}
/** What one file says about its folder. */
export interface ConfigLayer {
    /** The file as reports show it. */
    readonly file: string;
    /** Absolute, with `/`. */
    readonly folder: string;
    /** Files outside the folder are meant too. */
    readonly everywhere: boolean;
    /** The layers of the folders above do not count here. */
    readonly root: boolean;
    /** Id of 12 digits. */
    readonly account: string | undefined;
    readonly region: string | undefined;
    readonly parameters: ReadonlyMap<string, string>;
    readonly deployments: readonly DeploymentConfig[];
    readonly rules: readonly RuleSetting[];
    readonly overrides: readonly RuleOverride[];
    readonly ignores: PathMatcher;
    readonly suppressions: readonly SuppressionConfig[];
}
/** Tells whether a path, relative to the folder of the file that states the pattern, is meant. */
export type PathMatcher = (path: string) => boolean;
export interface DeploymentConfig {
    readonly matches: PathMatcher;
    readonly account: string | undefined;
    readonly region: string | undefined;
    readonly parameters: ReadonlyMap<string, string>;
}
export interface RuleSetting {
    /** Rule id or category. */
    readonly name: string;
    readonly severity: RawSeverity | undefined;
    readonly options: Readonly<Record<string, unknown>>;
    readonly origin: Origin;
}
export interface RuleOverride {
    readonly matches: PathMatcher;
    readonly rules: readonly RuleSetting[];
}
export interface SuppressionConfig {
    readonly rule: string;
    /** `undefined`: every file of the folder. */
    readonly matches: PathMatcher | undefined;
    readonly resource: string | undefined;
    readonly values: readonly string[] | undefined;
    readonly reason: string;
    /** Last day on which it holds, `YYYY-MM-DD`. */
    readonly until: string | undefined;
    readonly origin: Origin;
}
/** What holds when no file says anything. */
export declare function defaultConfig(base: string): Config;
