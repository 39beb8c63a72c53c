import { describe, expect, test } from 'vitest';
import { managedPolicyEdits } from '../../scripts/refresh/managed-policies.ts';
import { isManagedPolicyArn, managedPoliciesDate, managedPolicy, managedPolicyFlags, managedPolicyNames } from '../../src/data/managed-policies.ts';

describe('AWS managed policies', () => {
  test('are found by name and by ARN, in any partition', () => {
    const policy = managedPolicy('AdministratorAccess');
    expect(policy).toMatchObject({ name: 'AdministratorAccess', path: '/', arn: 'arn:aws:iam::aws:policy/AdministratorAccess', version: 'v1', date: '2015-02-06' });
    expect(policy?.document).toEqual({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    expect(managedPolicy('arn:aws-us-gov:iam::aws:policy/AdministratorAccess')).toMatchObject({
      arn: 'arn:aws-us-gov:iam::aws:policy/AdministratorAccess',
      document: policy?.document,
    });
    expect(managedPolicy('arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')?.path).toBe('/service-role/');
  });

  test('a wrong path, a customer policy or an unknown name is not found', () => {
    expect(managedPolicy('arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole')).toBeUndefined();
    expect(managedPolicy('arn:aws:iam::111122223333:policy/AdministratorAccess')).toBeUndefined();
    expect(managedPolicy('AdministratorAcces')).toBeUndefined();
    expect(managedPolicy('')).toBeUndefined();
    expect(managedPolicy('x\ty')).toBeUndefined();
    expect(managedPolicy('AdministratorAccess\t')).toBeUndefined();
  });

  test('an ARN can be of the right form without being known', () => {
    expect(isManagedPolicyArn('arn:aws:iam::aws:policy/NoSuchPolicy')).toBe(true);
    expect(isManagedPolicyArn('arn:aws:iam::111122223333:policy/Mine')).toBe(false);
  });

  test('a broken refresh would shrink the table or leave unreadable documents', () => {
    expect(managedPolicyNames().length).toBeGreaterThan(1_500);
    expect([...managedPolicyNames()].sort()).toEqual(managedPolicyNames());
    expect(managedPoliciesDate() > '2026-01-01').toBe(true);
    for (const name of managedPolicyNames()) expect(managedPolicy(name)?.document, name).toHaveProperty('Statement');
  });
});

describe('flags', () => {
  test('tell administrators from the merely powerful', () => {
    expect(managedPolicyFlags('AdministratorAccess')).toMatchObject({ power: 'administrator', attachable: true });
    expect(managedPolicyFlags('arn:aws:iam::aws:policy/PowerUserAccess')).toMatchObject({ power: 'elevated', because: expect.arrayContaining(['most-actions']) });
    expect(managedPolicyFlags('PowerUserAccess')?.because).not.toContain('iam-permissions-management');
    expect(managedPolicyFlags('IAMFullAccess')?.because).toEqual(expect.arrayContaining(['full-service:iam', 'iam-permissions-management', 'pass-any-role']));
    expect(managedPolicyFlags('AmazonS3FullAccess')?.because).toEqual(['full-service:s3']);
    for (const name of ['ReadOnlyAccess', 'AmazonS3ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess']) expect(managedPolicyFlags(name)?.power, name).toBeUndefined();
  });

  test('service-linked role policies cannot be attached; replaced ones name their successor', () => {
    expect(managedPolicyFlags('AWSSupportServiceRolePolicy')?.attachable).toBe(false);
    expect(managedPolicyFlags('AmazonEC2RoleforSSM')).toMatchObject({ deprecated: 'superseded', replacement: 'AmazonSSMManagedInstanceCore' });
    expect(managedPolicyFlags('AWSLambdaFullAccess')).toMatchObject({ deprecated: 'removed', replacement: 'AWSLambda_FullAccess' });
  });

  test('removed policies are not in the table, superseded ones and every successor are', () => {
    for (const name of ['AWSLambdaFullAccess', 'AWSConfigRole', 'AWSCodePipelineFullAccess']) expect(managedPolicy(name), name).toBeUndefined();
    for (const name of managedPolicyNames()) {
      const flags = managedPolicyFlags(name);
      if (flags?.replacement !== undefined) expect(managedPolicy(flags.replacement), name).toBeDefined();
      expect(flags?.deprecated, name).not.toBe('removed');
    }
  });
});

test('real edits of policies are there for the benchmark', () => {
  const [first] = managedPolicyEdits();
  expect(first?.previous.document).not.toEqual(first?.latest.document);
  expect([...managedPolicyEdits()].length).toBeGreaterThan(900);
});
