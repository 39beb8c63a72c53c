import { describe, expect, test } from 'vitest';
import { expandAction, expandActionIndexes } from '../../src/data/action-pattern.ts';
import {
  actionByIndex,
  actionCount,
  actionIndex,
  actionsOf,
  conditionKeysOf,
  dataDate,
  dependentActionsOf,
  findAction,
  resourceTypesOf,
  resourceTypesOfService,
  serviceExists,
  services,
  serviceTitle,
  supportsResourceLevel,
} from '../../src/data/actions.ts';

describe('services', () => {
  test('are listed, sorted and looked up without regard to case', () => {
    expect(services()).toContain('s3');
    expect([...services()].sort()).toEqual(services());
    expect(serviceExists('IAM')).toBe(true);
    expect(serviceExists('iamm')).toBe(false);
    expect(serviceTitle('s3')).toBe('Amazon S3');
    expect(serviceExists('__proto__')).toBe(false);
  });

  test('a broken refresh would shrink the table', () => {
    expect(services().length).toBeGreaterThan(440);
    expect(actionCount()).toBeGreaterThan(21_000);
    expect(dataDate()).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});

describe('actions', () => {
  test('are found in any case, with their access level', () => {
    expect(findAction('s3:getobject')).toMatchObject({ service: 's3', name: 'GetObject', level: 'Read' });
    expect(findAction('S3:LISTBUCKET')).toMatchObject({ name: 'ListBucket', level: 'List' });
    expect(findAction('s3:PutObject')?.level).toBe('Write');
    expect(findAction('s3:PutBucketPolicy')?.level).toBe('Permissions management');
    expect(findAction('iam:TagRole')?.level).toBe('Tagging');
  });

  test('that are not there give undefined', () => {
    for (const name of ['s3:GetObjec', 's3:GetObjectt', 's3', '', ':', 's3:', 'nope:GetObject', 's3:GetObject R', 's3:*']) expect(findAction(name), name).toBeUndefined();
  });

  test('levels are corrected where the reference calls handing over access a write', () => {
    for (const name of ['iam:PassRole', 'iam:CreateAccessKey', 'kinesis:PutResourcePolicy', 'sso:CreateAccountAssignment', 'sts:AssumeRoot']) {
      expect(findAction(name)?.level, name).toBe('Permissions management');
    }
    expect(findAction('iam:CreateRole')?.level).toBe('Write');
  });

  test('every action has a dense index, ordered by service and name, that leads back to it', () => {
    const first = actionByIndex(0);
    expect(first?.service).toBe(services()[0]);
    let index = 0;
    for (const service of ['a2c', 's3', 'iam', 'ec2', 'xray']) {
      for (const action of actionsOf(service)) {
        expect(actionByIndex(action.index)).toEqual(action);
        expect(actionIndex(`${action.service}:${action.name}`)).toBe(action.index);
      }
    }
    for (const service of services()) for (const action of actionsOf(service)) expect(action.index).toBe(index++);
    expect(index).toBe(actionCount());
    expect(actionByIndex(-1)).toBeUndefined();
    expect(actionByIndex(index)).toBeUndefined();
  });

  test('name their resource types, ARN patterns and condition keys', () => {
    expect(resourceTypesOf('s3:GetObject').find((type) => type.name === 'object')).toMatchObject({ arns: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'] });
    expect(resourceTypesOf('sqs:SendMessage')).toMatchObject([{ name: 'queue', required: true, arns: ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}'] }]);
    expect(resourceTypesOf('sqs:SendMessage')[0]?.conditionKeys).toContain('aws:ResourceTag/${TagKey}');
    expect(conditionKeysOf('iam:PassRole')).toContain('iam:PassedToService');
    expect(conditionKeysOf('s3:ListBucket')).toContain('s3:prefix');
    expect(conditionKeysOf('iam:CreateUser')).toContain('iam:PermissionsBoundary');
    expect(resourceTypesOfService('iam').map((type) => type.name)).toContain('role');
  });

  test('tell whether they can be limited to resources', () => {
    expect(supportsResourceLevel('s3:GetObject')).toBe(true);
    expect(supportsResourceLevel('ec2:DescribeInstances')).toBe(false);
    expect(supportsResourceLevel('s3:ListAllMyBuckets')).toBe(false);
    expect(supportsResourceLevel('s3:Nope')).toBeUndefined();
  });

  test('name the actions that a caller needs besides', () => {
    expect(dependentActionsOf('lambda:CreateFunction')).toEqual(['iam:PassRole']);
    expect(dependentActionsOf('lambda:InvokeFunction')).toEqual([]);
  });
});

describe('patterns of the Action element', () => {
  test('expand to the actions they match', () => {
    expect(expandAction('s3:GetObject')).toEqual(['s3:GetObject']);
    expect(expandAction('S3:getobject')).toEqual(['s3:GetObject']);
    expect(expandAction('s3:GetBucketAc?')).toEqual(['s3:GetBucketAcl']);
    expect(expandAction('iam:*LoginProfile')).toEqual(['iam:CreateLoginProfile', 'iam:DeleteLoginProfile', 'iam:GetLoginProfile', 'iam:UpdateLoginProfile']);
    expect(expandAction('s3:*')).toEqual(actionsOf('s3').map((action) => `s3:${action.name}`));
    expect(expandAction('s?s:SendMessage')).toEqual(['sms:SendMessage', 'sqs:SendMessage']);
    expect(expandAction('*:PassRole')).toEqual(['iam:PassRole']);
  });

  test('match all with `*` and `*:*`, nothing without a colon or with unknown names', () => {
    expect(expandActionIndexes('*')).toHaveLength(actionCount());
    expect(expandAction('*:*')).toHaveLength(actionCount());
    for (const pattern of ['s3', 's3*', '**', '', ':', 's3:', 'nope:*', 's3:Nope*', 's3:GetObject ', 's3:GetObject?R'])
      expect(expandAction(pattern), pattern).toEqual([]);
  });

  test('agree with a regular expression on every action', () => {
    const names = services().flatMap((service) => actionsOf(service).map((action) => `${action.service}:${action.name}`));
    for (const pattern of ['ec2:Describe*', 'iam:*Policy*', 's3:*Object?cl', '*:List*Tags*', 'ec*:?reate*', 'kms:*', 'dynamodb:*Item']) {
      const [service = '', name = ''] = pattern.split(':');
      const oracle = new RegExp(`^${service.replaceAll('*', '[^:]*').replaceAll('?', '[^:]')}:${name.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
      expect(expandAction(pattern), pattern).toEqual(names.filter((full) => oracle.test(full)));
    }
  });

  test('indexes and names go together', () => {
    const names = expandActionIndexes('iam:Create*').map((index) => actionByIndex(index)?.name);
    expect(names).toEqual(expandAction('iam:Create*').map((name) => name.slice('iam:'.length)));
  });

  test('stay fast on hostile patterns', () => {
    const started = performance.now();
    expect(expandAction(`*:${'*a'.repeat(60)}b`)).toEqual([]);
    expect(expandAction(`*:${'*'.repeat(100_000)}zz?`)).toHaveLength(expandAction('*:*zz?').length);
    expect(expandAction(`*:${'?'.repeat(100_000)}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
