import type { Guard } from '../core/guard.js';
import type { Origin } from '../core/source.js';
import type { PolicyKind, Statement } from '../iam/policy-document.js';
import type { Credential, Entity, PermissionModel, Policy, Principal, Provider, Setting, Share, Assignment, Binding } from '../model/model.js';
import type { Analysis } from '../analyze/index.js';
import type { Confidence, Evidence, PathHop, RelatedPlace, Severity, Witness } from './finding.js';
import type { StatementFacts } from './facts/statement.js';
import type { ModelFacts } from './facts/model.js';
/**
 * One rule. It looks at one kind of subject, is pure, and yields detections; wording lives in `docs`.
 * Ids name the bad pattern and are never reused.
 */
export type Rule = RuleOn<'statement', StatementSubject> | RuleOn<'policy', Policy> | RuleOn<'principal', Principal> | RuleOn<'resource', Entity> | RuleOn<'credential', Credential> | RuleOn<'provider', Provider> | RuleOn<'setting', Setting> | RuleOn<'binding', Binding> | RuleOn<'share', Share> | RuleOn<'assignment', Assignment> | RuleOn<'model', PermissionModel>;
export interface RuleOn<Name extends string, Subject> extends RuleDescription {
    readonly on: Name;
    readonly check: (subject: Subject, context: RuleContext) => Iterable<Detection>;
    /** For rules on statements: which kinds of statement they can apply to; absent: all. */
    readonly gate?: StatementGate | undefined;
}
/**
 * False where a rule cannot apply, so that it need not be asked. It must err on the side of asking: a statement whose effect is
 * not known may still make a rule undecided.
 */
export type StatementGate = (kind: PolicyKind, effect: Statement['effect'], hasConditions: boolean) => boolean;
export interface RuleDescription {
    readonly id: string;
    readonly title: string;
    readonly category: RuleCategory;
    readonly status: 'preview' | 'stable' | 'deprecated';
    readonly since: string;
    readonly severity: Severity;
    /** 0.1 to 10, as in SARIF's `security-severity`. */
    readonly securitySeverity: number;
    readonly confidence: Confidence;
    readonly docs: RuleDocs;
    /** The corresponding rules of other tools, e.g. `checkov:CKV_AWS_40`; their suppressions are honoured. */
    readonly peers: readonly string[];
    /** CIS, Security Hub, CWE ids. */
    readonly standards: readonly string[];
    /** Ids of rules whose finding on the same statement makes this one redundant. */
    readonly supersededBy?: readonly string[];
    /** Further words to choose rules by; `secret` masks the offending text in every report. */
    readonly tags?: readonly string[];
    /** In which preset it is on. */
    readonly preset: 'recommended' | 'strict' | 'all';
}
export type RuleCategory = 'wildcard' | 'root' | 'long-lived-credentials' | 'cross-account-trust' | 'public-access' | 'confused-deputy' | 'federation' | 'privilege-escalation' | 'policy-syntax' | 'policy-validity' | 'resource-policy' | 'boundary-scp-org' | 'identity-center' | 'password-policy-mfa' | 'hygiene' | 'coverage';
export interface RuleDocs {
    /** One line with `{placeholders}` filled from a detection's `says`. Lower-case start, no final stop, names in backticks. */
    readonly message: string;
    readonly why: string;
    readonly fix: string;
    readonly references: readonly string[];
}
/** What a rule found (or could not decide) at one place. */
export type Detection = Hit | Undecided;
export interface Hit {
    readonly kind: 'hit';
    /** The offending string itself: an action, resource or principal text, a key, a value. */
    readonly at: Origin;
    /** Fills the placeholders of the message. */
    readonly says?: Readonly<Record<string, string | number>>;
    readonly evidence?: Partial<Evidence>;
    readonly related?: readonly RelatedPlace[];
    readonly severity?: Severity;
    readonly securitySeverity?: number;
    readonly confidence?: Confidence;
    readonly path?: readonly PathHop[];
    readonly witness?: Witness;
    /** The fault exists only then; shown in the message. */
    readonly when?: Guard;
}
/** The rule could not judge: becomes a notice, never silence. */
export interface Undecided {
    readonly kind: 'undecided';
    readonly at: Origin;
    readonly because: string;
}
export interface StatementSubject {
    readonly policy: Policy;
    readonly statement: Statement;
    readonly facts: StatementFacts;
}
export interface RuleContext {
    readonly model: PermissionModel;
    readonly facts: ModelFacts;
    /** The engine's questions asked of the model; made when a rule first looks. */
    readonly analysis: Analysis;
    /** The rule's own options from the configuration. */
    readonly options: Readonly<Record<string, unknown>>;
}
