import { operatorNames, readOperator as readKnown } from '../../iam/condition/operator.ts';

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
export function readConditionOperator(text: string): ConditionOperator {
  let name = text;
  const lower = text.toLowerCase();
  const qualifier = lower.startsWith('forallvalues:') ? 'ForAllValues' : lower.startsWith('foranyvalue:') ? 'ForAnyValue' : undefined;
  if (qualifier !== undefined) name = name.slice(qualifier.length + 1);
  const ifExists = lower.endsWith('ifexists');
  if (ifExists) name = name.slice(0, -'ifexists'.length);
  const use = readKnown(name);
  const plain = use?.quantifier === 'one' && !use.ifExists ? use.operator : undefined;
  return {
    base: plain?.name,
    family: plain === undefined ? undefined : FAMILIES[plain.family],
    negated: plain?.negated ?? false,
    wildcards: plain?.family === 'string-like' || plain?.family === 'arn',
    ifExists,
    qualifier,
  };
}

const FAMILIES = {
  string: 'String',
  'string-ignore-case': 'String',
  'string-like': 'String',
  arn: 'Arn',
  numeric: 'Numeric',
  date: 'Date',
  bool: 'Bool',
  binary: 'Binary',
  ip: 'Ip',
  null: 'Null',
} as const;

/** The operator whose name is closest to a misspelt one. */
export function nearestOperator(text: string): string | undefined {
  const folded = text.toLowerCase().replace(/^(forallvalues|foranyvalue):/, '').replace(/ifexists$/, '');
  return operatorNames().find((name) => name.toLowerCase() === folded || sameLetters(name.toLowerCase(), folded));
}

/** Spellings that differ by a plural, a swapped word or a missing `s`: `StringEqual`, `EqualsString`, `StringLikes`. */
function sameLetters(name: string, wanted: string): boolean {
  const letters = (text: string): string => [...text.replace(/s/g, '')].sort().join('');
  return letters(name) === letters(wanted);
}
