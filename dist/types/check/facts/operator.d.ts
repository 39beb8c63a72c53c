/** What the values of an operator are. */
export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'Ip' | 'Arn' | 'Null';
/** A condition operator as written, taken apart even when the whole is no legal operator. */
export interface ConditionOperator {
    /** As AWS spells it, without qualifier and suffix; `undefined` for operators that do not exist. */
    readonly base: string | undefined;
    readonly family: OperatorFamily | undefined;
    readonly negated: boolean;
    /** Takes `*` and `?` as wildcards (`StringLike` and every ARN operator). */
    readonly wildcards: boolean;
    readonly ifExists: boolean;
    readonly qualifier: 'ForAllValues' | 'ForAnyValue' | undefined;
}
/** Reads an operator such as `ForAnyValue:StringLikeIfExists`; case does not count. */
export declare function readConditionOperator(text: string): ConditionOperator;
/** The operator whose name is closest to a misspelt one. */
export declare function nearestOperator(text: string): string | undefined;
