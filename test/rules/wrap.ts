import { dump } from 'js-yaml';
import { isRecord, type RuleCase } from './fixture.ts';

/** A template that holds a case, and where in it the case's document begins. */
export interface Wrapped {
  readonly path: string;
  readonly text: string;
  /** Pointer to the policy document; empty for whole files. */
  readonly document: string;
}

/** The case as a CloudFormation template; `undefined` when it has none. */
export function asCloudFormation(one: RuleCase): Wrapped | undefined {
  if (one.cloudformation !== undefined) return { path: 'stack.yaml', text: template(one.cloudformation), document: '' };
  if (one.policy === undefined) return undefined;
  const { kind, body } = one.policy;
  const placed = CLOUDFORMATION[kind]?.(document(kind, body));
  if (placed === undefined) throw new Error(`no CloudFormation form of ${kind}`);
  return { path: 'stack.yaml', text: template(placed.resources), document: `/Resources/Subject/Properties${placed.property}` };
}

/** The case as Terraform JSON; `undefined` when it has none. */
export function asTerraform(one: RuleCase): Wrapped | undefined {
  const { policy } = one;
  if (one.terraform === undefined && policy === undefined) return undefined;
  const resources = one.terraform ?? (policy === undefined ? undefined : TERRAFORM[policy.kind]?.(document(policy.kind, policy.body)));
  const variables = [...namesIn(resources)].filter((name) => name !== 'account');
  const body = {
    ...(variables.length === 0 ? {} : { variable: Object.fromEntries(variables.map((name) => [name, {}])) }),
    ...(namesIn(resources).has('account') ? { data: { aws_caller_identity: { current: {} } } } : {}),
    resource: one.terraform === undefined ? terraformTexts(resources) : resources,
  };
  return { path: 'main.tf.json', text: `${JSON.stringify(body, null, 2)}\n`, document: '' };
}

type Placement = (document: unknown) => { readonly resources: object; readonly property: string };

function subject(type: string, property: string, more: object = {}, beside: object = {}): Placement {
  return (body) => ({ resources: { Subject: { Type: type, Properties: { ...more, [property]: body } }, ...beside }, property: `/${property}` });
}

