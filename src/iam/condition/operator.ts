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
export function readOperator(text: string): OperatorUse | undefined {
  const lower = text.toLowerCase();
  const quantifier = lower.startsWith('forallvalues:') ? 'all' : lower.startsWith('foranyvalue:') ? 'any' : 'one';
  const unprefixed = quantifier === 'one' ? lower : lower.slice(lower.indexOf(':') + 1);
  const ifExists = unprefixed.endsWith('ifexists');
  const operator = OPERATORS.get(ifExists ? unprefixed.slice(0, -'ifexists'.length) : unprefixed);
  if (operator === undefined || (operator.family === 'null' && (ifExists || quantifier !== 'one'))) return undefined;
  return { operator, quantifier, ifExists };
}

/** The names of all plain operators, for suggestions. */
export function operatorNames(): readonly string[] {
  return [...OPERATORS.values()].map((operator) => operator.name);
}

function row(name: string, family: OperatorFamily, negated = false, comparison: Comparison = 'equal'): readonly [string, Operator] {
  return [name.toLowerCase(), { name, family, negated, comparison }];
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  row('StringEquals', 'string'),
  row('StringNotEquals', 'string', true),
  row('StringEqualsIgnoreCase', 'string-ignore-case'),
  row('StringNotEqualsIgnoreCase', 'string-ignore-case', true),
  row('StringLike', 'string-like'),
  row('StringNotLike', 'string-like', true),
  row('ArnEquals', 'arn'),
  row('ArnLike', 'arn'),
  row('ArnNotEquals', 'arn', true),
  row('ArnNotLike', 'arn', true),
  row('NumericEquals', 'numeric'),
  row('NumericNotEquals', 'numeric', true),
  row('NumericLessThan', 'numeric', false, 'less'),
  row('NumericLessThanEquals', 'numeric', false, 'less-or-equal'),
  row('NumericGreaterThan', 'numeric', false, 'greater'),
  row('NumericGreaterThanEquals', 'numeric', false, 'greater-or-equal'),
  row('DateEquals', 'date'),
  row('DateNotEquals', 'date', true),
  row('DateLessThan', 'date', false, 'less'),
  row('DateLessThanEquals', 'date', false, 'less-or-equal'),
  row('DateGreaterThan', 'date', false, 'greater'),
  row('DateGreaterThanEquals', 'date', false, 'greater-or-equal'),
  row('Bool', 'bool'),
  row('BinaryEquals', 'binary'),
  row('IpAddress', 'ip'),
  row('NotIpAddress', 'ip', true),
  row('Null', 'null'),
]);
