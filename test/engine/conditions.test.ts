import { describe, expect, it } from 'vitest';
import { documentsAllow } from '../../src/engine/index.ts';
import type { RequestValue } from '../../src/engine/types.ts';
import { allow, compileWithHoles } from './documents.ts';

type Context = Record<string, RequestValue>;

/** Does an allow with this condition apply to a request with this context? */
function holds(condition: Record<string, unknown>, context: Context, version = '2012-10-17'): string {
  const request = { principal: 'arn:aws:iam::111111111111:user/alice', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context };
  return documentsAllow([compileWithHoles(allow({ Condition: condition }, version), 'identity')], request, 'identity');
}

const cases = (list: readonly (readonly [Record<string, unknown>, Context, string])[]): readonly (readonly [string, string, string, Record<string, unknown>, Context])[] =>
  list.map(([condition, context, expected]) => [JSON.stringify(condition), JSON.stringify(context), expected, condition, context]);

describe('an absent key', () => {
  it.each(cases([
    [{ StringEquals: { k: 'a' } }, {}, 'no'],
    [{ StringNotEquals: { k: 'a' } }, {}, 'yes'],
    [{ StringEqualsIfExists: { k: 'a' } }, {}, 'yes'],
    [{ Bool: { k: 'false' } }, {}, 'no'],
    [{ BoolIfExists: { k: 'true' } }, {}, 'yes'],
    [{ NumericLessThan: { k: '5' } }, {}, 'no'],
    [{ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, {}, 'yes'],
    [{ Null: { k: 'true' } }, {}, 'yes'],
    [{ Null: { k: 'false' } }, {}, 'no'],
    [{ 'ForAllValues:StringEquals': { k: 'a' } }, {}, 'yes'],
    [{ 'ForAnyValue:StringEquals': { k: 'a' } }, {}, 'no'],
    [{ 'ForAnyValue:StringNotEquals': { k: 'a' } }, {}, 'no'],
    [{ 'ForAnyValue:StringEqualsIfExists': { k: 'a' } }, {}, 'yes'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('strings and ARNs', () => {
  it.each(cases([
    [{ StringEquals: { k: ['a', 'b'] } }, { K: 'b' }, 'yes'],
    [{ StringEquals: { k: 'a*' } }, { k: 'ab' }, 'no'],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, 'no'],
    [{ StringEqualsIgnoreCase: { k: 'AbC' } }, { k: 'aBc' }, 'yes'],
    [{ StringNotEqualsIgnoreCase: { k: 'AbC' } }, { k: 'aBc' }, 'no'],
    [{ StringLike: { k: 'a*c?' } }, { k: 'abbc:' }, 'yes'],
    [{ StringNotLike: { k: 'a*' } }, { k: 'ba' }, 'yes'],
    [{ StringEquals: { 'aws:PrincipalTag/Team': 'x' } }, { 'aws:principaltag/team': 'x' }, 'yes'],
    [{ ArnLike: { k: 'arn:aws:sns:*:1:t*' } }, { k: 'arn:aws:sns:eu:1:topic' }, 'yes'],
    [{ ArnEquals: { k: 'arn:aws:sns:*:1:t' } }, { k: 'arn:aws:sns:a:b:1:t' }, 'no'],
    [{ ArnLike: { k: 'arn:aws:sns:*:1:t' } }, { k: 'topic' }, 'no'],
    [{ ArnNotLike: { k: 'arn:aws:sns:*:1:t' } }, { k: 'topic' }, 'yes'],
    [{ BinaryEquals: { k: 'QQ==' } }, { k: 'QQ==' }, 'yes'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('numbers, dates, addresses and truth', () => {
  it.each(cases([
    [{ NumericEquals: { k: '10' } }, { k: '10.0' }, 'yes'],
    [{ NumericEquals: { k: '0.1' } }, { k: '0.10000000000000000001' }, 'no'],
    [{ NumericNotEquals: { k: ['1', '2'] } }, { k: '2' }, 'no'],
    [{ NumericLessThan: { k: ['5', '50'] } }, { k: 20 }, 'yes'],
    [{ NumericGreaterThanEquals: { k: '30' } }, { k: '30' }, 'yes'],
    [{ NumericLessThanEquals: { k: '9007199254740993' } }, { k: '9007199254740993' }, 'yes'],
    [{ NumericLessThan: { k: '5' } }, { k: 'many' }, 'no'],
    [{ DateGreaterThan: { k: '1700000000' } }, { k: '2026-01-01T00:00:00Z' }, 'yes'],
    [{ DateLessThan: { k: '2026-01-01' } }, { k: '2025-12-31T23:59:59.999Z' }, 'yes'],
    [{ DateEquals: { k: '2026-01-01T02:00:00+02:00' } }, { k: '1767225600' }, 'yes'],
    [{ DateEquals: { k: '2026' } }, { k: '2026-01-01' }, 'yes'],
    [{ DateLessThan: { k: '2026-02-30' } }, { k: '2020-01-01' }, 'no'],
    [{ IpAddress: { k: '203.0.113.7/24' } }, { k: '203.0.113.200' }, 'yes'],
    [{ IpAddress: { k: ['10.0.0.0/8', '203.0.113.9'] } }, { k: '203.0.113.9' }, 'yes'],
    [{ IpAddress: { k: '2001:db8::/32' } }, { k: '2001:0DB8:1:0:0:0:0:1' }, 'yes'],
    [{ IpAddress: { k: '0.0.0.0/0' } }, { k: '::1' }, 'no'],
    [{ NotIpAddress: { k: '0.0.0.0/0' } }, { k: '::1' }, 'yes'],
    [{ IpAddress: { k: '10.0.0.0/33' } }, { k: '10.0.0.1' }, 'no'],
    [{ Bool: { k: true } }, { k: 'TRUE' }, 'yes'],
    [{ Bool: { k: 'true' } }, { k: 'false' }, 'no'],
    [{ Bool: { k: 'yes' } }, { k: 'yes' }, 'no'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('keys with several values', () => {
  it.each(cases([
    [{ StringEquals: { k: 'a' } }, { k: ['a'] }, 'no'],
    [{ StringNotEquals: { k: 'a' } }, { k: ['b'] }, 'no'],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'b'] }, 'yes'],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, 'no'],
    [{ 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: ['c', 'b'] }, 'yes'],
    [{ 'ForAnyValue:StringNotEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, 'yes'],
    [{ 'ForAllValues:StringNotEquals': { k: ['a', 'b'] } }, { k: ['c', 'b'] }, 'no'],
    [{ 'ForAllValues:StringLike': { k: 'a' } }, { k: [] }, 'yes'],
    [{ 'ForAllValues:StringLike': { k: 'a' } }, { k: '' }, 'yes'],
    [{ 'ForAnyValue:StringLike': { k: '*' } }, { k: '' }, 'no'],
    [{ 'ForAnyValue:StringLike': { k: 'a*' } }, { k: 'ab' }, 'yes'],
    [{ Null: { k: 'true' } }, { k: [] }, 'yes'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('policy variables', () => {
  it.each(cases([
    [{ StringEquals: { k: '${aws:username}' } }, { k: 'alice' }, 'yes'],
    [{ StringEquals: { k: '${aws:PrincipalTag/none}' } }, { k: '' }, 'no'],
    [{ StringNotEquals: { k: '${aws:PrincipalTag/none}' } }, { k: 'x' }, 'yes'],
    [{ StringEquals: { k: "${aws:PrincipalTag/none, 'x'}" } }, { k: 'x' }, 'yes'],
    [{ StringLike: { k: '${v}' } }, { k: 'abc', v: 'a*' }, 'no'],
    [{ StringLike: { k: '${v}' } }, { k: 'a*', v: 'a*' }, 'yes'],
    [{ StringLike: { k: 'x-${v}' } }, { k: 'x-1', v: ['1'] }, 'no'],
    [{ NumericEquals: { k: '${v}' } }, { k: '1', v: '1' }, 'no'],
    [{ ArnLike: { k: 'arn:aws:iam::1:user/${aws:username}' } }, { k: 'arn:aws:iam::1:user/alice' }, 'yes'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });

  it('are plain text before version 2012-10-17', () => {
    expect(holds({ StringEquals: { k: '${aws:username}' } }, { k: 'alice' }, '2008-10-17')).toBe('no');
    expect(holds({ StringEquals: { k: '${aws:username}' } }, { k: '${aws:username}' }, '2008-10-17')).toBe('yes');
  });
});

describe('what is not known', () => {
  it.each(cases([
    [{ StringEquals: { k: 'a' } }, { k: undefined }, 'unknown'],
    [{ StringEquals: { k: '{{?v}}' } }, { k: 'a' }, 'unknown'],
    [{ StringNotEquals: { k: ['a', '{{?v}}'] } }, { k: 'a' }, 'no'],
    [{ StringLike: { k: 'a{{?v}}' } }, { k: 'b' }, 'no'],
    [{ 'String{{?v}}': { k: 'a' } }, { k: 'a' }, 'unknown'],
    [{ NumericLessThan: { k: '{{?v}}' } }, { k: '1' }, 'unknown'],
    [{ StringEquals: { '{{?v}}': 'a' } }, { k: 'a' }, 'unknown'],
    [{ StringLike: { k: '${v}' } }, { k: 'a', v: undefined }, 'unknown'],
  ]))('%s on %s: %s', (_, __, expected, condition, context) => {
    expect(holds(condition, context)).toBe(expected);
  });

  it('lets an allow with an operator AWS does not have grant nothing, and leaves a deny open', () => {
    const request = { principal: 'arn:aws:iam::111111111111:user/alice', action: 's3:GetObject', resource: '*', context: { k: 'a' } };
    const condition = { StringFuzzy: { k: 'a' } };
    expect(holds(condition, { k: 'a' })).toBe('no');
    const denied = compileWithHoles({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: condition }] }, 'identity');
    expect(documentsAllow([denied], request, 'identity')).toBe('unknown');
  });
});
