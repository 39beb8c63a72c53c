import { child } from '../../../parse/node.ts';
import { write, type Written } from '../generated.ts';
import { addEventPolicy } from './api-events.ts';
import { apiOf, REST } from './api-model.ts';
import { deadLetterQueue, type EventHandler, eventsOf, type EventTarget } from './event.ts';
import { complain, type Expansion, make, resolvedText, type SamResource, type SamEvent } from './expansion.ts';
import { field, isGiven, literalText } from './nodes.ts';
import { addManaged, addPolicies, createRole, inlinePolicy, makeRole, serviceTrust, tracingPolicyArn } from './role.ts';
import { scheduleEvent } from './schedule-events.ts';
import { tagList } from './tags.ts';

/** Lets a service start the state machine, by a role of its own. Gives the role's ARN. */
function startRole(event: SamEvent, target: EventTarget, service: string, expansion: Expansion): Written {
  const id = `${event.id}Role`;
  const role: Written = {
    AssumeRolePolicyDocument: serviceTrust(service, event.at),
    Policies: [inlinePolicy(`${id}StartExecutionPolicy`, 'states:StartExecution', target.arn)],
    PermissionsBoundary: field(event.from.properties, 'PermissionsBoundary'),
  };
  make(expansion, event.from, { id, type: 'AWS::IAM::Role', properties: role, at: event.at });
  return { 'Fn::GetAtt': [id, 'Arn'] };
}

const rule: EventHandler = (event, target, expansion) => {
  const { properties } = event;
  const given = event.type === 'Schedule' ? field(properties, 'RoleArn') : undefined;
  const role = given ?? startRole(event, target, 'events.amazonaws.com', expansion);
  const queue = deadLetterQueue(expansion, event, { 'Fn::GetAtt': [event.id, 'Arn'] });
  make(expansion, event.from, {
    id: event.id,
    type: 'AWS::Events::Rule',
    properties: {
      Name: event.type === 'Schedule' ? field(properties, 'Name') : field(properties, 'RuleName'),
      EventBusName: field(properties, 'EventBusName'),
      EventPattern: field(properties, 'Pattern'),
      ScheduleExpression: field(properties, 'Schedule'),
      Targets: [{ Arn: target.arn, Id: field(field(properties, 'Target'), 'Id') ?? `${event.id}StepFunctionsTarget`, RoleArn: role, DeadLetterConfig: queue === undefined ? undefined : { Arn: queue } }],
    },
    at: event.at,
  });
};

const api: EventHandler = (event, target, expansion) => {
  startRole(event, target, 'apigateway.amazonaws.com', expansion);
  addEventPolicy(event, apiOf(event, REST, expansion), literalText(field(event.properties, 'Stage')));
};

const EVENTS: ReadonlyMap<string, EventHandler> = new Map([
  ['Schedule', rule],
  ['CloudWatchEvent', rule],
  ['EventBridgeRule', rule],
  ['Api', api],
  ['ScheduleV2', scheduleEvent('states')],
]);

/** `AWS::Serverless::StateMachine`: the state machine, its role, and a role for each event that starts it. */
export function expandStateMachine(from: SamResource, expansion: Expansion): void {
  const { properties } = from;
  const given = field(properties, 'Role');
  const role = createRole(`${from.id}Role`, serviceTrust('states.amazonaws.com', from.at));
  if (!isGiven(given)) {
    addPolicies(role, field(properties, 'Policies'), from, expansion);
    const tracing = child(field(properties, 'Tracing'), 'Enabled');
    if (tracing !== undefined && literalText(tracing) === 'true') addManaged(role, write(tracing, tracingPolicyArn(expansion)));
    makeRole(expansion, from, role);
  }
  const alias = makeAlias(from, expansion);
  const targetId = alias !== undefined && isGiven(field(properties, 'UseAliasAsEventTarget')) ? alias : from.id;
  const target: EventTarget = { id: targetId, arn: { Ref: targetId }, name: { Ref: targetId }, isAlias: targetId !== from.id, role: undefined };
  for (const event of eventsOf(from, expansion)) {
    const handler = EVENTS.get(event.type);
    if (handler === undefined) complain(expansion, `event type \`${event.type.slice(0, 40)}\` of \`${from.id}\` is not known; what it needs is not judged`, event.at);
    else handler(event, target, expansion);
  }
  make(expansion, from, {
    id: from.id,
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      StateMachineName: field(properties, 'Name'),
      StateMachineType: field(properties, 'Type'),
      RoleArn: isGiven(given) ? given : { 'Fn::GetAtt': [role.id, 'Arn'] },
      Definition: field(properties, 'Definition'),
      DefinitionSubstitutions: field(properties, 'DefinitionSubstitutions'),
      LoggingConfiguration: field(properties, 'Logging'),
      TracingConfiguration: field(properties, 'Tracing'),
      Tags: tagList(field(properties, 'Tags')),
    },
  });
}

function makeAlias(from: SamResource, expansion: Expansion): string | undefined {
  const property = field(from.properties, 'AutoPublishAlias');
  if (!isGiven(property)) return undefined;
  const id = `${from.id}Alias${resolvedText(property, from) ?? ''}`;
  make(expansion, from, { id: `${from.id}Version`, type: 'AWS::StepFunctions::StateMachineVersion', properties: { StateMachineArn: { Ref: from.id } }, at: property });
  make(expansion, from, { id, type: 'AWS::StepFunctions::StateMachineAlias', properties: { Name: property, DeploymentPreference: { StateMachineVersionArn: { Ref: `${from.id}Version` } } }, at: property });
  return id;
}
