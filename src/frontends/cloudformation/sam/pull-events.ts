import { sub, write, type Written } from '../generated.ts';
import { calledFunction } from '../intrinsics.ts';
import type { Node } from '../../../parse/node.ts';
import type { EventHandler } from './event.ts';
import { awsPolicyArn, complain, type Expansion, make, resolvedText, type SamEvent } from './expansion.ts';
import { field, isGiven, itemsOf, literalText } from './nodes.ts';
import { addManaged, addPolicyOnce } from './role.ts';
import { sendEventsPolicy } from './destinations.ts';

/** A source that Lambda polls with the function's role, so that the role needs leave to read it. */
interface PullSource {
  /** The property that names the source. */
  readonly source?: string;
  /** AWS managed policy that the role gets. */
  readonly managed?: string;
  /** Inline policy that the role gets. */
  readonly policy?: (event: SamEvent, expansion: Expansion) => Written | undefined;
}

const NETWORK_ACTIONS = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'];
const KAFKA_SECRETS: ReadonlySet<string> = new Set(['SASL_SCRAM_256_AUTH', 'SASL_SCRAM_512_AUTH', 'BASIC_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH']);

function allow(actions: Written, resource: Written): Written {
  return { Action: actions, Effect: 'Allow', Resource: resource };
}

function readSecret(uri: Written): Written {
  return allow(['secretsmanager:GetSecretValue'], uri);
}

/** URIs of the access configurations of some types. */
function accessUris(event: SamEvent, types: ReadonlySet<string>): readonly Node[] {
  return itemsOf(field(event.properties, 'SourceAccessConfigurations')).flatMap((config) => {
    const uri = field(config, 'URI');
    return uri !== undefined && types.has(literalText(field(config, 'Type')) ?? '') ? [uri] : [];
  });
}

function decryptKey(event: SamEvent): readonly Written[] {
  const key = field(event.properties, 'SecretsManagerKmsKeyId');
  const text = literalText(key);
  if (key === undefined) return [];
  const arn = 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/';
  return [allow(['kms:Decrypt'], text === undefined ? sub(`${arn}\${__KeyId__}`, { __KeyId__: key }) : sub(`${arn}${text}`))];
}

/** What reading schemas for the events takes: secrets of the registry, and the Glue registry itself. */
function schemaRegistry(event: SamEvent): readonly Written[] {
  const config = field(event.properties, 'SchemaRegistryConfig');
  const uri = field(config, 'SchemaRegistryURI');
  if (config === undefined) return [];
  const secrets = itemsOf(field(config, 'AccessConfigs')).flatMap((access) => (field(access, 'URI') === undefined ? [] : [readSecret(field(access, 'URI') ?? access)]));
  const text = uri === undefined ? undefined : (literalText(uri) ?? substitutedText(uri) ?? resolvedText(uri, event.from));
  const registry = text?.startsWith('arn') === true ? text.replace(/\$\{AWS::(?:Partition|Region)\}/g, 'known').split(':')[5] : undefined;
  if (uri === undefined || registry?.startsWith('registry/') !== true) return secrets;
  const schemas = sub(`arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:schema/${registry.slice('registry/'.length)}/*`);
  return [...secrets, allow(['glue:GetRegistry'], uri), allow(['glue:GetSchemaVersion'], [schemas])];
}

/** The text of `Fn::Sub` as written, which is enough to find the registry's name in it. */
function substitutedText(node: Node): string | undefined {
  const call = calledFunction(node);
  return call?.name === 'Fn::Sub' && call.argument.kind === 'scalar' ? call.argument.text : undefined;
}

function managedKafka(event: SamEvent): Written | undefined {
  const certificates = accessUris(event, new Set(['CLIENT_CERTIFICATE_TLS_AUTH'])).map(readSecret);
  const statements = [...schemaRegistry(event), ...certificates];
  return statements.length === 0 ? undefined : { PolicyName: 'MSKExecutionRolePolicy', PolicyDocument: { Statement: statements } };
}

function selfManagedKafka(event: SamEvent): Written {
  const [secret] = accessUris(event, KAFKA_SECRETS);
  const statements: Written[] = secret === undefined ? [] : [readSecret(secret)];
  // SAM repeats the statement of the authentication secret here in place of the certificate's.
  if (secret !== undefined && accessUris(event, new Set(['SERVER_ROOT_CA_CERTIFICATE'])).length > 0) statements.push(readSecret(secret));
  const inNetwork = accessUris(event, new Set(['VPC_SUBNET'])).length > 0 && accessUris(event, new Set(['VPC_SECURITY_GROUP'])).length > 0;
  if (inNetwork) statements.push(allow(NETWORK_ACTIONS, '*'));
  statements.push(...decryptKey(event), ...schemaRegistry(event));
  return { PolicyName: 'SelfManagedKafkaExecutionRolePolicy', PolicyDocument: { Statement: statements, Version: '2012-10-17' } };
}

