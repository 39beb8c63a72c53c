import type { Confidence, Severity } from '../check/finding.js';
/** A configuration file's content after the schema has accepted it; the shape of schema.json. */
export interface RawConfig {
    readonly root?: boolean;
    readonly organization?: RawOrganization;
    readonly trusted?: readonly RawTrustedAccount[];
    readonly vendors?: readonly RawVendor[];
    readonly account?: RawText;
    readonly region?: string;
    readonly parameters?: RawParameters;
    readonly deployments?: readonly RawDeployment[];
    readonly preset?: Preset;
    readonly rules?: RawRules;
    readonly overrides?: readonly {
        readonly files: RawTexts;
        readonly rules: RawRules;
    }[];
    readonly ignore?: RawTexts;
    readonly suppress?: readonly RawSuppression[];
    readonly failOn?: Severity | 'never';
    readonly minConfidence?: Confidence;
    readonly knownActions?: readonly string[];
}
export type Preset = 'recommended' | 'strict' | 'all';
/** Ids and names may look like numbers. */
export type RawText = string | number;
export type RawTexts = string | readonly string[];
export type RawParameters = Readonly<Record<string, RawScalar | readonly RawScalar[]>>;
export type RawScalar = string | number | boolean;
export type RawRules = Readonly<Record<string, RawSeverity | {
    readonly severity?: RawSeverity;
    readonly options?: Readonly<Record<string, unknown>>;
}>>;
export type RawSeverity = Severity | 'off';
export interface RawOrganization {
    readonly id?: string;
    readonly managementAccount?: RawText;
    readonly accounts?: readonly {
        readonly id: RawText;
        readonly name?: RawText;
        readonly ou?: RawText;
    }[];
    readonly units?: readonly {
        readonly id: RawText;
        readonly name?: RawText;
        readonly parent?: RawText;
    }[];
    readonly controlPolicies?: readonly {
        readonly file: RawText;
        readonly type?: 'scp' | 'rcp';
        readonly targets: RawTexts;
    }[];
    readonly controlPoliciesComplete?: boolean;
}
export interface RawTrustedAccount {
    readonly account: RawText;
    readonly name?: RawText;
    readonly reason: RawText;
    readonly vendor?: boolean;
    readonly principals?: RawTexts;
}
export interface RawVendor {
    readonly name: RawText;
    readonly accounts: readonly RawText[];
    readonly reason?: RawText;
}
export interface RawDeployment {
    readonly paths: RawTexts;
    readonly account?: RawText;
    readonly region?: string;
    readonly parameters?: RawParameters;
}
export interface RawSuppression {
    readonly rule: string;
    readonly paths?: RawTexts;
    readonly resource?: RawText;
    readonly values?: RawTexts;
    readonly reason: RawText;
    readonly until?: string;
}
