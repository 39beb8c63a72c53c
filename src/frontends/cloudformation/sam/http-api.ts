import { sub } from '../generated.ts';
import { identifier } from './event.ts';
import { complain, type ApiModel, type Expansion, make, type SamResource } from './expansion.ts';
import { entriesOf, field, isGiven, literalText } from './nodes.ts';
import { makeAuthorizerPermission } from './rest-api.ts';

/** `AWS::Serverless::HttpApi`: the API, its stage, and leave to call the authorizers that ask for it. */
export function expandHttpApi(api: ApiModel, expansion: Expansion): void {
  const { resource: from } = api;
  const { properties } = from;
  for (const { key, value } of entriesOf(field(field(properties, 'Auth'), 'Authorizers'))) {
    const functionArn = field(value, 'FunctionArn');
    if (!isGiven(functionArn) || !isGiven(field(value, 'EnableFunctionDefaultPermissions'))) continue;
    makeAuthorizerPermission(expansion, api, `${from.id}${key.text}AuthorizerPermission`, functionArn, key, '${AWS::Partition}');
  }
  make(expansion, from, { id: from.id, type: 'AWS::ApiGatewayV2::Api', properties: { Name: field(properties, 'Name'), Body: field(properties, 'DefinitionBody'), DisableExecuteApiEndpoint: field(properties, 'DisableExecuteApiEndpoint') } });
  makeStage(from, expansion);
}

function makeStage(from: SamResource, expansion: Expansion): void {
  const name = field(from.properties, 'StageName');
  const prefix = name === undefined ? '' : (literalText(name) ?? '');
  const id = name === undefined || prefix === '$default' ? `${from.id}ApiGatewayDefaultStage` : /^[A-Za-z0-9]+$/.test(prefix) ? `${from.id}${prefix}Stage` : `${from.id}Stage${identifier(prefix)}`;
  make(expansion, from, { id, type: 'AWS::ApiGatewayV2::Stage', properties: { ApiId: { Ref: from.id }, StageName: name ?? '$default' } });
  expansion.context.stack.sections.aliases.set(`${from.id}.Stage`, id);
}

/** `AWS::Serverless::WebSocketApi`: the API, and leave to call the function of each route and its authorizer. */
export function expandWebSocketApi(from: SamResource, expansion: Expansion): void {
  const { properties } = from;
  const stage = field(properties, 'StageName');
  const stageText = stage === undefined ? 'default' : literalText(stage);
  for (const { key, value } of entriesOf(field(properties, 'Routes'))) {
    const functionArn = field(value, 'FunctionArn');
    if (functionArn === undefined) {
      complain(expansion, `route \`${key.text}\` of \`${from.id}\` names no function`, key);
      continue;
    }
    const prefix = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${from.id}.ApiId}/`;
    const source = stageText === undefined && stage !== undefined ? sub(`${prefix}\${__StageName__}/${key.text}`, { __StageName__: stage }) : sub(`${prefix}${stageText ?? ''}/${key.text}`);
    make(expansion, from, {
      id: `${from.id}${routeWord(key.text)}Permission`,
      type: 'AWS::Lambda::Permission',
      properties: { Action: 'lambda:InvokeFunction', FunctionName: functionArn, Principal: 'apigateway.amazonaws.com', SourceArn: source },
      at: key,
    });
  }
  expandAuthorizer(from, expansion);
  make(expansion, from, { id: from.id, type: 'AWS::ApiGatewayV2::Api', properties: { Name: field(properties, 'Name'), ProtocolType: 'WEBSOCKET' } });
}

/** A route's key as part of a logical id: `$connect` is `Connect`. */
function routeWord(key: string): string {
  const word = key.replace(/^\$/, '');
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

function expandAuthorizer(from: SamResource, expansion: Expansion): void {
  const auth = field(from.properties, 'Auth');
  const functionArn = field(auth, 'AuthArn');
  const role = field(auth, 'InvokeRole');
  if (literalText(field(auth, 'AuthType'))?.toUpperCase() !== 'CUSTOM' || functionArn === undefined || auth === undefined) return;
  const connects = entriesOf(field(from.properties, 'Routes')).some(({ key }) => key.text === '$connect');
  if (!connects) return;
  make(expansion, from, { id: `${from.id}ConnectAuthorizer`, type: 'AWS::ApiGatewayV2::Authorizer', properties: { ApiId: { Ref: from.id }, AuthorizerType: 'REQUEST', AuthorizerCredentialsArn: role }, at: auth });
  if (isGiven(role)) return;
  const source = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*', { __ApiId__: { Ref: from.id } });
  make(expansion, from, { id: `${from.id}AuthorizerPermission`, type: 'AWS::Lambda::Permission', properties: { Action: 'lambda:InvokeFunction', FunctionName: functionArn, Principal: 'apigateway.amazonaws.com', SourceArn: source }, at: auth });
}
