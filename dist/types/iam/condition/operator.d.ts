/** What an operator compares; `null` tests presence. */
export type OperatorFamily = 'string' | 'string-ignore-case' | 'string-like' | 'arn' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'null';
/** How an ordered family compares the request's value with the policy's. */
export type Comparison = 'equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal';
export interface Operator {
    readonly name: string;
    readonly family: OperatorFamily;
    readonly negated: boolean;
    readonly comparison: Comparison;
}
/** An operator as used: with its set prefix and its `IfExists` suffix. */
export interface OperatorUse {
    readonly operator: Operator;
    /** `one` for a plain operator, `all` for `ForAllValues:`, `any` for `ForAnyValue:`. */
    readonly quantifier: 'one' | 'all' | 'any';
    readonly ifExists: boolean;
}
/**
 * Reads an operator as written in a policy; `undefined` when AWS has no such operator.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multivalued context keys".
 */
export declare function readOperator(text: string): OperatorUse | undefined;
/** The names of all plain operators, for suggestions. */
export declare function operatorNames(): readonly string[];
