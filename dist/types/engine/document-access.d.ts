import { type Verdict } from '../core/verdict.js';
import type { CompiledPolicy } from './compile.js';
import type { ComparableKind, Request } from './types.js';
/**
 * Do documents of one kind, taken alone, allow a request? An allow and no deny among them; resource control policies
 * stand on a policy that allows everything. This is what `compareAccess` compares, and what its witnesses are held to.
 */
export declare function documentsAllow(policies: readonly CompiledPolicy[], request: Request, kind: ComparableKind): Verdict;
