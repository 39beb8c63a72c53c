import { child, type Node } from '../../../parse/node.ts';
import { write, type Written } from '../generated.ts';
import { API_EVENTS } from './api-events.ts';
import { eventInvokePolicies } from './destinations.ts';
import { type EventTarget, eventsOf } from './event.ts';
import { awsPolicyArn, complain, defineCondition, type Expansion, make, type Recipe, resolvedText, type SamResource } from './expansion.ts';
import { conditionalOf, field, isGiven, isNoValue, literalText } from './nodes.ts';
import { PULL_EVENTS } from './pull-events.ts';
import { PUSH_EVENTS } from './push-events.ts';
import { addManaged, addPolicies, addPolicy, createRole, makeRole, type RoleDraft, serviceTrust, tracingPolicyArn } from './role.ts';
import { scheduleEvent } from './schedule-events.ts';
import { tagList } from './tags.ts';

const EVENTS = new Map([...PUSH_EVENTS, ...PULL_EVENTS, ...API_EVENTS, ['ScheduleV2', scheduleEvent('lambda')] as const]);

/** Properties that SAM turns into resources of their own, or into properties of another name. */
const NOT_PASSED: ReadonlySet<string> = new Set([
  ...['Role', 'Policies', 'AssumeRolePolicyDocument', 'PermissionsBoundary', 'RolePath', 'Events', 'Tags', 'PropagateTags', 'Tracing', 'DeadLetterQueue', 'CodeUri', 'InlineCode', 'ImageUri'],
  ...['AutoPublishAlias', 'AutoPublishAliasAllProperties', 'AutoPublishCodeSha256', 'DeploymentPreference', 'EventInvokeConfig', 'FunctionUrlConfig', 'ProvisionedConcurrencyConfig', 'VersionDescription', 'VersionDeletionPolicy'],
]);

/** `AWS::Serverless::Function`: the function, its role, its URL, and what its events need. */
export function expandFunction(from: SamResource, expansion: Expansion): void {
  const alias = makeAlias(from, expansion);
  const role = draftRole(from, expansion);
  const target: EventTarget = {
    id: alias ?? from.id,
    arn: alias === undefined ? { 'Fn::GetAtt': [from.id, 'Arn'] } : { Ref: alias },
    name: { Ref: alias ?? from.id },
    isAlias: alias !== undefined,
    role,
  };
  makeUrl(from, target, expansion);
  noteDeployment(from, expansion);
  for (const event of eventsOf(from, expansion)) {
    const handler = EVENTS.get(event.type);
    if (handler === undefined) complain(expansion, `event type \`${event.type.slice(0, 40)}\` of \`${from.id}\` is not known; what it needs is not judged`, event.at);
    else handler(event, target, expansion);
  }
  const roleArn = settleRole(from, role, expansion);
  make(expansion, from, { id: from.id, type: 'AWS::Lambda::Function', properties: functionProperties(from, roleArn) });
}

function functionProperties(from: SamResource, role: Written): Node {
  const { properties } = from;
  const passed = properties.entries.filter(({ key }) => !NOT_PASSED.has(key.text));
  const inline = field(properties, 'InlineCode');
  const deadLetters = field(field(properties, 'DeadLetterQueue'), 'TargetArn');
  const tracing = field(properties, 'Tracing');
  const made = write(from.at, {
    Role: role,
    Code: inline === undefined ? undefined : { ZipFile: inline },
    DeadLetterConfig: deadLetters === undefined ? undefined : { TargetArn: deadLetters },
    TracingConfig: tracing === undefined ? undefined : { Mode: tracing },
    Tags: tagList(field(properties, 'Tags')),
  });
  return { ...properties, entries: [...passed, ...(made.kind === 'mapping' ? made.entries : [])] };
}

/** The version and alias that `AutoPublishAlias` makes; gives the alias's logical id. */
function makeAlias(from: SamResource, expansion: Expansion): string | undefined {
  const property = field(from.properties, 'AutoPublishAlias');
  if (!isGiven(property)) return undefined;
  const name = resolvedText(property, from);
  const version = `${from.id}Version`;
  const alias = `${from.id}Alias${(name ?? '').replaceAll('-', 'D').replaceAll('_', 'U')}`;
  make(expansion, from, { id: version, type: 'AWS::Lambda::Version', properties: { FunctionName: { Ref: from.id } }, at: property });
  make(expansion, from, { id: alias, type: 'AWS::Lambda::Alias', properties: { Name: property, FunctionName: { Ref: from.id }, FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] } }, at: property });
  const { aliases } = expansion.context.stack.sections;
  aliases.set(`${from.id}.Alias`, alias);
  aliases.set(`${from.id}.Version`, version);
  return alias;
}

