import type { Guard } from '../core/guard.js';
import type { Origin } from '../core/source.js';
import type { UnknownReason, Value } from '../core/value.js';
/** What a document is attached as; it decides which elements are legal and how it is evaluated. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'boundary' | 'session' | 'endpoint' | 'scp' | 'rcp';
/** One policy document as the grammar sees it. Texts may hold holes (see token.ts). */
export interface PolicyDocument {
    /** As written; `undefined` when absent, which AWS reads as 2008-10-17. */
    readonly version: Text | undefined;
    readonly id: Text | undefined;
    readonly statements: readonly Statement[];
    /** Deviations from the grammar, for the rules that report them. */
    readonly syntax: readonly SyntaxFault[];
    /** Parts that could not be read because their value is not known; the rest is still judged. */
    readonly gaps: readonly Gap[];
    readonly origin: Origin;
    /** The raw value, for checks of spelling. */
    readonly value: Value;
}
export interface Statement {
    /** Position in the document, from 0. */
    readonly index: number;
    readonly sid: Text | undefined;
    readonly effect: 'Allow' | 'Deny' | 'unknown';
    /** `undefined` when the statement has neither Principal nor NotPrincipal. */
    readonly principal: PrincipalElement | undefined;
    readonly action: PatternElement | undefined;
    readonly resource: PatternElement | undefined;
    readonly conditions: readonly Condition[];
    readonly gaps: readonly Gap[];
    /** The whole statement. */
    readonly origin: Origin;
    /** The statement exists only then. */
    readonly when: Guard;
}
/** Action/NotAction or Resource/NotResource. */
export interface PatternElement {
    readonly negated: boolean;
    readonly patterns: readonly Text[];
    /** The key (`Action`, `NotResource`). */
    readonly origin: Origin;
}
/** Principal/NotPrincipal. */
export interface PrincipalElement {
    readonly negated: boolean;
    readonly entries: readonly PrincipalEntry[];
    readonly origin: Origin;
}
export interface PrincipalEntry extends Text {
    /** `anyone` is the bare `"*"`; `AWS` with text `*` means the same. */
    readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | 'anyone' | 'other';
    /** The type key as written, for `other`. */
    readonly typeText: string;
}
/** One operator/key pair of a Condition block. */
export interface Condition {
    readonly operator: Text;
    readonly key: Text;
    readonly values: readonly Text[];
    readonly origin: Origin;
}
/** A string of a policy, where it is written, and when it is there. */
export interface Text {
    readonly text: string;
    readonly origin: Origin;
    readonly when?: Guard;
}
/** Something that could not be read. */
export interface Gap {
    readonly element: string;
    readonly reason: UnknownReason;
    readonly name: string;
    readonly origin: Origin;
}
export interface SyntaxFault {
    readonly code: SyntaxFaultCode;
    readonly message: string;
    readonly origin: Origin;
    /** The nearest legal word, when one is near. */
    readonly suggestion?: string;
}
export type SyntaxFaultCode = 'policy-json-parse-error' | 'policy-element-type' | 'policy-unknown-element' | 'policy-missing-statement' | 'statement-missing-effect' | 'statement-invalid-effect' | 'statement-missing-action' | 'statement-missing-resource' | 'statement-missing-principal' | 'statement-action-and-notaction' | 'statement-resource-and-notresource' | 'statement-principal-and-notprincipal' | 'statement-principal-not-allowed' | 'policy-duplicate-key' | 'policy-invalid-version';
