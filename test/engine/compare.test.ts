import { describe, expect, it } from 'vitest';
import { compareAccess, compareCompiled, documentsAllow, type Comparison, compileJson, type PolicyJson } from '../../src/engine/index.ts';
import type { ComparableKind } from '../../src/engine/types.ts';
import { allow, compileWithHoles, document } from './documents.ts';

function compare(before: PolicyJson | readonly PolicyJson[], after: PolicyJson | readonly PolicyJson[], policyType: ComparableKind = 'identity'): Comparison {
  const answer = compareAccess(before, after, { policyType });
  if (answer.witness !== undefined) {
    const side = (given: PolicyJson | readonly PolicyJson[]): string => documentsAllow((Array.isArray(given) ? given : [given]).map((one: PolicyJson) => compileJson(one, policyType)), answer.witness ?? { principal: null, action: '', resource: '' }, policyType);
    expect([side(after), side(before)]).toEqual(['yes', 'no']);
  }
  return answer;
}

const on = (resource: unknown): PolicyJson => allow({ Resource: resource });
const acting = (action: unknown): PolicyJson => allow({ Action: action });
const given = (condition: unknown): PolicyJson => allow({ Condition: condition });

describe('resources', () => {
  it.each<[unknown, unknown, string]>([
    ['*', 'arn:aws:s3:::b/*', 'no'],
    ['arn:aws:s3:::b/*', '*', 'yes'],
    ['arn:aws:s3:::b*', ['arn:aws:s3:::bucket-*', 'arn:aws:s3:::b/*'], 'no'],
    [['arn:aws:s3:::a*', 'arn:aws:s3:::b*'], 'arn:aws:s3:::?*', 'yes'],
    ['arn:aws:s3:::b/*a*b*', 'arn:aws:s3:::b/*ab*', 'no'],
    ['arn:aws:s3:::b/*ab*', 'arn:aws:s3:::b/*a*b*', 'yes'],
    [['arn:aws:s3:::b/?*', 'arn:aws:s3:::b/'], 'arn:aws:s3:::b/*', 'no'],
    ['arn:aws:s3:*:*:b', 'arn:aws:s3:::b', 'no'],
    ['arn:aws:sqs:*:*:q', 'arn:aws:sqs:eu-*:111111111111:q', 'no'],
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:username}/*', 'no'],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:username}/*', 'no'],
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/*', 'yes'],
    ['arn:aws:s3:::b/alice/*', 'arn:aws:s3:::b/${aws:username}/*', 'yes'],
  ])('before %j, after %j: %s', (before, after, expected) => {
    expect(compare(on(before), on(after)).newAccess).toBe(expected);
  });
});

describe('actions', () => {
  it.each<[unknown, unknown, string]>([
    ['s3:*', 'S3:getobject', 'no'],
    [['s3:Get*', 's3:Put*'], 's3:*', 'yes'],
    ['s3:Get*', ['s3:GetObject', 's3:GetBucket*'], 'no'],
    ['*', '*:Describe*', 'no'],
    ['s3:*Object*', 's3:*Object', 'no'],
    ['s3:*Object', 's3:*Object*', 'yes'],
    ['s3:?etObject', 's3:GetObject', 'no'],
  ])('before %j, after %j: %s', (before, after, expected) => {
    expect(compare(acting(before), acting(after)).newAccess).toBe(expected);
  });

  it('counts actions nobody knows yet: a list of all that are known is not a star', () => {
    const listed = acting(['iam:CreateUser', 'iam:DeleteUser']);
    expect(compare(listed, acting('iam:*')).newAccess).toBe('yes');
    const notAction = document({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' });
    expect(compare(notAction, acting(['s3:*', 'anewservice:*'])).newAccess).toBe('no');
    expect(compare(acting(['s3:*', 'ec2:*']), notAction).newAccess).toBe('yes');
  });

  it('names a real action where the catalogue has one', () => {
    const catalogue = { services: () => ['s3'], actionsOf: (service: string) => (service === 's3' ? ['s3:GetObject', 's3:PutObject'] : []) };
    const answer = compareAccess(acting('s3:Get*'), acting('s3:*'), { policyType: 'identity', catalogue });
    expect(answer.witness?.action).toBe('s3:PutObject');
  });
});

describe('denies', () => {
  const withDeny = (...denies: readonly PolicyJson[]): PolicyJson => document({ Effect: 'Allow', Action: '*', Resource: '*' }, ...denies.map((deny) => ({ Effect: 'Deny', Action: '*', ...('NotResource' in deny ? {} : { Resource: '*' }), ...deny })));
  it('of the old side leave room, of the new side take it away', () => {
    expect(compare(withDeny({ Action: 'iam:*' }), acting('iam:GetUser')).newAccess).toBe('yes');
    expect(compare(withDeny({ Action: 'iam:*' }), withDeny({ Action: ['iam:*', 's3:*'] })).newAccess).toBe('no');
    expect(compare(withDeny({ NotResource: 'arn:aws:s3:::b/*' }), on('arn:aws:s3:::b/x')).newAccess).toBe('no');
    expect(compare(withDeny({ Condition: { Null: { 'aws:RequestTag/t': 'true' } } }), given({ StringEquals: { 'aws:RequestTag/t': 'x' } })).newAccess).toBe('no');
  });

  it('can be traded for an equal set of others', () => {
    const together = withDeny({ Action: ['s3:*', 'ec2:*'] });
    const apart = withDeny({ Action: 's3:*' }, { Action: 'ec2:*' });
    expect([compare(together, apart).newAccess, compare(apart, together).newAccess]).toEqual(['no', 'no']);
  });
});

describe('conditions', () => {
  it.each<[unknown, unknown, string]>([
    [{ StringEquals: { k: ['a', 'b'] } }, { StringEquals: { k: 'a' } }, 'no'],
    [{ StringEquals: { k: 'a' } }, { StringEquals: { k: ['a', 'b'] } }, 'yes'],
    [{ StringEquals: { k: 'a' } }, { StringEqualsIfExists: { k: 'a' } }, 'yes'],
    [{ StringLike: { k: 'a*' } }, { StringEquals: { k: 'ab' } }, 'no'],
    [{ StringNotEquals: { k: 'a' } }, { StringEquals: { k: 'b' } }, 'no'],
    [{ StringEqualsIgnoreCase: { k: 'A' } }, { StringEquals: { k: 'a' } }, 'no'],
    [{ StringEquals: { k: 'a' } }, { StringEqualsIgnoreCase: { k: 'a' } }, 'yes'],
    [{ StringLike: { k: 'arn:aws:sns:*:1:t' } }, { ArnLike: { k: 'arn:aws:sns:*:1:t' } }, 'no'],
    [{ ArnLike: { k: 'arn:aws:sns:*:1:t' } }, { StringLike: { k: 'arn:aws:sns:*:1:t' } }, 'yes'],
    [{ NumericLessThan: { k: '10' } }, { NumericLessThanEquals: { k: '9.99' } }, 'no'],
    [{ NumericLessThan: { k: '10' } }, { NumericLessThanEquals: { k: '10' } }, 'yes'],
    [{ DateLessThan: { k: '2026-01-01T00:00:00Z' } }, { DateLessThan: { k: '1767225599' } }, 'no'],
    [{ IpAddress: { k: ['10.0.0.0/9', '10.128.0.0/9'] } }, { IpAddress: { k: '10.0.0.0/8' } }, 'no'],
    [{ IpAddress: { k: '10.0.0.0/9' } }, { IpAddress: { k: '10.0.0.0/8' } }, 'yes'],
    [{ NotIpAddress: { k: '10.0.0.0/8' } }, { IpAddress: { k: '2001:db8::/32' } }, 'no'],
    [{ Bool: { k: 'true' } }, { StringEquals: { k: 'true' } }, 'no'],
    [{ Null: { k: 'false' } }, { StringLike: { k: '*' } }, 'no'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, 'no'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, 'yes'],
    [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' } }, { 'ForAllValues:StringLike': { 'aws:TagKeys': 'ab*' }, Null: { 'aws:TagKeys': 'false' } }, 'no'],
    [{ StringEquals: { k: '${aws:username}' } }, { StringEquals: { k: '${aws:username}' } }, 'no'],
    [{ StringEquals: { k: 'a', l: 'b' } }, { StringEquals: { k: 'a', l: 'b' } }, 'no'],
    [{ StringEquals: { k: 'a' } }, { StringEquals: { k: 'a', l: 'b' } }, 'no'],
  ])('before %j, after %j: %s', (before, after, expected) => {
    expect(compare(given(before), given(after)).newAccess).toBe(expected);
  });

  it('adds up statements that only together cover another', () => {
    const halves = document(
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } },
    );
    expect(compare(halves, given({ StringEquals: { 'aws:SecureTransport': ['true', 'false'] } })).newAccess).toBe('no');
    expect(compare(halves, document({ Effect: 'Allow', Action: '*', Resource: '*' })).newAccess).toBe('yes');
  });
});

describe('principals', () => {
  const OWN = '111111111111';
  const role = `arn:aws:iam::${OWN}:role/r`;
  const to = (principal: unknown, more: PolicyJson = {}): PolicyJson => document({ Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: '*', ...more });
  it.each<[string, PolicyJson, PolicyJson, string]>([
    ['an account holds its roles', to({ AWS: OWN }), to({ AWS: role }), 'no'],
    ['and its sessions', to({ AWS: `arn:aws:iam::${OWN}:root` }), to({ AWS: `arn:aws:sts::${OWN}:assumed-role/r/s` }), 'no'],
    ['a role is not its account', to({ AWS: role }), to({ AWS: OWN }), 'yes'],
    ['a role holds its sessions', to({ AWS: role }), to({ AWS: `arn:aws:sts::${OWN}:assumed-role/r/s` }), 'yes'],
    ['everybody with the ARN of a role is the role', to('*', { Condition: { ArnEquals: { 'aws:PrincipalArn': role } } }), to({ AWS: role }), 'no'],
    ['and the reverse', to({ AWS: role }), to('*', { Condition: { StringEquals: { 'aws:PrincipalArn': role } } }), 'no'],
    ['everybody of an account is the account', to({ AWS: OWN }), to('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } }), 'no'],
    ['a pattern over ARNs is wider', to({ AWS: role }), to({ AWS: '*' }, { Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/r*` } } }), 'yes'],
    ['IfExists admits callers without the key', to({ AWS: role }), to('*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalArn': role } } }), 'yes'],
    ['everybody holds services', to('*'), to({ Service: 'sns.amazonaws.com' }), 'no'],
    ['callers that are services', to({ Service: 'sns.amazonaws.com' }), to('*', { Condition: { StringEquals: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } } }), 'no'],
    ['accounts hold no services', to({ AWS: OWN }), to({ Service: 'sns.amazonaws.com' }), 'yes'],
    ['all but one account', to('*'), document({ Effect: 'Allow', NotPrincipal: { AWS: OWN }, Action: 's3:GetObject', Resource: '*' }), 'no'],
    ['only members of an organization carry its id', to({ Service: 'sns.amazonaws.com' }), to({ Service: 'sns.amazonaws.com' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }), 'no'],
    ['nobody without an account carries it', document(), to({ Service: 'sns.amazonaws.com' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }), 'no'],
  ])('%s', (_, before, after, expected) => {
    // The role ARN names the role without path; a session's role may have one, hence `yes` for the session.
    expect(compare(before, after, 'resource').newAccess).toBe(expected);
  });

  it('takes a provider for what it is in trust policies', () => {
    const trust = (principal: unknown): PolicyJson => document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRoleWithSAML' });
    expect(compare(trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/a' }), trust({ Federated: '*' }), 'trust').newAccess).toBe('yes');
    expect(compare(trust({ Federated: '*' }), trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/a' }), 'trust').newAccess).toBe('no');
  });
});

describe('control policies and lists', () => {
  it('unites the documents of a side', () => {
    expect(compare([acting('s3:*'), acting('ec2:*')], document({ Effect: 'Allow', Action: ['ec2:Run*', 's3:Get*'], Resource: '*' })).newAccess).toBe('no');
    expect(compare([], acting('s3:*')).newAccess).toBe('yes');
    expect(compare(acting('s3:*'), []).newAccess).toBe('no');
  });

  it('compares SCPs like other allows, and RCPs as denies from everything', () => {
    expect(compare(acting('*'), acting('s3:*'), 'scp').newAccess).toBe('no');
    const rcp = (action: string): PolicyJson => document({ Effect: 'Deny', Principal: '*', Action: action, Resource: '*' });
    expect(compare(rcp('s3:*'), rcp('*'), 'rcp').newAccess).toBe('no');
    expect(compare(rcp('s3:*'), rcp('s3:Put*'), 'rcp').newAccess).toBe('yes');
    expect(compare([], rcp('s3:*'), 'rcp').newAccess).toBe('no');
    expect(compare(rcp('s3:*'), [], 'rcp').newAccess).toBe('yes');
  });
});

describe('what is not known', () => {
  const holes = (before: PolicyJson, after: PolicyJson): string => compareCompiled([compileWithHoles(before, 'identity')], [compileWithHoles(after, 'identity')], { policyType: 'identity' }).newAccess;
  it.each<[unknown, unknown, string]>([
    ['arn:aws:s3:::{{~B}}/*', 'arn:aws:s3:::{{~B}}/a*', 'no'],
    ['arn:aws:s3:::{{~B}}/*', 'arn:aws:s3:::{{~C}}/*', 'yes'],
    ['arn:aws:s3:::*', 'arn:aws:s3:::{{~B}}/*', 'no'],
    ['arn:aws:s3:::{{~B}}/*', '*', 'yes'],
    ['arn:aws:sqs:eu-west-1:{{@A}}:q', 'arn:aws:sqs:eu-west-1:{{@A}}:q', 'no'],
    ['arn:aws:sqs:eu-west-1:111111111111:q', 'arn:aws:sqs:eu-west-1:{{@A}}:q', 'unknown'],
    ['arn:aws:sqs:*:{{@A}}:q', 'arn:aws:sqs:eu-west-1:{{@A}}:q', 'no'],
    ['{{?R}}', '{{?R}}', 'no'],
    ['arn:aws:s3:::b', '{{?R}}', 'unknown'],
    ['{{?R}}', '*', 'unknown'],
  ])('before %s, after %s: %s', (before, after, expected) => {
    expect(holes(on(before), on(after))).toBe(expected);
  });

  it('says at which bound it stopped', () => {
    const letters = [...'abcdefghijkl'];
    const before = on(letters.map((letter) => `*${letter}*${'?'.repeat(12)}`));
    const after = on(`*${letters.map((letter) => `${letter}??`).join('*')}*`);
    expect(compareAccess(before, after, { policyType: 'identity', bound: 100_000 })).toMatchObject({ newAccess: 'unknown', reason: expect.stringContaining('bound of 100000') });
  });

  it.each([6, 10, 16, 20])('ends within 250 ms on %i patterns made to be hard', (count) => {
    const letters = [...'abcdefghijklmnopqrst'.slice(0, count)];
    compare(on('a*'), on('ab*'));
    const started = performance.now();
    compareAccess(on(letters.map((letter) => `*${letter}*${'?'.repeat(count)}`)), on(`*${letters.map((letter) => `${letter}??`).join('*')}*`), { policyType: 'identity' });
    // Machines that run tests are slow and shared; the benchmark holds the bound itself.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
