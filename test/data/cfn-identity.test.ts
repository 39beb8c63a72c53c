import { describe, expect, test } from 'vitest';
import { cfnIdentity } from '../../src/data/cfn-identity.ts';

const account = 'arn:${Partition}';
const regional = (service: string): string => `${account}:${service}:\${Region}:\${Account}`;

/** Read off the return-values sections of the CloudFormation resource reference. */
const known: readonly (readonly [type: string, expected: object])[] = [
  [
    'AWS::IAM::Role',
    {
      ref: 'name',
      nameProperty: 'RoleName',
      arn: `${account}:iam::\${Account}:role\${Path|path}\${RoleName}`,
      resource: 'iam:role',
      attributes: { Arn: 'arn', RoleId: 'id' },
    },
  ],
  ['AWS::IAM::User', { ref: 'name', nameProperty: 'UserName', attributes: { Arn: 'arn' } }],
  ['AWS::IAM::Group', { ref: 'name', nameProperty: 'GroupName', attributes: { Arn: 'arn' } }],
  [
    'AWS::IAM::ManagedPolicy',
    { ref: 'arn', nameProperty: 'ManagedPolicyName', arn: `${account}:iam::\${Account}:policy\${Path|path}\${ManagedPolicyName}`, attributes: { PolicyArn: 'arn' } },
  ],
  ['AWS::IAM::InstanceProfile', { ref: 'name', nameProperty: 'InstanceProfileName', attributes: { Arn: 'arn' } }],
  ['AWS::IAM::OIDCProvider', { ref: 'arn', arn: `${account}:iam::\${Account}:oidc-provider/\${Url|host}`, attributes: { Arn: 'arn' } }],
  ['AWS::IAM::SAMLProvider', { ref: 'arn', nameProperty: 'Name', attributes: { Arn: 'arn' } }],
  ['AWS::IAM::Policy', { nameProperty: 'PolicyName', arn: undefined }],
  ['AWS::IAM::AccessKey', { ref: { attribute: 'Id' }, attributes: { SecretAccessKey: 'secret' } }],
  ['AWS::S3::Bucket', { ref: 'name', nameProperty: 'BucketName', arn: `${account}:s3:::\${BucketName}`, resource: 's3:bucket', attributes: { Arn: 'arn' } }],
  ['AWS::S3::AccessPoint', { ref: 'name', nameProperty: 'Name', attributes: { Arn: 'arn' } }],
  [
    'AWS::SQS::Queue',
    {
      ref: { attribute: 'QueueUrl' },
      nameProperty: 'QueueName',
      arn: `${regional('sqs')}:\${QueueName}`,
      attributes: { Arn: 'arn', QueueName: 'name', QueueUrl: 'url' },
    },
  ],
  ['AWS::SNS::Topic', { ref: 'arn', nameProperty: 'TopicName', arn: `${regional('sns')}:\${TopicName}`, attributes: { TopicArn: 'arn', TopicName: 'name' } }],
  ['AWS::KMS::Key', { ref: { attribute: 'KeyId' }, arn: `${regional('kms')}:key/\${@KeyId}`, resource: 'kms:key', attributes: { Arn: 'arn', KeyId: 'id' } }],
  ['AWS::KMS::Alias', { ref: 'name', arn: `${regional('kms')}:\${AliasName}`, resource: 'kms:alias' }],
  [
    'AWS::Lambda::Function',
    { ref: 'name', nameProperty: 'FunctionName', arn: `${regional('lambda')}:function:\${FunctionName}`, resource: 'lambda:function', attributes: { Arn: 'arn' } },
  ],
  ['AWS::Lambda::Version', { ref: 'arn', nameProperty: undefined }],
  ['AWS::Lambda::Alias', { ref: 'arn' }],
  ['AWS::Logs::LogGroup', { ref: 'name', nameProperty: 'LogGroupName', attributes: { Arn: 'arn:*' } }],
  [
    'AWS::DynamoDB::Table',
    { ref: 'name', nameProperty: 'TableName', arn: `${regional('dynamodb')}:table/\${TableName}`, attributes: { Arn: 'arn', StreamArn: 'other-arn' } },
  ],
  ['AWS::StepFunctions::StateMachine', { ref: 'arn', nameProperty: 'StateMachineName', resource: 'states:statemachine', attributes: { Arn: 'arn', Name: 'name' } }],
  ['AWS::SecretsManager::Secret', { ref: 'arn', nameProperty: 'Name', arn: `${regional('secretsmanager')}:secret:\${Name}-\${?Suffix}`, attributes: { Id: 'arn' } }],
  ['AWS::Events::EventBus', { ref: 'name', nameProperty: 'Name', arn: `${regional('events')}:event-bus/\${Name}`, attributes: { Arn: 'arn', Name: 'name' } }],
  ['AWS::ECR::Repository', { ref: 'name', nameProperty: 'RepositoryName', attributes: { Arn: 'arn', RepositoryUri: 'url' } }],
  ['AWS::ECS::Cluster', { ref: 'name', nameProperty: 'ClusterName', attributes: { Arn: 'arn' } }],
  ['AWS::ECS::Service', { ref: 'arn', nameProperty: 'ServiceName', attributes: { ServiceArn: 'arn', Name: 'name' } }],
  ['AWS::ECS::TaskDefinition', { ref: 'arn', nameProperty: 'Family', resource: 'ecs:task-definition' }],
  ['AWS::SSM::Parameter', { ref: 'name', nameProperty: 'Name', arn: `${regional('ssm')}:parameter\${Name|slash}` }],
  ['AWS::Kinesis::Stream', { ref: 'name', nameProperty: 'Name', attributes: { Arn: 'arn' } }],
  ['AWS::OpenSearchService::Domain', { ref: 'name', nameProperty: 'DomainName', arn: `${regional('es')}:domain/\${DomainName}`, attributes: { Arn: 'arn' } }],
  ['AWS::EC2::Instance', { ref: { attribute: 'InstanceId' } }],
  ['AWS::EFS::FileSystem', { ref: { attribute: 'FileSystemId' }, attributes: { Arn: 'arn', FileSystemId: 'id' } }],
  ['AWS::CodeBuild::Project', { ref: 'name', nameProperty: 'Name', attributes: { Arn: 'arn' } }],
  ['AWS::SSO::PermissionSet', { ref: { parts: [{ property: 'InstanceArn' }, { attribute: 'PermissionSetArn' }] }, nameProperty: 'Name' }],
  ['AWS::CloudFormation::Stack', { ref: 'arn', attributes: { StackId: 'arn' } }],
  ['AWS::Serverless::Function', { ref: 'name', nameProperty: 'FunctionName', resource: 'lambda:function', attributes: { Arn: 'arn' } }],
];

describe('what Ref and GetAtt give', () => {
  test.each(known)('%s', (type, expected) => {
    expect(cfnIdentity(type)).toMatchObject(expected);
  });

  test('types AWS does not know give undefined', () => {
    for (const type of ['Custom::Thing', 'AWS::S3::Buckett', '', 'AWS::S3::Bucket\t', '__proto__', 'AWS']) expect(cfnIdentity(type), type).toBeUndefined();
  });

  test('attributes are no window into Object.prototype', () => {
    expect(Reflect.get(cfnIdentity('AWS::S3::Bucket')?.attributes ?? {}, 'constructor')).toBeUndefined();
  });
});
