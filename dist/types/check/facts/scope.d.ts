import type { Verdict } from '../../core/verdict.js';
import type { Gap } from '../../iam/policy-document.js';
import type { ConditionFact } from './condition.js';
/** How far a statement's conditions confine its callers. */
export interface CallerScope {
    /** Some condition confines callers to fixed accounts, an organization, resources or networks. */
    readonly confined: Verdict;
    /** The conditions that do. */
    readonly by: readonly ConditionFact[];
    /** Why it is not known. */
    readonly because: string | undefined;
}
/** How far a statement's conditions confine the resources it reaches. */
export interface ResourceScope {
    readonly confined: Verdict;
    readonly by: readonly ConditionFact[];
    readonly because: string | undefined;
}
/** One confining condition is enough, because all must hold. */
export declare function callerScope(conditions: readonly ConditionFact[], gap: Gap | undefined): CallerScope;
export declare function resourceScope(conditions: readonly ConditionFact[], gap: Gap | undefined): ResourceScope;
