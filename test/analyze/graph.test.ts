import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze/index.ts';
import { modelOf } from '../given.ts';

const TRUST = (principal: object, condition?: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition === undefined ? {} : { Condition: condition }) }] });
const ALLOW = (action: string | string[], resource: unknown = '*', condition?: object) => ({ Effect: 'Allow', Action: action, Resource: resource, ...(condition === undefined ? {} : { Condition: condition }) });
const role = (name: string, trust: object, statements: readonly object[], more: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: trust, ...(statements.length === 0 ? {} : { Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] }), ...more } });
const user = (name: string, statements: readonly object[], more: object = {}) => ({ Type: 'AWS::IAM::User', Properties: { UserName: name, Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }], ...more } });
const ADMIN = { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };

function analysisOf(resources: Record<string, object>) {
  return analyze(modelOf({ 't.json': JSON.stringify({ Resources: resources }) }, { account: '111111111111', region: 'eu-west-1' }));
}

function raise(): never {
  throw new Error('not found');
}

function steps(analysis: ReturnType<typeof analysisOf>, from: string): readonly string[] | undefined {
  const principal = analysis.foundation.principalNamed(from);
  if (principal === undefined) throw new Error(`no ${from}`);
  const path = analysis.pathToAdministration(principal);
  return path?.steps.map((step) => `${step.edge.technique} ${step.edge.verdict}`);
}

describe('escalation graph', () => {
  const lambda = TRUST({ Service: 'lambda.amazonaws.com' });
  it('passes an administrator role to a new function', () => {
    const analysis = analysisOf({ Admin: role('admin', lambda, [], ADMIN), Dev: user('dev', [ALLOW(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])]) });
    expect(steps(analysis, 'dev')).toEqual(['lambda-001 yes', 'administrator yes']);
    const path = analysis.pathToAdministration(analysis.foundation.principalNamed('dev') ?? raise())?? raise();
    const hops = analysis.explain(path);
    expect(hops[0]?.because.map((ground) => ground.origin.source.text.slice(ground.origin.start, ground.origin.end))).toContain('iam:PassRole');
  });
  it('does not pass a role that trusts another service', () => {
    expect(steps(analysisOf({ Admin: role('admin', TRUST({ Service: 'ec2.amazonaws.com' }), [], ADMIN), Dev: user('dev', [ALLOW(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])]) }), 'dev')).toBeUndefined();
  });
  it('assumes a chain of roles', () => {
    const analysis = analysisOf({
      Admin: role('admin', TRUST({ AWS: 'arn:aws:iam::111111111111:role/middle' }), [], ADMIN),
      Middle: role('middle', TRUST({ AWS: 'arn:aws:iam::111111111111:root' }), []),
      Dev: user('dev', [ALLOW('sts:AssumeRole', 'arn:aws:iam::111111111111:role/middle')]),
      Other: user('other', [ALLOW('s3:GetObject')]),
    });
    expect(steps(analysis, 'dev')).toEqual(['sts-001 yes', 'sts-001 yes', 'administrator yes']);
    expect(steps(analysis, 'other')).toBeUndefined();
  });
  it('writes its own policies', () => {
    expect(steps(analysisOf({ Dev: user('dev', [ALLOW('iam:PutUserPolicy', 'arn:aws:iam::111111111111:user/dev')]) }), 'dev')).toEqual(['iam-007 yes']);
  });
});