function broker(event: SamEvent): Written | undefined {
  const [secret] = accessUris(event, new Set(['BASIC_AUTH']));
  const source = field(event.properties, 'Broker');
  if (secret === undefined || source === undefined) return undefined;
  const named = isGiven(field(event.properties, 'DynamicPolicyName'));
  const statements = [readSecret(secret), allow(['mq:DescribeBroker'], source), ...decryptKey(event)];
  return { PolicyName: named ? `${event.id}AMQPolicy` : 'SamAutoGeneratedAMQPolicy', PolicyDocument: { Statement: statements } };
}

function documentDatabase(event: SamEvent): Written | undefined {
  const [secret] = accessUris(event, new Set(['BASIC_AUTH']));
  const cluster = field(event.properties, 'Cluster');
  if (secret === undefined || cluster === undefined) return undefined;
  const inAccount = (kind: string): Written => sub(`arn:\${AWS::Partition}:rds:\${AWS::Region}:\${AWS::AccountId}:${kind}:*`);
  const statements = [
    readSecret(secret),
    allow(['rds:DescribeDBClusterParameters'], inAccount('cluster-pg')),
    allow(['rds:DescribeDBSubnetGroups'], inAccount('subgrp')),
    allow(['rds:DescribeDBClusters'], cluster),
    allow(NETWORK_ACTIONS, '*'),
    ...decryptKey(event),
  ];
  return { PolicyName: 'SamAutoGeneratedDocumentDBPolicy', PolicyDocument: { Statement: statements } };
}

const SOURCES: ReadonlyMap<string, PullSource> = new Map<string, PullSource>([
  ['Kinesis', { source: 'Stream', managed: 'service-role/AWSLambdaKinesisExecutionRole' }],
  ['DynamoDB', { source: 'Stream', managed: 'service-role/AWSLambdaDynamoDBExecutionRole' }],
  ['SQS', { source: 'Queue', managed: 'service-role/AWSLambdaSQSQueueExecutionRole' }],
  ['MSK', { source: 'Stream', managed: 'service-role/AWSLambdaMSKExecutionRole', policy: managedKafka }],
  ['MQ', { source: 'Broker', policy: broker }],
  ['SelfManagedKafka', { policy: selfManagedKafka }],
  ['DocumentDB', { source: 'Cluster', policy: documentDatabase }],
]);

function pull(source: PullSource): EventHandler {
  return (event, target, expansion) => {
    make(expansion, event.from, {
      id: event.id,
      type: 'AWS::Lambda::EventSourceMapping',
      properties: { FunctionName: target.name, EventSourceArn: source.source === undefined ? undefined : field(event.properties, source.source), SourceAccessConfigurations: field(event.properties, 'SourceAccessConfigurations') },
      at: event.at,
    });
    const { role } = target;
    if (role === undefined) return;
    if (source.managed !== undefined) addManaged(role, write(event.at, awsPolicyArn(expansion, source.managed)));
    const policy = source.policy?.(event, expansion);
    if (policy !== undefined) addPolicyOnce(role, write(event.at, policy));
    else if (source.policy !== undefined && event.type !== 'MSK') complain(expansion, `event \`${event.name}\` of \`${event.from.id}\` names no secret to connect with; the policy for it is not known`, event.at);
    const failure = failurePolicy(event);
    if (failure !== undefined) addPolicyOnce(role, write(event.at, failure));
  };
}

/** Leave to send what could not be processed to the destination, when its type is given. */
function failurePolicy(event: SamEvent): Written | undefined {
  const failure = field(field(event.properties, 'DestinationConfig'), 'OnFailure');
  const type = resolvedText(field(failure, 'Type'), event.from);
  const destination = field(failure, 'Destination');
  return type === undefined || destination === undefined ? undefined : sendEventsPolicy(type === 'S3' ? 'S3Bucket' : type, destination, event.id);
}

/** Sources that Lambda polls. */
export const PULL_EVENTS: ReadonlyMap<string, EventHandler> = new Map([...SOURCES].map(([type, source]) => [type, pull(source)]));
