import { type Guard } from '../core/guard.js';
import { type Verdict } from '../core/verdict.js';
import { type ActionSet } from '../iam/action.js';
import { type CompiledCondition } from '../iam/condition/index.js';
import type { PolicyDocument, Statement } from '../iam/policy-document.js';
import { type PrincipalPattern } from '../iam/principal.js';
import type { Pattern } from '../iam/wildcard.js';
/** A policy document prepared once and asked many times. */
export interface CompiledPolicy {
    readonly document: PolicyDocument;
    readonly statements: readonly CompiledStatement[];
    /** Statements that could not be read may allow or deny anything. */
    readonly openReasons: readonly string[];
}
export interface CompiledStatement {
    readonly index: number;
    readonly source: Statement;
    readonly effect: 'Allow' | 'Deny' | 'unknown';
    /** Is the statement there in every deployment? */
    readonly present: Verdict;
    /** `undefined` matches no action. */
    readonly action: ActionElement | undefined;
    /** `undefined` when the statement names no resource. */
    readonly resource: ResourceElement | undefined;
    readonly principal: CompiledPrincipals | undefined;
    readonly conditions: readonly CompiledCondition[];
    readonly gaps: StatementGaps;
    readonly reasons: readonly string[];
}
/** Which elements hold values that could not be read. */
export interface StatementGaps {
    readonly action: boolean;
    readonly resource: boolean;
    readonly principal: boolean;
    readonly condition: boolean;
}
export interface ActionElement {
    readonly negated: boolean;
    readonly sure: ActionSet;
    /** Actions that are listed only in some deployments. */
    readonly perhaps: ActionSet | undefined;
}
export interface ResourceElement {
    readonly negated: boolean;
    readonly everything: boolean;
    readonly patterns: readonly GuardedPattern[];
}
export interface GuardedPattern {
    readonly pattern: Pattern;
    readonly present: Verdict;
}
export interface CompiledPrincipals {
    readonly negated: boolean;
    readonly entries: readonly {
        readonly pattern: PrincipalPattern;
        readonly present: Verdict;
    }[];
}
export interface CompileOptions {
    /** Deployment conditions that are taken to hold; what they exclude is left out. */
    readonly given?: Guard;
}
/** Prepares a policy document for evaluation. Never throws; what could not be read becomes `unknown` answers. */
export declare function compilePolicy(document: PolicyDocument, options?: CompileOptions): CompiledPolicy;
/** May the statement's match depend on what is not known of the document itself? */
export declare function isDefinite(statement: CompiledStatement): boolean;
