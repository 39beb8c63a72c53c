import type { Value } from '../../../src/core/value.ts';
import type { Resource, Template } from '../../../src/frontends/frontend.ts';
import { open } from './opening.ts';

/**
 * Compares what is derived from a SAM template with a published output of the transform: the resources that grant access, and
 * the roles that others run as. Both are opened by the same front-end, so values meet resolved.
 *
 * Set aside: digests at the end of logical ids; the order of lists (the outputs were stored sorted, down to the arguments of
 * `Fn::GetAtt` and `Fn::Sub`); a list of one and its item; tags and descriptions.
 */
export function compareWithReference(input: string, output: string, region: string, partition = 'aws'): readonly string[] {
  const ours = views(open(input, { region, partition }).template);
  const reference = views(open(unsorted(output), { region, partition }).template);
  const differences: string[] = [];
  for (const [name, view] of reference) {
    const own = ours.get(name);
    if (own === undefined) differences.push(`missing ${name}`);
    else if (own !== view) differences.push(`${name}\n  derived   ${own}\n  reference ${view}`);
  }
  for (const name of ours.keys()) if (!reference.has(name)) differences.push(`not in the reference: ${name}`);
  return differences;
}

/** What matters of each type. Types that are not listed carry nothing about access. */
const RELEVANT: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::IAM::Role', ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies', 'Path', 'PermissionsBoundary']],
  ['AWS::IAM::ManagedPolicy', ['PolicyDocument', 'Roles', 'Users', 'Groups']],
  ['AWS::IAM::Policy', ['PolicyDocument', 'Roles', 'Users', 'Groups']],
  ['AWS::Lambda::Permission', ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount', 'EventSourceToken', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl']],
  ['AWS::SQS::QueuePolicy', ['PolicyDocument', 'Queues']],
  ['AWS::SNS::TopicPolicy', ['PolicyDocument', 'Topics']],
  ['AWS::ApiGateway::RestApi', ['Policy', 'Body.x-amazon-apigateway-policy']],
  ['AWS::Lambda::Url', ['AuthType', 'TargetFunctionArn']],
  ['AWS::Lambda::Function', ['Role']],
  ['AWS::StepFunctions::StateMachine', ['RoleArn']],
  ['AWS::Events::Rule', ['Targets.RoleArn', 'Targets.DeadLetterConfig']],
  ['AWS::Scheduler::Schedule', ['Target.RoleArn']],
  ['AWS::CodeDeploy::DeploymentGroup', ['ServiceRoleArn']],
  ['AWS::AppSync::GraphQLApi', ['LogConfig.CloudWatchLogsRoleArn']],
  ['AWS::Lambda::CapacityProvider', ['PermissionsConfig']],
  ['AWS::ApiGatewayV2::Authorizer', ['AuthorizerCredentialsArn']],
  ['AWS::CloudFormation::Stack', ['Parameters']],
]);

function views(template: Template): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const resource of template.resources) {
    const paths = RELEVANT.get(resource.type);
    if (paths === undefined) continue;
    const properties = normal(resource.properties());
    const chosen = paths.map((path) => [path, path.split('.').reduce(at, properties)] as const).filter(([, value]) => value !== undefined && JSON.stringify(value) !== '[]');
    found.set(`${resource.type} ${withoutDigest(resource.address)}`, JSON.stringify([guard(resource.when), Object.fromEntries(chosen)]));
  }
  return found;
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function normal(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'absent':
      return undefined;
    case 'unknown':
      return `?${value.name.replace(/ at \d+/, '')}`;
    case 'reference':
      return `=${withoutDigest(value.address)}.${value.attribute}`;
    case 'concat':
      return value.parts.map((part) => (part.kind === 'scalar' ? part.text : `<${JSON.stringify(normal(part))}>`)).join('');
    case 'list': {
      const items = value.items.map(normal).filter((item) => item !== undefined);
      return items.length === 1 ? items[0] : items.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
    }
    case 'map': {
      const entries = value.entries.map((entry) => [entry.key, normal(entry.value)] as const).filter(([, item]) => item !== undefined);
      return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
    }
    case 'choice':
      return { choice: value.options.map((option) => [guard(option.when), normal(option.value) ?? null]) };
  }
}

function guard(when: Resource['when']): string {
  return (when ?? []).map((literal) => `${withoutDigest(literal.variable)}${literal.is ? '=' : '!='}${literal.value}`).sort().join(' & ');
}

function withoutDigest(name: string): string {
  return name.replace(/(?<=.)[0-9a-f]{10}$/, '');
}

/** Puts the arguments of functions back in order in an output whose lists were all sorted. */
function unsorted(output: string): string {
  const parsed: unknown = JSON.parse(output);
  return JSON.stringify(restore(parsed));
}

function restore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restore);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, restore(item)] as const);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && Array.isArray(only[1])) {
    const [first, second]: unknown[] = only[1];
    if (only[0] === 'Fn::GetAtt' && first === 'Arn') return { 'Fn::GetAtt': [second, first] };
    if (only[0] === 'Fn::Sub' && typeof first === 'object') return { 'Fn::Sub': [second, first] };
  }
  return Object.fromEntries(entries);
}
