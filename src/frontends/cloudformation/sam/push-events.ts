import { write, sub, type Written } from '../generated.ts';
import { deadLetterQueue, type EventHandler, makePermission, makeQueuePolicy } from './event.ts';
import { make } from './expansion.ts';
import { field, isGiven, isMapping, literalText, logicalIdOf } from './nodes.ts';
import { addManaged } from './role.ts';
import { awsPolicyArn } from './expansion.ts';

/** A rule of EventBridge with the function as its target; `Schedule` and `CloudWatchEvent` alike. */
const rule: EventHandler = (event, target, expansion) => {
  const { properties } = event;
  const arn: Written = { 'Fn::GetAtt': [event.id, 'Arn'] };
  const queue = deadLetterQueue(expansion, event, arn);
  make(expansion, event.from, {
    id: event.id,
    type: 'AWS::Events::Rule',
    properties: {
      Name: event.type === 'Schedule' ? field(properties, 'Name') : field(properties, 'RuleName'),
      EventBusName: field(properties, 'EventBusName'),
      EventPattern: field(properties, 'Pattern'),
      ScheduleExpression: field(properties, 'Schedule'),
      Targets: [{ Arn: target.arn, Id: field(field(properties, 'Target'), 'Id') ?? `${event.id}LambdaTarget`, DeadLetterConfig: queue === undefined ? undefined : { Arn: queue } }],
    },
    at: event.at,
  });
  makePermission(expansion, event, target, 'events.amazonaws.com', { SourceArn: arn });
};

const bucket: EventHandler = (event, target, expansion) => {
  makePermission(expansion, event, target, 's3.amazonaws.com', { SourceAccount: { Ref: 'AWS::AccountId' } });
};

const topic: EventHandler = (event, target, expansion) => {
  const source = field(event.properties, 'Topic');
  const subscription = field(event.properties, 'SqsSubscription');
  if (source === undefined) return;
  const subscribe = (protocol: string, endpoint: Written): void => make(expansion, event.from, { id: event.id, type: 'AWS::SNS::Subscription', properties: { Protocol: protocol, Endpoint: endpoint, TopicArn: source }, at: event.at });
  if (!isGiven(subscription)) {
    makePermission(expansion, event, target, 'sns.amazonaws.com', { SourceArn: source });
    subscribe('lambda', target.arn);
    return;
  }
  const existing = isMapping(subscription);
  const madeId = `${event.id}Queue`;
  if (!existing) make(expansion, event.from, { id: madeId, type: 'AWS::SQS::Queue', properties: {}, at: event.at });
  const queueArn: Written = (existing ? field(subscription, 'QueueArn') : undefined) ?? { 'Fn::GetAtt': [madeId, 'Arn'] };
  const queueUrl: Written = (existing ? field(subscription, 'QueueUrl') : undefined) ?? { Ref: madeId };
  const id = (existing ? literalText(field(subscription, 'QueuePolicyLogicalId')) : undefined) ?? `${event.id}QueuePolicy`;
  makeQueuePolicy(expansion, event, { id, queueUrl, queueArn, principal: '*', sourceArn: source });
  subscribe('sqs', queueArn);
  if (target.role !== undefined) addManaged(target.role, write(event.at, awsPolicyArn(expansion, 'service-role/AWSLambdaSQSQueueExecutionRole')));
};

const logGroup: EventHandler = (event, target, expansion) => {
  const name = field(event.properties, 'LogGroupName');
  if (name === undefined) return;
  const source = sub(`arn:${expansion.partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`, { __LogGroupName__: name });
  makePermission(expansion, event, target, 'logs.amazonaws.com', { SourceArn: source });
};

const alexa: EventHandler = (event, target, expansion) => {
  makePermission(expansion, event, target, 'alexa-appkit.amazon.com', { EventSourceToken: field(event.properties, 'SkillId') });
};

const iotRule: EventHandler = (event, target, expansion) => {
  const source = sub(`arn:${expansion.partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${RuleName}`, { RuleName: { Ref: event.id } });
  makePermission(expansion, event, target, 'iot.amazonaws.com', { SourceArn: source, SourceAccount: sub('${AWS::AccountId}') });
  const payload: Written = { Sql: field(event.properties, 'Sql'), Actions: [{ Lambda: { FunctionArn: target.arn } }] };
  make(expansion, event.from, { id: event.id, type: 'AWS::IoT::TopicRule', properties: { TopicRulePayload: payload }, at: event.at });
};

/** All triggers of one function share a permission, because each is named after the function. */
const userPool: EventHandler = (event, target, expansion) => {
  const pool = logicalIdOf(field(event.properties, 'UserPool'));
  if (pool === undefined) return;
  makePermission(expansion, event, target, 'cognito-idp.amazonaws.com', { SourceArn: { 'Fn::GetAtt': [pool, 'Arn'] } }, '', `${target.id}Cognito`);
};

/** Sources that call the function themselves, so that each needs leave to do so. */
export const PUSH_EVENTS: ReadonlyMap<string, EventHandler> = new Map([
  ['Schedule', rule],
  ['CloudWatchEvent', rule],
  ['EventBridgeRule', rule],
  ['S3', bucket],
  ['SNS', topic],
  ['CloudWatchLogs', logGroup],
  ['AlexaSkill', alexa],
  ['IoTRule', iotRule],
  ['Cognito', userPool],
]);
