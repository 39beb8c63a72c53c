import type { Node } from '../../../parse/node.ts';
import { entry, mapping, sub, write } from '../generated.ts';
import type { ApiModel, Expansion } from './expansion.ts';
import { make } from './expansion.ts';
import { entriesOf, field, isGiven, isMapping, literalText } from './nodes.ts';
import { addResourcePolicy, policyDocument } from './resource-policy.ts';
import { identifier } from './event.ts';

/** `AWS::Serverless::Api`: the REST API with its resource policy, its stage, and leave to call its authorizers. */
export function expandRestApi(api: ApiModel, expansion: Expansion): void {
  const { resource: from } = api;
  const { properties } = from;
  addApiPolicy(api);
  makeStage(api, expansion);
  for (const { key, value } of entriesOf(field(field(properties, 'Auth'), 'Authorizers'))) {
    const functionArn = field(value, 'FunctionArn');
    if (!isGiven(functionArn) || isGiven(field(value, 'DisableFunctionDefaultPermissions'))) continue;
    makeAuthorizerPermission(expansion, api, `${from.id}${key.text}AuthorizerPermission`, functionArn, key, expansion.partition);
  }
  make(expansion, from, {
    id: from.id,
    type: 'AWS::ApiGateway::RestApi',
    properties: {
      Name: field(properties, 'Name'),
      Description: field(properties, 'Description'),
      EndpointConfiguration: endpoints(field(properties, 'EndpointConfiguration')),
      DisableExecuteApiEndpoint: field(properties, 'DisableExecuteApiEndpoint'),
      ApiKeySourceType: field(properties, 'ApiKeySourceType'),
      Policy: field(properties, 'Policy'),
      Body: bodyOf(api),
    },
  });
}

/** Lets API Gateway call a Lambda authorizer; REST APIs name their partition, the others leave it to the deployment. */
export function makeAuthorizerPermission(expansion: Expansion, api: ApiModel, id: string, functionArn: Node, at: Node, partition: string): void {
  const { resource: from } = api;
  const source = sub(`arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`, { __ApiId__: { Ref: from.id } });
  make(expansion, from, { id, type: 'AWS::Lambda::Permission', properties: { Action: 'lambda:InvokeFunction', FunctionName: functionArn, Principal: 'apigateway.amazonaws.com', SourceArn: source }, at });
}

function addApiPolicy(api: ApiModel): void {
  const { properties } = api.resource;
  const policy = field(field(properties, 'Auth'), 'ResourcePolicy');
  if (!isMapping(policy)) return;
  // SAM answers preflight requests by a method of its own on each path.
  if (isGiven(field(properties, 'Cors'))) addPreflight(api);
  addResourcePolicy(api, policy, [...api.paths.keys()], field(properties, 'StageName') ?? { Ref: 'AWS::NoValue' });
}

function addPreflight(api: ApiModel): void {
  const done = new Set<string>();
  for (const [path, methods] of api.paths) {
    const plain = path === '/' ? path : path.replace(/\/+$/, '');
    if (done.has(plain)) continue;
    done.add(plain);
    if (!methods.includes('options')) methods.push('options');
  }
}

function makeStage(api: ApiModel, expansion: Expansion): void {
  const { resource: from } = api;
  const name = field(from.properties, 'StageName');
  if (name === undefined) return;
  const prefix = literalText(name) ?? '';
  const id = /^[A-Za-z0-9]+$/.test(prefix) ? `${from.id}${prefix}Stage` : `${from.id}Stage${identifier(prefix)}`;
  make(expansion, from, { id, type: 'AWS::ApiGateway::Stage', properties: { RestApiId: { Ref: from.id }, StageName: name }, at: name });
  expansion.context.stack.sections.aliases.set(`${from.id}.Stage`, id);
}

function endpoints(configuration: Node | undefined): Node | undefined {
  if (configuration === undefined) return undefined;
  const type = field(configuration, 'Type');
  const vpcEndpoints = field(configuration, 'VPCEndpointIds') ?? field(configuration, 'VpcEndpointIds');
  return type === undefined ? write(configuration, { Types: [configuration] }) : write(configuration, { Types: [type], VpcEndpointIds: vpcEndpoints });
}

/** The definition with the resource policy in it. */
function bodyOf(api: ApiModel): Node | undefined {
  const { resource: from, definition } = api;
  const auth = field(from.properties, 'Auth');
  const policy = policyDocument(api, field(auth, 'ResourcePolicy') ?? field(definition, 'x-amazon-apigateway-policy') ?? from.at);
  if (policy === undefined) return definition ?? field(from.properties, 'DefinitionBody');
  const entries = (definition?.entries ?? []).filter(({ key }) => key.text !== 'x-amazon-apigateway-policy');
  return mapping(from.at, [...entries, entry(policy, 'x-amazon-apigateway-policy', policy)]);
}
