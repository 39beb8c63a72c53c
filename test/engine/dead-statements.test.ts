import { describe, expect, it } from 'vitest';
import { deadStatements, denyCuts, type PolicyJson } from '../../src/engine/index.ts';
import { compileWithHoles, document } from './documents.ts';

const statement = (effect: string, action: unknown, more: PolicyJson = {}): PolicyJson => ({ Effect: effect, Action: action, Resource: '*', ...more });

function dead(...statements: readonly PolicyJson[]): readonly string[] {
  return deadStatements([compileWithHoles(document(...statements), 'identity')], { policyType: 'identity' }).map((found) => `${found.statement.index} ${found.kind} ${found.by.map((other) => other.index).join('+')}`.trim());
}

describe('statements that change nothing', () => {
  it.each<[string, readonly PolicyJson[], readonly string[]]>([
    ['nothing is dead', [statement('Allow', 's3:*'), statement('Allow', 'ec2:*')], []],
    ['covered by one other', [statement('Allow', 's3:*'), statement('Allow', 's3:GetObject', { Resource: 'arn:aws:s3:::b/*' })], ['1 redundant 0']],
    ['covered by two together', [statement('Allow', 's3:Get*'), statement('Allow', 's3:Put*'), statement('Allow', ['s3:GetObject', 's3:PutObject'])], ['2 redundant 0+1']],
    ['the later of two alike', [statement('Allow', 's3:*'), statement('Allow', 's3:*')], ['1 redundant 0']],
    ['all denied', [statement('Deny', 's3:Put*'), statement('Allow', ['s3:PutObject', 's3:PutObjectAcl'])], ['1 shadowed 0']],
    ['partly denied', [statement('Deny', 's3:Put*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), statement('Allow', 's3:PutObject')], []],
    ['conditions that exclude each other', [statement('Allow', 's3:*', { Condition: { StringEquals: { k: 'a' }, StringNotEquals: { k: 'a' } } })], ['0 never']],
    ['a number that is both small and large', [statement('Allow', 's3:*', { Condition: { NumericLessThan: { 's3:max-keys': '1' }, NumericGreaterThan: { 's3:max-keys': '2' } } })], ['0 never']],
    ['an action without a service', [statement('Allow', 's3')], ['0 never']],
    ['a deny within another', [statement('Deny', '*'), statement('Deny', 'iam:*')], ['1 redundant 0']],
    ['a resource that is not known may be any', [statement('Allow', 's3:*', { Resource: 'arn:aws:s3:::a' }), statement('Allow', 's3:*', { Resource: '{{?R}}' })], []],
    ['but the same one twice is the same', [statement('Allow', 's3:*', { Resource: '{{?R}}' }), statement('Allow', 's3:Get*', { Resource: '{{?R}}' })], ['1 redundant 0']],
  ])('%s', (_, statements, expected) => {
    expect(dead(...statements)).toEqual(expected);
  });
});

describe('what a deny cuts', () => {
  const policy = compileWithHoles(document(statement('Allow', 's3:*'), statement('Allow', 's3:PutObject', { Resource: 'arn:aws:s3:::c/*' }), statement('Deny', 's3:Put*'), statement('Deny', 'iam:*')), 'identity');
  const cuts = (index: number): readonly string[] => {
    const deny = policy.statements[index];
    if (deny === undefined) throw new Error('no such statement');
    return denyCuts(deny, [policy], { policyType: 'identity' }).map((cut) => `${cut.allow.index} ${cut.whole ? 'whole' : 'part'} ${cut.witness.action}`);
  };

  it('names the allows that lose something, each with a request it loses', () => {
    expect(cuts(2)).toEqual(['0 part s3:PutObject', '1 whole s3:PutObject']);
  });

  it('is nothing where nothing is allowed', () => {
    expect(cuts(3)).toEqual([]);
  });
});
