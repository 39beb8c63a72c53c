import type { AdmittedGrant, TrustScope } from './admitted.js';
import type { CompiledPolicy } from './compile.js';
import type { CompareOptions } from './types.js';
/**
 * Whom the Allow statements of a resource or trust policy admit, its denies taken away: per statement the largest sets
 * of callers. A condition counts by what it admits: one that a stranger can meet limits nothing.
 */
export declare function externalAccess(policies: readonly CompiledPolicy[], scope: TrustScope, options: CompareOptions): readonly AdmittedGrant[];
