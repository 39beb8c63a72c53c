import { describe, expect, it } from 'vitest';
import { displayText } from '../../../src/iam/token.ts';
import type { PermissionModel, Principal } from '../../../src/model/model.ts';
import { modelOf } from '../../given.ts';

const ACCOUNT = { account: '111111111111', region: 'eu-west-1' };

function principal(model: PermissionModel, address: string): Principal {
  const found = model.principals.find((candidate) => candidate.entity.from.address === address);
  if (found === undefined) throw new Error(`no principal ${address}`);
  return found;
}

describe('linking', () => {
  it('gives a role its ARN, trust, inline and managed policies', () => {
    const model = modelOf(
      {
        'stack.yaml': `
Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app
      Path: /service/
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', !Ref Extra]
      Policies: [{PolicyName: in, PolicyDocument: {Statement: {Effect: Allow, Action: 's3:*', Resource: '*'}}}]
      PermissionsBoundary: !Ref Extra
  Extra:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:*', Resource: '*'}}}
`,
      },
      ACCOUNT,
    );
    const role = principal(model, 'App');
    expect(role.entity.arn).toBe('arn:aws:iam::111111111111:role/service/app');
    expect(role.trust?.document.statements[0]?.principal?.entries[0]?.text).toBe('ec2.amazonaws.com');
    expect(role.policies.map((attached) => `${attached.policy.managed} ${displayText(attached.policy.name)}`).sort()).toEqual(['aws ReadOnlyAccess', 'customer ${Extra}', 'inline in']);
    expect(role.boundary?.policy?.managed).toBe('customer');
    expect(role.unknownAttachments).toEqual([]);
  });

  it('keeps an attachment that it cannot bind as unknown, not as absent', () => {
    const model = modelOf({
      'stack.yaml': `
Parameters: {Extra: {Type: String}}
Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}}
      ManagedPolicyArns: [!Ref Extra]
`,
    });
    expect(principal(model, 'App').unknownAttachments.map((text) => displayText(text.text))).toEqual(['${Extra}']);
  });

  it('binds users to groups whichever side writes it', () => {
    const model = modelOf({
      'stack.yaml': `
Resources:
  Ann: {Type: AWS::IAM::User, Properties: {Groups: [!Ref Readers]}}
  Bob: {Type: AWS::IAM::User}
  Add: {Type: AWS::IAM::UserToGroupAddition, Properties: {GroupName: !Ref Readers, Users: [!Ref Bob]}}
  Readers: {Type: AWS::IAM::Group, Properties: {ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}}
`,
    });
    for (const user of ['Ann', 'Bob']) expect(principal(model, user).groups.map((group) => group.entity.from.address)).toEqual(['Readers']);
  });

  it('binds a reference to the ARN of what it names', () => {
    const model = modelOf(
      {
        'stack.yaml': `
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  Key: {Type: AWS::KMS::Key}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      Roles: [app]
      PolicyDocument:
        Statement: {Effect: Allow, Action: '*', Resource: [!GetAtt Queue.Arn, !GetAtt Key.Arn, !Sub 'arn:aws:s3:::logs-\${AWS::AccountId}/*']}
`,
      },
      ACCOUNT,
    );
    const patterns = model.policies[0]?.document.statements[0]?.resource?.patterns.map((text) => displayText(text.text));
    expect(patterns).toEqual(['arn:aws:sqs:eu-west-1:111111111111:jobs', expect.stringMatching(/^arn:aws:kms:eu-west-1:111111111111:key\/\$\{Key/), 'arn:aws:s3:::logs-111111111111/*']);
  });

  it('follows exports and imports between templates, whatever their order', () => {
    const importer = `
Resources:
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: 's3:GetObject', Resource: !ImportValue data-bucket-arn}}}}
`;
    const exporter = `
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: data}}
Outputs:
  Arn: {Value: !GetAtt Bucket.Arn, Export: {Name: data-bucket-arn}}
`;
    for (const files of [{ 'a.yaml': importer, 'b.yaml': exporter }, { 'a.yaml': exporter, 'b.yaml': importer }]) {
      const model = modelOf(files);
      expect(model.policies[0]?.document.statements[0]?.resource?.patterns.map((text) => text.text)).toEqual(['arn:aws:s3:::data']);
    }
  });

  it('makes the statement that a Lambda permission stands for', () => {
    const model = modelOf({
      'stack.yaml': `
Resources:
  Fn: {Type: AWS::Lambda::Function, Properties: {FunctionName: fn, Role: 'arn:aws:iam::111111111111:role/x'}}
  Allow: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: '111111111111'}}
`,
    });
    const policy = model.policies.find((candidate) => candidate.synthetic);
    const statement = policy?.document.statements[0];
    expect(policy?.owners.map((owner) => owner.from.address)).toEqual(['Fn']);
    expect(statement?.principal?.entries.map((entry) => [entry.type, entry.text])).toEqual([['Service', 's3.amazonaws.com']]);
    expect(statement?.conditions.map((condition) => [condition.operator.text, condition.key.text, condition.values[0]?.text])).toEqual([['StringEquals', 'aws:SourceAccount', '111111111111']]);
  });
});
