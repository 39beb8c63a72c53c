import { expect, test } from 'vitest';
import { open, plain } from './opening.ts';

test('parameters, outputs and metadata can be looked through for credentials', () => {
  const { template } = open(`
Metadata: {Note: {key: AKIAEXAMPLE}, 'AWS::CloudFormation::Interface': {ParameterGroups: []}}
Parameters:
  Secret: {Type: String, Default: hunter2, NoEcho: true}
Resources:
  Key: {Type: AWS::IAM::AccessKey}
  Server:
    Type: AWS::EC2::Instance
    Metadata:
      AWS::CloudFormation::Authentication: {s3: {type: S3, accessKeyId: AKIAEXAMPLE, secretKey: !Ref Secret}}
  Quiet: {Type: A::B::C, Metadata: {'aws:cdk:path': a/b, cfn_nag: {rules_to_suppress: []}}}
Outputs:
  Leak: {Value: !GetAtt Key.SecretAccessKey}
`);
  const pseudo = template.resources.filter((one) => one.type.startsWith('cloudformation:'));
  expect(pseudo.map((one) => [one.type, one.address, plain(one.properties())])).toEqual([
    ['cloudformation:parameter', 'Secret', { Type: 'String', Default: 'hunter2', NoEcho: 'true' }],
    ['cloudformation:output', 'Outputs.Leak', { Value: '=Key.SecretAccessKey' }],
    ['cloudformation:metadata', 'Metadata.Note', { Note: { key: 'AKIAEXAMPLE' } }],
    ['cloudformation:metadata', 'Server.Metadata', { 'AWS::CloudFormation::Authentication': { s3: { type: 'S3', accessKeyId: 'AKIAEXAMPLE', secretKey: '?Secret' } } }],
  ]);
});
