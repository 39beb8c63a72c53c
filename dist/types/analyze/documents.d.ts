import { type Guard } from '../core/guard.js';
import { type CompiledPolicy } from '../engine/compile.js';
import type { PolicyDocument } from '../iam/policy-document.js';
/** A document compiled once for all places that say the same. Statements keep their index, so places are found in the policy at hand. */
export interface InternedDocument {
    readonly id: number;
    readonly compiled: CompiledPolicy;
    /** What it allows depends on who of its holders asks: it compares names, ARNs or tags of the caller. */
    readonly personal: boolean;
    readonly denies: boolean;
}
/** Compiles documents and knows equal ones by their content. INVARIANT: equal contents have one id. */
export declare class DocumentStore {
    #private;
    /** `when` says when the document applies at all; statements then exist only under it. */
    intern(document: PolicyDocument, when?: Guard): InternedDocument;
    /** How many different documents there are. */
    get size(): number;
}
