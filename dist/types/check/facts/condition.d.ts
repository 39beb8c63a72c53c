import type { Verdict } from '../../core/verdict.js';
import { type ConditionKeyInfo } from '../../data/condition-keys.js';
import type { Condition, Text } from '../../iam/policy-document.js';
import { type ConditionOperator } from './operator.js';
import { type KeyMeaning } from './scoping-keys.js';
/** One operator-key pair of a Condition block, with what it admits. */
export declare class ConditionFact {
    #private;
    readonly condition: Condition;
    readonly operator: ConditionOperator;
    /** The key in lower case: IAM compares keys without regard to case. */
    readonly key: string;
    readonly meaning: KeyMeaning;
    /** Another condition of the statement demands that the key be present. */
    readonly presenceDemanded: boolean;
    constructor(condition: Condition, presenceDemanded: boolean);
    /** What the reference says of the key; `undefined` for keys that do not exist. */
    get info(): ConditionKeyInfo | undefined;
    get values(): readonly Text[];
    /** Can a request that lacks the key satisfy the condition? */
    get admitsAbsence(): boolean;
    /**
     * Does the condition name what it admits: a positive comparison that an absent key fails, with values that are not
     * everything? `unknown` when a value could be a wildcard.
     */
    get namesValues(): Verdict;
    /**
     * Does the condition confine callers to fixed accounts, an organization, a resource or a network?
     * Keys that any account can satisfy (tags, user names), that callers send themselves, or that say nothing of the caller do not.
     */
    get confinesCaller(): Verdict;
    /** Negated, does the condition hold for every caller outside a fixed set, so that a `Deny` under it keeps them out? */
    get excludesOutsiders(): boolean;
    /** Does the condition single out resources (by tag, account, cluster, key alias), so that `Resource: "*"` is less than it seems? */
    get confinesResource(): Verdict;
    get text(): string;
}
