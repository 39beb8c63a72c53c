import { unreachable } from '../../core/unreachable.ts';
import { type Verdict, verdictOf } from '../../core/verdict.ts';
import { compileArnPattern } from '../arn.ts';
import { matchPattern } from '../holes.ts';
import { hasHole } from '../token.ts';
import { compilePattern } from '../wildcard.ts';
import { type ContextReader, matchFilled, matchFilledIgnoringCase } from './context.ts';
import { parseDate } from './date.ts';
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts';
import { containsRange, parseIpRange } from './ip.ts';
import type { Comparison, Operator } from './operator.ts';

/** Does a value of the request meet one value of the policy, before any negation? */
export type ValueTest = (value: string, context: ContextReader) => Verdict;

/** Prepares the test of one policy value. Values that cannot be of the operator's type match nothing. */
export function compileValueTest(operator: Operator, text: string, variables: boolean): ValueTest {
  switch (operator.family) {
    case 'string':
    case 'binary': {
      const pattern = compilePattern(text, { wildcards: false, variables: variables && operator.family === 'string' });
      return (value, context) => matchFilled(pattern, value, context);
    }
    case 'string-ignore-case':
    case 'bool': {
      const pattern = compilePattern(text, { wildcards: false, variables });
      const ignoringCase: ValueTest = (value, context) => matchFilledIgnoringCase(pattern, value, context);
      return operator.family === 'bool' ? (value, context) => (isBoolean(value) ? ignoringCase(value, context) : 'no') : ignoringCase;
    }
    case 'string-like': {
      const pattern = compilePattern(text, { wildcards: true, variables });
      return (value, context) => matchFilled(pattern, value, context);
    }
    case 'arn':
      return arnTest(text, variables);
    case 'numeric':
      return orderedTest(text, operator.comparison, parseDecimal);
    case 'date':
      return orderedTest(text, operator.comparison, parseDate);
    case 'ip':
      return ipTest(text);
    case 'null':
      return () => 'no';
    default:
      return unreachable(operator.family);
  }
}

function isBoolean(value: string): boolean {
  const lower = value.toLowerCase();
  return lower === 'true' || lower === 'false' || hasHole(value);
}

/** A policy value that is no ARN pattern matches nothing for certain; where the whole text would match, AWS's pages are silent. */
function arnTest(text: string, variables: boolean): ValueTest {
  const { pattern, malformed } = compileArnPattern(text, variables);
  if (malformed) return (value) => (value.startsWith('arn:') && matchPattern(pattern, value) !== 'no' ? 'unknown' : 'no');
  return (value, context) => matchFilled(pattern, value, context);
}

function orderedTest(text: string, comparison: Comparison, parse: (text: string) => Decimal | undefined): ValueTest {
  if (hasHole(text)) return () => 'unknown';
  const wanted = parse(text);
  if (wanted === undefined) return () => 'no';
  return (value) => {
    if (hasHole(value)) return 'unknown';
    const given = parse(value);
    return verdictOf(given !== undefined && compares(compareDecimals(given, wanted), comparison));
  };
}

/** Does the sign of a comparison satisfy an ordering operator? */
export function compares(sign: number, comparison: Comparison): boolean {
  switch (comparison) {
    case 'equal':
      return sign === 0;
    case 'less':
      return sign < 0;
    case 'less-or-equal':
      return sign <= 0;
    case 'greater':
      return sign > 0;
    case 'greater-or-equal':
      return sign >= 0;
    default:
      return unreachable(comparison);
  }
}

function ipTest(text: string): ValueTest {
  if (hasHole(text)) return () => 'unknown';
  const block = parseIpRange(text);
  if (block === undefined) return () => 'no';
  return (value) => {
    if (hasHole(value)) return 'unknown';
    const address = parseIpRange(value);
    return verdictOf(address !== undefined && containsRange(block, address));
  };
}
