import type { Origin } from '../../../core/source.ts';
import { child, type Node } from '../../../parse/node.ts';
import { sub, type Written } from '../generated.ts';
import { connect, type Endpoint } from './connector.ts';
import { type Expansion, make, type SamResource } from './expansion.ts';
import { entriesOf, field, isGiven, isMapping, itemsOf, literalText } from './nodes.ts';
import { serviceTrust } from './role.ts';

/** `AWS::Serverless::GraphQLApi`: the API, the role it logs with, and a role for each data source. */
export function expandGraphqlApi(from: SamResource, expansion: Expansion): void {
  const { properties } = from;
  const logging = field(properties, 'Logging');
  const logRole = logging !== undefined && !isMapping(logging) && literalText(logging) === 'false' ? undefined : loggingRole(from, logging, expansion);
  make(expansion, from, {
    id: from.id,
    type: 'AWS::AppSync::GraphQLApi',
    properties: { Name: field(properties, 'Name') ?? from.id, AuthenticationType: field(field(properties, 'Auth'), 'Type'), LogConfig: logRole === undefined ? undefined : { CloudWatchLogsRoleArn: logRole } },
  });
  connectAuthorizers(from, expansion);
  const sources = field(properties, 'DataSources');
  for (const { key, value } of entriesOf(field(sources, 'DynamoDb'))) expandTableSource(from, key.text, value, key, expansion);
  for (const { key, value } of entriesOf(field(sources, 'Lambda'))) expandFunctionSource(from, key.text, value, key, expansion);
}

function loggingRole(from: SamResource, logging: Node | undefined, expansion: Expansion): Written {
  const given = field(logging, 'CloudWatchLogsRoleArn');
  if (given !== undefined) return given;
  const id = `${from.id}CloudWatchRole`;
  const policy = sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs');
  make(expansion, from, { id, type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: serviceTrust('appsync.amazonaws.com', from.at), ManagedPolicyArns: [policy] }, at: logging ?? from.at });
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

/** Lets the API call its Lambda authorizers. */
function connectAuthorizers(from: SamResource, expansion: Expansion): void {
  const auth = field(from.properties, 'Auth');
  const authorizers = [auth, ...itemsOf(field(auth, 'Additional'))].filter((one) => literalText(field(one, 'Type')) === 'AWS_LAMBDA');
  authorizers.forEach((authorizer, index) => {
    const uri = field(field(authorizer, 'LambdaAuthorizer'), 'AuthorizerUri');
    if (uri === undefined) return;
    const source: Endpoint = { ...endpoint('AWS::AppSync::GraphQLApi'), arn: { Ref: from.id }, resourceId: { 'Fn::GetAtt': [from.id, 'ApiId'] } };
    connect({ id: `${from.id}ToLambdaAuthConnector${index + 1}`, source, destination: { ...endpoint('AWS::Lambda::Function'), arn: uri }, permissions: ['Write'], at: uri }, '', { ...from, raw: { ...from.raw, body: withoutCondition(from.raw.body) } }, expansion);
  });
}

function expandTableSource(from: SamResource, name: string, source: Node, at: Origin, expansion: Expansion): void {
  const id = `${from.id}${name}DynamoDBDataSource`;
  const given = field(source, 'ServiceRoleArn');
  const roleArn = isGiven(given) ? given : sourceRole(id, from, at, expansion);
  make(expansion, from, { id, type: 'AWS::AppSync::DataSource', properties: { Type: 'AMAZON_DYNAMODB', Name: field(source, 'Name') ?? name, ServiceRoleArn: roleArn, DynamoDBConfig: { TableName: field(source, 'TableName') } }, at });
  if (isGiven(given)) return;
  const region: Written = field(source, 'Region') ?? { Ref: 'AWS::Region' };
  const table = field(source, 'TableName');
  const arn: Written = field(source, 'TableArn') ?? sub('arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}', { __Region__: region, ...(table === undefined ? {} : { __TableName__: table }) });
  const written = field(source, 'Permissions');
  const permissions = written === undefined ? ['Read', 'Write'] : itemsOf(written).flatMap((item) => literalText(item) ?? []);
  connectSource(id, 'ToTableConnector', { ...endpoint('AWS::DynamoDB::Table'), arn }, permissions, from, at, expansion);
}

function expandFunctionSource(from: SamResource, name: string, source: Node, at: Origin, expansion: Expansion): void {
  const id = `${from.id}${name}LambdaDataSource`;
  const given = field(source, 'ServiceRoleArn');
  const roleArn = isGiven(given) ? given : sourceRole(id, from, at, expansion);
  const functionArn = field(source, 'FunctionArn');
  make(expansion, from, { id, type: 'AWS::AppSync::DataSource', properties: { Type: 'AWS_LAMBDA', Name: field(source, 'Name') ?? name, ServiceRoleArn: roleArn, LambdaConfig: { LambdaFunctionArn: functionArn } }, at });
  if (!isGiven(given)) connectSource(id, 'ToLambdaConnector', { ...endpoint('AWS::Lambda::Function'), arn: functionArn }, ['Write'], from, at, expansion);
}

function sourceRole(id: string, from: SamResource, at: Origin, expansion: Expansion): Written {
  make(expansion, from, { id: `${id}Role`, type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: serviceTrust('appsync.amazonaws.com', at) }, at });
  return { 'Fn::GetAtt': [`${id}Role`, 'Arn'] };
}

function connectSource(id: string, suffix: string, destination: Endpoint, permissions: readonly string[], from: SamResource, at: Origin, expansion: Expansion): void {
  const source: Endpoint = { ...endpoint('AWS::AppSync::DataSource'), arn: { 'Fn::GetAtt': [id, 'DataSourceArn'] }, roleName: { Ref: `${id}Role` } };
  connect({ id: `${id}${suffix}`, source, destination, permissions, at }, '', { ...from, raw: { ...from.raw, body: withoutCondition(from.raw.body) } }, expansion);
}

function endpoint(type: string): Endpoint {
  return { id: undefined, type, arn: undefined, roleName: undefined, queueUrl: undefined, resourceId: undefined, name: undefined, qualifier: undefined };
}

/** SAM makes these connectors without the API's condition. */
function withoutCondition(body: Node): Node {
  return child(body, 'Condition') === undefined || body.kind !== 'mapping' ? body : { ...body, entries: body.entries.filter(({ key }) => key.text !== 'Condition') };
}