const CLOUDFORMATION: Readonly<Record<string, Placement>> = {
  identity: subject('AWS::IAM::ManagedPolicy', 'PolicyDocument'),
  trust: subject('AWS::IAM::Role', 'AssumeRolePolicyDocument'),
  bucket: subject('AWS::S3::BucketPolicy', 'PolicyDocument', { Bucket: { Ref: 'Bucket' } }, { Bucket: { Type: 'AWS::S3::Bucket' } }),
  topic: subject('AWS::SNS::TopicPolicy', 'PolicyDocument', { Topics: [{ Ref: 'Topic' }] }, { Topic: { Type: 'AWS::SNS::Topic' } }),
  queue: subject('AWS::SQS::QueuePolicy', 'PolicyDocument', { Queues: [{ Ref: 'Queue' }] }, { Queue: { Type: 'AWS::SQS::Queue' } }),
  key: subject('AWS::KMS::Key', 'KeyPolicy'),
  secret: subject('AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', { SecretId: { Ref: 'Secret' } }, { Secret: { Type: 'AWS::SecretsManager::Secret' } }),
  scp: subject('AWS::Organizations::Policy', 'Content', { Name: 'guard', Type: 'SERVICE_CONTROL_POLICY' }),
  rcp: subject('AWS::Organizations::Policy', 'Content', { Name: 'guard', Type: 'RESOURCE_CONTROL_POLICY' }),
  endpoint: subject('AWS::EC2::VPCEndpoint', 'PolicyDocument', { VpcId: 'vpc-12345678', ServiceName: 'com.amazonaws.eu-west-1.s3' }),
  permission: (body) => ({ resources: { Subject: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Function' }, ...record(body) } }, Function: { Type: 'AWS::Lambda::Function' } }, property: '' }),
};

const TERRAFORM: Readonly<Record<string, (document: unknown) => object>> = {
  identity: (body) => ({ aws_iam_policy: { subject: { policy: json(body) } } }),
  trust: (body) => ({ aws_iam_role: { subject: { assume_role_policy: json(body) } } }),
  bucket: (body) => ({ aws_s3_bucket_policy: { subject: { bucket: '${aws_s3_bucket.bucket.id}', policy: json(body) } }, aws_s3_bucket: { bucket: {} } }),
  topic: (body) => ({ aws_sns_topic_policy: { subject: { arn: '${aws_sns_topic.topic.arn}', policy: json(body) } }, aws_sns_topic: { topic: {} } }),
  queue: (body) => ({ aws_sqs_queue_policy: { subject: { queue_url: '${aws_sqs_queue.queue.id}', policy: json(body) } }, aws_sqs_queue: { queue: {} } }),
  key: (body) => ({ aws_kms_key: { subject: { policy: json(body) } } }),
  secret: (body) => ({ aws_secretsmanager_secret_policy: { subject: { secret_arn: '${aws_secretsmanager_secret.secret.arn}', policy: json(body) } }, aws_secretsmanager_secret: { secret: {} } }),
  scp: (body) => ({ aws_organizations_policy: { subject: { name: 'guard', type: 'SERVICE_CONTROL_POLICY', content: json(body) } } }),
  rcp: (body) => ({ aws_organizations_policy: { subject: { name: 'guard', type: 'RESOURCE_CONTROL_POLICY', content: json(body) } } }),
  endpoint: (body) => ({ aws_vpc_endpoint: { subject: { vpc_id: 'vpc-12345678', service_name: 'com.amazonaws.eu-west-1.s3', policy: json(body) } } }),
  permission: (body) => ({ aws_lambda_permission: { subject: { function_name: '${aws_lambda_function.function.function_name}', ...snakeKeys(record(body)) } }, aws_lambda_function: { function: {} } }),
};

/** A statement or a list of them becomes a document; a document stays as it is. Grants have no document. */
function document(kind: string, body: unknown): unknown {
  if (kind === 'permission' || (isRecord(body) && 'Statement' in body) || (isRecord(body) && 'Document' in body)) return isRecord(body) && 'Document' in body ? body['Document'] : body;
  return { Version: '2012-10-17', Statement: Array.isArray(body) ? body : [body] };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function snakeKeys(value: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.replace(/ID$/, 'Id').replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? '' : '_') + letter.toLowerCase()), one]));
}

const NAME = /\{\{(\w+)\}\}/g;

/** A YAML template; `{{Name}}` in a string stands for a parameter without default, `{{account}}` for the own account. */
function template(resources: unknown): string {
  const parameters = [...namesIn(resources)].filter((name) => name !== 'account');
  return dump(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      ...(parameters.length === 0 ? {} : { Parameters: Object.fromEntries(parameters.map((name) => [name, { Type: 'String' }])) }),
      Resources: intrinsics(resources),
    },
    { lineWidth: 160, noRefs: true },
  );
}

function intrinsics(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(intrinsics);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, intrinsics(one)]));
  if (typeof value !== 'string' || !/\{\{\w+\}\}/.test(value)) return value;
  const whole = /^\{\{(\w+)\}\}$/.exec(value);
  const name = (word: string): string => (word === 'account' ? 'AWS::AccountId' : word);
  if (whole?.[1] !== undefined) return { Ref: name(whole[1]) };
  return { 'Fn::Sub': value.replaceAll('${', () => '${!').replace(NAME, (_whole, word: string) => `\${${name(word)}}`) };
}

function namesIn(value: unknown): ReadonlySet<string> {
  return new Set([...JSON.stringify(value ?? null).matchAll(NAME)].flatMap((match) => match[1] ?? []));
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Policy variables are escaped, `{{Name}}` becomes a reference; references that are already there stay. */
function terraformTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(terraformTexts);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, terraformTexts(one)]));
  if (typeof value !== 'string' || value.startsWith('${aws_')) return value;
  return value.replaceAll('${', () => '$${').replace(NAME, (_whole, word: string) => (word === 'account' ? '${data.aws_caller_identity.current.account_id}' : `\${var.${word}}`));
}