/** The role as the function's own properties have it; events add to it. */
function draftRole(from: SamResource, expansion: Expansion): RoleDraft {
  const { properties } = from;
  const durable = isGiven(field(properties, 'DurableConfig'));
  const role = createRole(`${from.id}Role`, field(properties, 'AssumeRolePolicyDocument') ?? serviceTrust('lambda.amazonaws.com', from.at));
  addManaged(role, write(from.at, awsPolicyArn(expansion, `service-role/${durable ? 'AWSLambdaBasicDurableExecutionRolePolicy' : 'AWSLambdaBasicExecutionRole'}`)));
  const tracing = field(properties, 'Tracing');
  if (isGiven(tracing) && resolvedText(tracing, from) !== 'Disabled') addManaged(role, write(tracing, tracingPolicyArn(expansion)));
  const network = field(properties, 'VpcConfig');
  if (isGiven(network)) addManaged(role, write(network, awsPolicyArn(expansion, 'service-role/AWSLambdaVPCAccessExecutionRole')));
  const deadLetters = field(properties, 'DeadLetterQueue');
  if (isGiven(deadLetters)) addDeadLetters(role, deadLetters, from, expansion);
  const invoke = field(properties, 'EventInvokeConfig');
  if (isGiven(invoke)) for (const policy of eventInvokePolicies(invoke, from, expansion)) addPolicy(role, policy);
  addPolicies(role, field(properties, 'Policies'), from, expansion);
  return role;
}

function addDeadLetters(role: RoleDraft, config: Node, from: SamResource, expansion: Expansion): void {
  const action = new Map([['SQS', 'sqs:SendMessage'], ['SNS', 'sns:Publish']]).get(literalText(field(config, 'Type')) ?? '');
  const arn = field(config, 'TargetArn');
  if (action === undefined || arn === undefined) complain(expansion, `\`DeadLetterQueue\` of \`${from.id}\` needs a type of SQS or SNS and a target`, config);
  else addPolicy(role, write(config, { PolicyName: 'DeadLetterQueuePolicy', PolicyDocument: { Version: '2012-10-17', Statement: [{ Action: action, Resource: arn, Effect: 'Allow' }] } }));
}

/** Makes the role unless the function names one; gives the ARN of the role that the function gets. */
function settleRole(from: SamResource, role: RoleDraft, expansion: Expansion): Written {
  const given = field(from.properties, 'Role');
  const made: Written = { 'Fn::GetAtt': [role.id, 'Arn'] };
  if (!isGiven(given) || isNoValue(given)) {
    makeRole(expansion, from, role);
    return made;
  }
  const conditional = conditionalOf(given);
  if (conditional === undefined) return given;
  const [noThen, noOtherwise] = [isNoValue(conditional.then), isNoValue(conditional.otherwise)];
  if (!noThen && !noOtherwise) return given;
  if (noThen && noOtherwise) {
    makeRole(expansion, from, role);
    return made;
  }
  const condition: Recipe['condition'] = noThen ? conditional.name : defineCondition(expansion, `not ${conditional.name}`, { 'Fn::Not': [{ Condition: conditional.name }] }, conditional.condition);
  makeRole(expansion, from, role, { condition });
  return write(given, { 'Fn::If': [conditional.condition, noThen ? made : conditional.then, noThen ? conditional.otherwise : made] });
}

/** The function's URL; without authentication anyone gets leave to call it. */
function makeUrl(from: SamResource, target: EventTarget, expansion: Expansion): void {
  const config = field(from.properties, 'FunctionUrlConfig');
  if (!isGiven(config)) return;
  const authType = field(config, 'AuthType');
  const at = authType ?? config;
  make(expansion, from, { id: `${from.id}Url`, type: 'AWS::Lambda::Url', properties: { AuthType: authType, TargetFunctionArn: target.name, Cors: field(config, 'Cors'), InvokeMode: field(config, 'InvokeMode') }, at: config });
  if (literalText(authType) !== 'NONE') return;
  make(expansion, from, { id: `${from.id}UrlPublicPermissions`, type: 'AWS::Lambda::Permission', properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: target.name, Principal: '*', FunctionUrlAuthType: authType }, at });
  make(expansion, from, { id: `${from.id}URLInvokeAllowPublicAccess`, type: 'AWS::Lambda::Permission', properties: { Action: 'lambda:InvokeFunction', FunctionName: target.name, Principal: '*', InvokedViaFunctionUrl: true }, at });
}

function noteDeployment(from: SamResource, expansion: Expansion): void {
  const preference = field(from.properties, 'DeploymentPreference');
  if (!isGiven(preference)) return;
  const enabled = child(preference, 'Enabled');
  const text = resolvedText(enabled, from)?.toLowerCase();
  if (enabled !== undefined && (text === 'false' || !isGiven(enabled))) return;
  const passed = resolvedText(field(preference, 'PassthroughCondition'), from)?.toLowerCase() === 'true';
  expansion.deployments.push({ from, preference, condition: passed ? literalText(field(from.raw.body, 'Condition')) : undefined });
}
