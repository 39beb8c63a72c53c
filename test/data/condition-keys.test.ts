import { describe, expect, test } from 'vitest';
import { classifiedConditionKeys, conditionKeyFacts } from '../../src/data/condition-key-facts.ts';
import { conditionKeyInfo, conditionKeysOfService, globalConditionKeys, isConditionKey } from '../../src/data/condition-keys.ts';

describe('condition keys', () => {
  test('are known in any case, with type, number of values and scope', () => {
    expect(conditionKeyInfo('AWS:sourceip')).toMatchObject({ key: 'aws:SourceIp', type: 'IPAddress', multivalued: false, scope: 'global' });
    expect(conditionKeyInfo('aws:PrincipalOrgPaths')).toMatchObject({ type: 'String', multivalued: true });
    expect(conditionKeyInfo('iam:PassedToService')).toMatchObject({ type: 'String', scope: 'service', service: 'iam' });
    expect(conditionKeyInfo('aws:SourceArn')?.type).toBe('ARN');
    expect(conditionKeyInfo('aws:MultiFactorAuthAge')?.type).toBe('Numeric');
    expect(conditionKeyInfo('aws:TokenIssueTime')?.type).toBe('Date');
  });

  test.each([
    ['aws:RequestTag/team', 'aws:RequestTag/${TagKey}'],
    ['aws:PrincipalTag/a/b', 'aws:PrincipalTag/${TagKey}'],
    ['s3:ExistingObjectTag/class', 's3:ExistingObjectTag/<key>'],
    ['kms:EncryptionContext:app', 'kms:EncryptionContext:${EncryptionContextKey}'],
    ['events:Metadata/x/Matcher', 'events:Metadata/${MetadataKey}/Matcher'],
    ['codebuild:secondarySources/x.auth.type', 'codebuild:secondarySources/${sourceIdentifier}.auth.type'],
    ['ssm:resourceTag/Env', 'ssm:resourceTag/${TagKey}'],
  ])('%s fills the template %s', (key, template) => {
    expect(conditionKeyInfo(key)).toMatchObject({ key: template, templated: true });
  });

  test('a template needs something in its hole', () => {
    for (const key of ['aws:RequestTag/', 'aws:RequestTag', 's3:ExistingObjectTag/', 'kms:EncryptionContext:']) expect(isConditionKey(key), key).toBe(false);
  });

  test('claims of outside providers are known', () => {
    expect(conditionKeyInfo('token.actions.githubusercontent.com:sub')).toMatchObject({ scope: 'federation', service: 'sts' });
    expect(conditionKeyInfo('token.actions.githubusercontent.com:repository')).toMatchObject({ scope: 'federation' });
    expect(conditionKeyInfo('oidc.eks.eu-west-1.amazonaws.com/id/AB12:aud')).toMatchObject({ scope: 'federation', multivalued: false });
    expect(conditionKeyInfo('cognito-identity.amazonaws.com:amr')).toMatchObject({ multivalued: true });
    expect(conditionKeyInfo('saml:aud')).toMatchObject({ scope: 'federation' });
    expect(isConditionKey('example.com:colour')).toBe(false);
  });

  test('keys kept by another service than their prefix says are found', () => {
    expect(conditionKeyInfo('ec2:osuser')).toMatchObject({ service: 'ec2-instance-connect' });
    expect(conditionKeyInfo('identitycenter:InstanceArn')).toMatchObject({ service: 'sso' });
  });

  test('what is no key gives undefined', () => {
    for (const key of ['', 'aws', 'aws:', 'aws:Nope', 's3:nope', 'nope:key', ':x', '__proto__:x', `aws:RequestTag/${'x'.repeat(5000)}`])
      expect(isConditionKey(key), key.slice(0, 40)).toBe(false);
  });

  test('are listed per service', () => {
    expect(conditionKeysOfService('s3')).toContain('s3:prefix');
    expect(globalConditionKeys()).toContain('aws:PrincipalOrgID');
  });
});

describe('worth of condition keys', () => {
  test('every global key is classified, and every classified key exists', () => {
    for (const key of globalConditionKeys()) expect(conditionKeyFacts(key), key).toBeDefined();
    for (const key of classifiedConditionKeys()) expect(conditionKeyInfo(key)?.key.toLowerCase(), key).toBe(key.toLowerCase());
  });

  test('organization keys bind, headers do not, tags are found by template', () => {
    expect(conditionKeyFacts('aws:PrincipalOrgID')).toMatchObject({ limits: 'organization', strength: 'strong', neverWildcard: true });
    expect(conditionKeyFacts('aws:UserAgent')?.strength).toBe('forgeable');
    expect(conditionKeyFacts('aws:SecureTransport')?.strength).toBe('none');
    expect(conditionKeyFacts('aws:PrincipalTag/team')?.limits).toBe('principal-tag');
    expect(conditionKeyFacts('s3:nope')).toBeUndefined();
  });

  test('presence: MFA keys are absent for access keys, source keys for everyone but services, organization keys for both anonymous and services', () => {
    expect(conditionKeyFacts('aws:MultiFactorAuthPresent')?.absentFor).toContain('long-term-credentials');
    expect(conditionKeyFacts('aws:TokenIssueTime')?.absentFor).toContain('long-term-credentials');
    expect(conditionKeyFacts('aws:SourceArn')?.absentFor).toEqual(expect.arrayContaining(['anonymous', 'iam-user', 'role-session']));
    expect(conditionKeyFacts('aws:PrincipalOrgID')?.absentFor).toEqual(expect.arrayContaining(['anonymous', 'service']));
    expect(conditionKeyFacts('aws:username')?.absentFor).toContain('role-session');
  });
});
