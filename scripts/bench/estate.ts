import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A seeded stream of numbers in [0, 1): the same seed gives the same estate on every machine (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SERVICES = ['s3:GetObject', 's3:PutObject', 'dynamodb:Query', 'sqs:SendMessage', 'sns:Publish', 'kms:Decrypt', 'logs:PutLogEvents', 'ec2:DescribeInstances', 's3:*', 'secretsmanager:GetSecretValue'];

/** One template of about `lines` lines: roles with inline policies, queues, buckets with policies, functions. */
export function templateText(random: () => number, lines: number): string {
  const out = ["AWSTemplateFormatVersion: '2010-09-09'", 'Parameters:', '  Env: {Type: String, Default: dev}', 'Conditions:', '  IsProd: !Equals [!Ref Env, prod]', 'Resources:'];
  for (let index = 0; out.length < lines; index += 1) {
    const kind = random();
    if (kind < 0.45) out.push(...roleLines(index, random));
    else if (kind < 0.65) out.push(...bucketLines(index, random));
    else out.push(...functionLines(index));
  }
  return `${out.join('\n')}\n`;
}

function roleLines(index: number, random: () => number): readonly string[] {
  const actions = Array.from({ length: 1 + Math.floor(random() * 4) }, () => SERVICES[Math.floor(random() * SERVICES.length)] ?? 's3:GetObject');
  return [
    `  Role${index}:`,
    '    Type: AWS::IAM::Role',
    '    Properties:',
    '      AssumeRolePolicyDocument:',
    "        Version: '2012-10-17'",
    '        Statement:',
    '          - Effect: Allow',
    '            Principal: {Service: lambda.amazonaws.com}',
    '            Action: sts:AssumeRole',
    '      Policies:',
    '        - PolicyName: inline',
    '          PolicyDocument:',
    "            Version: '2012-10-17'",
    '            Statement:',
    '              - Effect: Allow',
    '                Action:',
    ...actions.map((action) => `                  - ${action}`),
    random() < 0.2 ? "                Resource: '*'" : `                Resource: !Sub 'arn:\${AWS::Partition}:s3:::data-${index}-\${AWS::AccountId}/*'`,
  ];
}

function bucketLines(index: number, random: () => number): readonly string[] {
  return [
    `  Bucket${index}:`,
    '    Type: AWS::S3::Bucket',
    `  BucketPolicy${index}:`,
    '    Type: AWS::S3::BucketPolicy',
    '    Properties:',
    `      Bucket: !Ref Bucket${index}`,
    '      PolicyDocument:',
    '        Statement:',
    '          - Effect: Allow',
    random() < 0.1 ? "            Principal: '*'" : "            Principal: {AWS: 'arn:aws:iam::111111111111:root'}",
    '            Action: s3:GetObject',
    `            Resource: !Sub '\${Bucket${index}.Arn}/*'`,
    ...(random() < 0.5 ? ['            Condition:', "              StringEquals: {'aws:PrincipalOrgID': o-abcdefghij}"] : []),
  ];
}

function functionLines(index: number): readonly string[] {
  return [
    `  Function${index}:`,
    '    Type: AWS::Lambda::Function',
    '    Properties:',
    '      Handler: index.handler',
    '      Runtime: nodejs20.x',
    `      FunctionName: !If [IsProd, prod-${index}, dev-${index}]`,
    '      Environment:',
    '        Variables:',
    `          TABLE: table-${index}`,
    `      Role: arn:aws:iam::111111111111:role/fn-${index}`,
    `  Queue${index}:`,
    '    Type: AWS::SQS::Queue',
    '    Properties:',
    `      QueueName: queue-${index}`,
  ];
}

/** Writes an estate of templates and gives its size in bytes. */
export function writeEstate(folder: string, files: number, seed: number, lines = 120): number {
  mkdirSync(folder, { recursive: true });
  const random = seededNumbers(seed);
  let bytes = 0;
  for (let index = 0; index < files; index += 1) {
    const text = templateText(random, lines);
    bytes += Buffer.byteLength(text);
    writeFileSync(join(folder, `stack-${String(index).padStart(5, '0')}.yaml`), text);
  }
  return bytes;
}
