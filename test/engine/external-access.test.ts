import { describe, expect, it } from 'vitest';
import { type AdmittedGrant, externalAccess, type PolicyJson } from '../../src/engine/index.ts';
import type { ComparableKind } from '../../src/engine/types.ts';
import { compileWithHoles, document } from './documents.ts';

const SCOPE = { account: '111111111111', organization: { id: 'o-own', accounts: ['222222222222'] }, trusted: ['333333333333'] };

function grants(statements: readonly PolicyJson[], kind: ComparableKind = 'resource'): readonly AdmittedGrant[] {
  return externalAccess([compileWithHoles(document(...statements), kind)], SCOPE, { policyType: kind });
}

/** Reach, relation and limits of each grant, as one line each. */
function admitted(statements: readonly PolicyJson[], kind: ComparableKind = 'resource'): readonly string[] {
  return grants(statements, kind).map(({ reach, relation, limitedBy, verdict }) => {
    const who = reach.kind === 'account' ? `${reach.whole ? 'account' : 'in account'} ${reach.account}` : reach.kind === 'organization' ? `organization ${reach.id}` : reach.kind === 'service' ? reach.service : reach.kind;
    return [who, relation, ...limitedBy, ...(verdict === 'unknown' ? ['?'] : [])].join(' ');
  });
}

const to = (principal: unknown, condition?: PolicyJson, effect = 'Allow'): PolicyJson => ({ Effect: effect, Principal: principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...(condition === undefined ? {} : { Condition: condition }) });

describe('a condition counts by what it admits', () => {
  it.each<[string, readonly PolicyJson[], readonly string[]]>([
    ['no condition', [to('*')], ['public outside']],
    ['the own organization', [to('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-own' } })], ['organization o-own organization']],
    ['another organization', [to('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-other' } })], ['organization o-other outside']],
    ['paths of the organization', [to('*', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-own/r-1/*' } })], ['organization o-own organization']],
    ['ForAllValues also admits callers without the key', [to('*', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-own/r-1/*' } })], ['public outside']],
    ['IfExists admits them too', [to('*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-own' } })], ['public outside']],
    ['all but the organization', [to('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-own' } })], ['public outside']],
    ['a star over ARNs', [to('*', { StringLike: { 'aws:PrincipalArn': '*' } })], ['any-aws outside']],
    ['roles of one account', [to('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444444444444:role/x*' } })], ['in account 444444444444 outside']],
    ['one account', [to('*', { StringEquals: { 'aws:PrincipalAccount': '222222222222' } })], ['account 222222222222 organization']],
    ['the whole internet', [to('*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })], ['public outside']],
    ['the internet in halves', [to('*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })], ['public outside']],
    ['one network', [to('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], ['public outside aws:SourceIp']],
    ['one endpoint', [to('*', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } })], ['public outside aws:SourceVpce']],
    ['a header anybody can send', [to('*', { StringLike: { 'aws:Referer': 'https://example.com/*' } })], ['public outside']],
    ['encryption in transit', [to('*', { Bool: { 'aws:SecureTransport': 'true' } })], ['public outside']],
    ['a source of the own account', [to('*', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111111111111:t' } })], ['public outside aws:SourceArn']],
    ['any source of a service', [to('*', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } })], ['public outside']],
    ['everybody but an account', [{ Effect: 'Allow', NotPrincipal: { AWS: '111111111111' }, Action: 's3:GetObject', Resource: '*' }], ['public outside']],
  ])('%s', (_, statements, expected) => {
    expect(admitted(statements)).toEqual(expected);
  });
});

describe('denies are taken away', () => {
  it.each<[string, readonly PolicyJson[], readonly string[]]>([
    ['all outside the organization', [to('*'), to('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-own' } }, 'Deny')], ['organization o-own organization']],
    ['all outside a network', [to('*'), to('*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Deny')], ['public outside aws:SourceIp']],
    ['everything', [to('*'), to('*', undefined, 'Deny')], []],
  ])('%s', (_, statements, expected) => {
    expect(admitted(statements)).toEqual(expected);
  });
});

describe('named callers', () => {
  it('are one grant an account, and tell the whole account from parts of it', () => {
    expect(admitted([to({ AWS: ['111111111111', 'arn:aws:iam::222222222222:root', '333333333333', 'arn:aws:iam::444444444444:user/p/x', 'arn:aws:iam::444444444444:role/r'] })])).toEqual([
      'account 111111111111 same',
      'account 222222222222 organization',
      'account 333333333333 trusted',
      'in account 444444444444 outside',
    ]);
  });

  it('that are services need a source of their own', () => {
    const service = (condition?: PolicyJson): readonly string[] => admitted([to({ Service: 'sns.amazonaws.com' }, condition)]);
    expect(service()).toEqual(['sns.amazonaws.com outside']);
    expect(service({ StringEquals: { 'aws:SourceAccount': '111111111111' } })).toEqual(['sns.amazonaws.com outside aws:SourceAccount']);
    expect(service({ StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } })).toEqual(['sns.amazonaws.com outside']);
    expect(service({ StringLike: { 'aws:SourceAccount': '*' } })).toEqual(['sns.amazonaws.com outside']);
  });

  it('may hold a secret', () => {
    const trust = { Effect: 'Allow', Principal: { AWS: '444444444444' }, Action: 'sts:AssumeRole' };
    expect(admitted([trust], 'trust')).toEqual(['account 444444444444 outside']);
    expect(admitted([{ ...trust, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }], 'trust')).toEqual(['account 444444444444 outside sts:ExternalId']);
  });

  it('that are providers show which claims are open', () => {
    const host = 'token.actions.githubusercontent.com';
    const claims = (condition?: PolicyJson): readonly string[] =>
      grants([{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${host}` }, Action: 'sts:AssumeRoleWithWebIdentity', ...(condition === undefined ? {} : { Condition: condition }) }], 'trust').flatMap(({ reach }) =>
        reach.kind === 'federated' ? reach.claims.map(({ key, open }) => `${key.slice(host.length + 1)} ${open ? 'open' : 'pinned'}`) : [],
      );
    expect(claims()).toEqual(['sub open', 'aud open']);
    expect(claims({ StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } })).toEqual(['aud pinned', 'sub open']);
    expect(claims({ StringLike: { [`${host}:sub`]: 'repo:me/x:*' } })).toEqual(['sub pinned', 'aud open']);
    expect(claims({ StringLike: { [`${host}:sub`]: '*' } })).toEqual(['sub open', 'aud open']);
    expect(claims({ StringEqualsIfExists: { [`${host}:sub`]: 'repo:me/x:*' } })).toEqual(['sub open', 'aud open']);
  });

  it('may not be known', () => {
    expect(admitted([to({ AWS: '{{@Account}}' })])).toEqual([expect.stringMatching(/^account .*Account.* unknown$/)]);
    expect(admitted([to({ AWS: '{{=scope#Role#Arn}}' })])).toEqual(['unclear unknown ?']);
  });
});

describe('keys of services', () => {
  it('knows that a function URL with IAM authentication has no anonymous callers', () => {
    const url = (type: string): PolicyJson => ({ Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunctionUrl', Resource: '*', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': type } } });
    expect([admitted([url('NONE')]), admitted([url('AWS_IAM')])]).toEqual([['public outside'], ['any-aws outside']]);
  });

  it('counts the account KMS sees', () => {
    expect(admitted([to('*', { StringEquals: { 'kms:CallerAccount': '111111111111' } })])).toEqual(['public outside kms:CallerAccount', 'account 111111111111 same']);
  });
});
