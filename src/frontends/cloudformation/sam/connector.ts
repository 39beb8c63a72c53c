import type { Origin } from '../../../core/source.ts';
import { child, type Node } from '../../../parse/node.ts';
import { sub, write, type Written } from '../generated.ts';
import { type ConnectorProfile, connectorIdentity, connectorProfile, type ConnectorStatement } from './connector-profiles.ts';
import { complain, type Expansion, make, type SamResource } from './expansion.ts';
import { canonical, entriesOf, field, isMapping, itemsOf, literalText, logicalIdOf } from './nodes.ts';

/** A connection between two resources, as a connector, an embedded connector or a GraphQL API asks for it. */
export interface Connection {
  /** Logical id that what is made starts with. */
  readonly id: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly permissions: readonly string[];
  readonly at: Origin;
}

/** One end: a resource of the template, or what is said about one outside. */
export interface Endpoint {
  readonly id: string | undefined;
  readonly type: string;
  readonly arn: Written | undefined;
  readonly roleName: Written | undefined;
  readonly queueUrl: Written | undefined;
  readonly resourceId: Written | undefined;
  readonly name: Written | undefined;
  readonly qualifier: Written | undefined;
}

const PLAIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['AWS::Serverless::Function', 'AWS::Lambda::Function'],
  ['AWS::Serverless::StateMachine', 'AWS::StepFunctions::StateMachine'],
  ['AWS::Serverless::Api', 'AWS::ApiGateway::RestApi'],
  ['AWS::Serverless::HttpApi', 'AWS::ApiGatewayV2::Api'],
  ['AWS::Serverless::SimpleTable', 'AWS::DynamoDB::Table'],
]);

/** A connector's properties, its source possibly being the resource it is embedded in. */
export function expandConnector(from: SamResource, id: string, properties: Node, embedded: string | undefined, at: Origin, expansion: Expansion): void {
  const written = field(properties, 'Source') ?? field(properties, 'SourceReference');
  const sourceNode = embedded === undefined ? written : write(at, { Id: embedded, Qualifier: field(written, 'Qualifier') });
  const destinations = field(properties, 'Destination');
  if (sourceNode === undefined || destinations === undefined) {
    complain(expansion, `connector \`${id}\` needs a source and a destination`, at);
    return;
  }
  const permissions = itemsOf(field(properties, 'Permissions')).flatMap((item) => literalText(item) ?? []);
  itemsOf(destinations).forEach((destinationNode, index) => {
    const source = endpointOf(sourceNode, destinationNode, expansion);
    const destination = endpointOf(destinationNode, sourceNode, expansion);
    if (source === undefined || destination === undefined) complain(expansion, `connector \`${id}\` names a resource that is not in the template`, at);
    else connect({ id, source, destination, permissions, at }, destinations.kind === 'sequence' ? `Destination${index}` : '', from, expansion);
  });
}

/** Makes the policies that one connection stands for. */
export function connect(connection: Connection, suffix: string, from: SamResource, expansion: Expansion): void {
  const { id, source, destination, at } = connection;
  const profile = connectorProfile(source.type, destination.type);
  const holder = profile?.on === 'source' ? source : destination;
  if (profile === undefined) {
    complain(expansion, `connector \`${id}\` joins \`${source.type}\` to \`${destination.type}\`, which SAM cannot; nothing is made of it`, at);
    return;
  }
  const granted = (['Read', 'Write'] as const).filter((access) => connection.permissions.includes(access));
  const statements = orderOf(profile).filter((access) => granted.includes(access)).flatMap((access) => (profile.access[access] ?? []).map((statement) => ({ access, statement })));
  const document: Written = { Version: '2012-10-17', Statement: statements.map(({ statement }) => statementOf(statement, connection, expansion)) };
  switch (profile.grant) {
    case 'policy':
      if (holder.roleName === undefined) complain(expansion, `connector \`${id}\` cannot find the role of its ${profile.on}`, at);
      else make(expansion, from, { id: `${id}Policy${suffix}`, type: 'AWS::IAM::ManagedPolicy', properties: { PolicyDocument: document, Roles: [holder.roleName] }, at });
      return;
    case 'queue-policy':
      make(expansion, from, { id: `${id}QueuePolicy${suffix}`, type: 'AWS::SQS::QueuePolicy', properties: { PolicyDocument: document, Queues: [holder.queueUrl ?? { Ref: 'AWS::NoValue' }] }, at });
      return;
    case 'topic-policy':
      make(expansion, from, { id: `${id}TopicPolicy${suffix}`, type: 'AWS::SNS::TopicPolicy', properties: { PolicyDocument: document, Topics: [holder.arn ?? { Ref: 'AWS::NoValue' }] }, at });
      return;
    case 'permission':
      for (const { access, statement } of statements) {
        const properties: Written = { Action: statement.actions[0], FunctionName: holder.arn, Principal: statement.service, SourceArn: fillOptional(statement.sourceArn, connection), SourceAccount: fillOptional(statement.sourceAccount, connection) };
        make(expansion, from, { id: `${id}${access}LambdaPermission${suffix}`, type: 'AWS::Lambda::Permission', properties, at });
      }
  }
}

