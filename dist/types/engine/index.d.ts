import type { PolicyKind } from '../iam/policy-document.js';
import { type CompiledPolicy } from './compile.js';
import { type CompiledLayers } from './evaluate.js';
import type { CompareOptions, Comparison, Decision, PolicyJson, PolicySet, Request } from './types.js';
export { AccessSearch, DEFAULT_BOUND } from './access-search.js';
export { compareCompiled } from './compare.js';
export { type DeadStatement, deadStatements, type DenyCut, denyCuts } from './dead-statements.js';
export { documentsAllow } from './document-access.js';
export type * from './admitted.js';
export { externalAccess } from './external-access.js';
export { type AccessFacts, AccessFinder, type CallerFact, type FoundAccess, type KeyFact } from './find-access.js';
export { type CompiledPolicy, type CompileOptions, compilePolicy } from './compile.js';
export { type CompiledLayers, evaluateCompiled } from './evaluate.js';
export type * from './types.js';
/**
 * Decides one request against plain JSON policy documents.
 * The documents are read anew on every call; use `loadPolicies` to ask many requests of the same ones.
 */
export declare function evaluate(request: Request, policies: PolicySet<PolicyJson>): Decision;
/** Reads and compiles plain JSON documents once, for `evaluateCompiled`. Later changes to the documents are not seen. */
export declare function loadPolicies(policies: PolicySet<PolicyJson>): CompiledLayers;
/**
 * Does `after` allow any request that `before` does not? Each side is one plain JSON document, or several of one kind
 * that apply together. `unknown` comes with its reason.
 */
export declare function compareAccess(before: PolicyJson | readonly PolicyJson[], after: PolicyJson | readonly PolicyJson[], options: CompareOptions): Comparison;
/** Compiles one plain JSON document. */
export declare function compileJson(document: PolicyJson, kind: PolicyKind): CompiledPolicy;
