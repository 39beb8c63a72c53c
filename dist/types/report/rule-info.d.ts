import type { Confidence, Severity } from '../check/finding.js';
/** What a report says about a rule whether or not it fired: the source of SARIF's rule list, `iamlint rules` and `iamlint explain`. */
export interface RuleInfo {
    readonly id: string;
    /** One line, as a heading. */
    readonly title: string;
    readonly category: string;
    readonly severity: Severity;
    /** 0 to 10, as CVSS counts; 0 for a rule that is about quality, not security. */
    readonly securitySeverity: number;
    readonly confidence: Confidence;
    readonly what: string;
    readonly why: string;
    readonly fix: string;
    readonly helpUri: string;
    readonly tags: readonly string[];
    /** Addresses of the documents the rule rests on. */
    readonly references: readonly string[];
}
/**
 * The tag of rules whose offending text is itself a secret. Excerpts of such text are masked in every report:
 * logs are read by more people than the repository is.
 */
export declare const SECRET_TAG = "secret";