function orderOf(profile: ConnectorProfile): readonly ('Read' | 'Write')[] {
  return Object.keys(profile.access)[0] === 'Write' ? ['Write', 'Read'] : ['Read', 'Write'];
}

function statementOf(statement: ConnectorStatement, connection: Connection, expansion: Expansion): Written {
  const allow = { Effect: 'Allow', Action: statement.actions, Resource: statement.resources.map((text) => fill(text, connection, expansion)) };
  if (statement.service === undefined) return allow;
  return { ...allow, Principal: { Service: statement.service }, Condition: { ArnEquals: { 'aws:SourceArn': fillOptional(statement.sourceArn, connection) } } };
}

function fillOptional(text: string | undefined, connection: Connection): Written | undefined {
  return text === undefined ? undefined : fill(text, connection);
}

/** Fills in the connected resources' attributes; a text that is one of them alone is its value. */
function fill(text: string, connection: Connection, expansion?: Expansion): Written {
  const names: Record<string, Written> = {};
  for (const [end, endpoint] of [['Source', connection.source], ['Destination', connection.destination]] as const) {
    for (const [attribute, value] of [['Arn', endpoint.arn], ['ResourceId', endpoint.resourceId], ['Name', endpoint.name], ['Qualifier', endpoint.qualifier]] as const) {
      const name = `${end}${attribute}`;
      if (!text.includes(`\${${name}}`)) continue;
      if (value === undefined && expansion !== undefined) complain(expansion, `connector \`${connection.id}\` cannot tell the ${attribute} of its ${end.toLowerCase()}`, connection.at);
      if (text === `\${${name}}`) return value ?? { Ref: `${connection.id}.${name}` };
      names[name] = value ?? { Ref: `${connection.id}.${name}` };
    }
  }
  return Object.keys(names).length === 0 ? sub(text) : sub(text, names);
}

/** One end of a connector: by logical id, or by what is given of a resource elsewhere. */
function endpointOf(node: Node, other: Node, expansion: Expansion): Endpoint | undefined {
  const id = literalText(field(node, 'Id'));
  const qualifier = field(node, 'Qualifier');
  if (id !== undefined) return resourceEndpoint(id, qualifier, other, expansion);
  const type = literalText(field(node, 'Type'));
  if (type === undefined) return undefined;
  return { id, type: PLAIN_TYPES.get(type) ?? type, arn: field(node, 'Arn'), roleName: field(node, 'RoleName'), queueUrl: field(node, 'QueueUrl'), resourceId: field(node, 'ResourceId'), name: field(node, 'Name'), qualifier };
}

function resourceEndpoint(id: string, qualifier: Node | undefined, other: Node, expansion: Expansion): Endpoint | undefined {
  const resource = expansion.resources.get(id);
  if (resource === undefined) return undefined;
  const identity = connectorIdentity(resource.type);
  const attribute = (name: string | undefined): Written | undefined => (name === undefined ? undefined : name === '' ? { Ref: id } : { 'Fn::GetAtt': [id, name] });
  const properties = field(resource.body, 'Properties');
  const role = identity?.role === undefined ? undefined : identity.role === 'Targets' ? targetRole(properties, other) : field(properties, identity.role);
  const roleId = logicalIdOf(role);
  return {
    id,
    type: resource.type,
    arn: attribute(identity?.arn),
    roleName: roleId === undefined ? undefined : { Ref: roleId },
    queueUrl: resource.type === 'AWS::SQS::Queue' ? { Ref: id } : undefined,
    resourceId: attribute(identity?.id),
    name: attribute(identity?.name),
    qualifier: qualifier ?? (identity?.id === '' ? '*' : undefined),
  };
}

/** The role that a rule starts the other end with. */
function targetRole(properties: Node | undefined, other: Node): Node | undefined {
  const id = literalText(field(other, 'Id'));
  const arn = field(other, 'Arn');
  const target = itemsOf(field(properties, 'Targets')).find((item) => {
    const targetArn = field(item, 'Arn');
    if (targetArn === undefined) return false;
    return (id !== undefined && logicalIdOf(targetArn) === id) || (arn !== undefined && canonical(arn) === canonical(targetArn));
  });
  return field(target, 'RoleArn');
}

/** Connectors written within the resource they start from. */
export function embeddedConnectors(body: Node): readonly { readonly name: string; readonly at: Node; readonly properties: Node; readonly body: Node }[] {
  return entriesOf(child(body, 'Connectors')).flatMap(({ key, value }) => {
    const properties = field(value, 'Properties');
    return isMapping(properties) ? [{ name: key.text, at: key, properties, body: value }] : [];
  });
}
