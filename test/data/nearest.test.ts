import { expect, test } from 'vitest';
import { editDistance, nearestAction, nearestConditionKey, nearestService } from '../../src/data/nearest.ts';
import { nearestServicePrincipal } from '../../src/data/service-principals.ts';

test('near misses are corrected', () => {
  expect(nearestAction('s3:GetObjcet')).toBe('s3:GetObject');
  expect(nearestAction('s3:getobjects')).toBe('s3:GetObject');
  expect(nearestAction('lamda:InvokeFunction')).toBe('lambda:InvokeFunction');
  expect(nearestAction('ec2:DescribeInstance')).toBe('ec2:DescribeInstances');
  expect(nearestService('dynamodbb')).toBe('dynamodb');
  expect(nearestConditionKey('aws:PrincipalOrgId1')).toBe('aws:PrincipalOrgID');
  expect(nearestConditionKey('SourceIp')).toBe('aws:SourceIp');
  expect(nearestConditionKey('s3:prefx')).toBe('s3:prefix');
  expect(nearestServicePrincipal('lamda.amazonaws.com')).toBe('lambda.amazonaws.com');
  expect(nearestServicePrincipal('lambda')).toBe('lambda.amazonaws.com');
});

test('what is far from everything is left alone', () => {
  expect(nearestAction('s3:FrobnicateTheWidget')).toBeUndefined();
  expect(nearestAction('zzzzzzzzzz:GetObject')).toBeUndefined();
  expect(nearestAction('GetObject')).toBeUndefined();
  expect(nearestAction(`s3:${'x'.repeat(100_000)}`)).toBeUndefined();
  expect(nearestConditionKey('zz:zzzzzz')).toBeUndefined();
});

test('edit distance counts insertions, deletions, replacements and swaps, up to its bound', () => {
  expect(editDistance('abc', 'abc', 3)).toBe(0);
  expect(editDistance('abc', 'acb', 3)).toBe(1);
  expect(editDistance('abc', 'abcd', 3)).toBe(1);
  expect(editDistance('kitten', 'sitting', 3)).toBe(3);
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('', 'abcdef', 2)).toBe(3);
});
