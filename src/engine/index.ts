import { parsePolicy, valueOfJson } from '../iam/parse-policy.ts';
import type { PolicyKind } from '../iam/policy-document.ts';
import { compareCompiled } from './compare.ts';
import { type CompiledPolicy, compilePolicy } from './compile.ts';
import { type CompiledLayers, evaluateCompiled } from './evaluate.ts';
import type { CompareOptions, Comparison, ControlLevel, Decision, PolicyJson, PolicySet, Request, Unknown } from './types.ts';

export { AccessSearch, DEFAULT_BOUND } from './access-search.ts';
export { compareCompiled } from './compare.ts';
export { type DeadStatement, deadStatements, type DenyCut, denyCuts } from './dead-statements.ts';
export { documentsAllow } from './document-access.ts';
export type * from './admitted.ts';
export { externalAccess } from './external-access.ts';
export { type AccessFacts, AccessFinder, type CallerFact, type FoundAccess, type KeyFact } from './find-access.ts';
export { type CompiledPolicy, type CompileOptions, compilePolicy } from './compile.ts';
export { type CompiledLayers, evaluateCompiled } from './evaluate.ts';
export type * from './types.ts';

/**
 * Decides one request against plain JSON policy documents.
 * The documents are read anew on every call; use `loadPolicies` to ask many requests of the same ones.
 */
export function evaluate(request: Request, policies: PolicySet<PolicyJson>): Decision {
  return evaluateCompiled(request, loadPolicies(policies));
}

/** Reads and compiles plain JSON documents once, for `evaluateCompiled`. Later changes to the documents are not seen. */
export function loadPolicies(policies: PolicySet<PolicyJson>): CompiledLayers {
  const list = (documents: readonly PolicyJson[] | Unknown | undefined, kind: PolicyKind): readonly CompiledPolicy[] | Unknown =>
    documents === 'unknown' ? documents : (documents ?? []).map((document) => compileJson(document, kind));
  const one = (document: PolicyJson | readonly PolicyJson[] | null | Unknown | undefined, kind: PolicyKind): readonly CompiledPolicy[] | Unknown =>
    list(document === null || document === undefined ? [] : isList(document) || document === 'unknown' ? document : [document], kind);
  const levels = (given: readonly ControlLevel<PolicyJson>[] | Unknown | undefined, kind: PolicyKind): readonly ControlLevel<CompiledPolicy>[] | Unknown =>
    given === 'unknown' ? given : (given ?? []).map((level) => ({ id: level.id, policies: level.policies.map((document) => compileJson(document, kind)) }));
  return {
    identity: list(policies.identity, 'identity'),
    resource: one(policies.resource, 'resource'),
    boundary: list(policies.boundary, 'boundary'),
    session: one(policies.session, 'session'),
    scp: levels(policies.scp, 'scp'),
    rcp: levels(policies.rcp, 'rcp'),
    vpce: list(policies.vpce, 'endpoint'),
    settings: policies.settings,
  };
}

/**
 * Does `after` allow any request that `before` does not? Each side is one plain JSON document, or several of one kind
 * that apply together. `unknown` comes with its reason.
 */
export function compareAccess(before: PolicyJson | readonly PolicyJson[], after: PolicyJson | readonly PolicyJson[], options: CompareOptions): Comparison {
  const compile = (side: PolicyJson | readonly PolicyJson[]): readonly CompiledPolicy[] => (isList(side) ? side : [side]).map((document) => compileJson(document, options.policyType));
  return compareCompiled(compile(before), compile(after), options);
}

/** Compiles one plain JSON document. */
export function compileJson(document: PolicyJson, kind: PolicyKind): CompiledPolicy {
  return compilePolicy(parsePolicy(valueOfJson(document), kind));
}

function isList(value: PolicyJson | readonly PolicyJson[] | Unknown): value is readonly PolicyJson[] {
  return Array.isArray(value);
}
