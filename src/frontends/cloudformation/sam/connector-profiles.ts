/**
 * What connecting two resources takes, by their types. Facts of the Serverless Application Model's connectors
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html).
 */
export interface ConnectorProfile {
  readonly source: string;
  readonly destination: string;
  /** `policy`: a managed policy on the source's role, or on the destination's with `on`. */
  readonly grant: 'policy' | 'queue-policy' | 'topic-policy' | 'permission';
  readonly on: 'source' | 'destination';
  readonly access: Readonly<Partial<Record<'Read' | 'Write', readonly ConnectorStatement[]>>>;
}

/** Texts hold `${SourceArn}`, `${DestinationName}` and the like beside pseudo parameters. */
export interface ConnectorStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The service that is let in, and from where: for grants on resources. */
  readonly service?: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

const FUNCTION = 'AWS::Lambda::Function';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';
const TABLE = 'AWS::DynamoDB::Table';
const QUEUE = 'AWS::SQS::Queue';
const TOPIC = 'AWS::SNS::Topic';
const BUCKET = 'AWS::S3::Bucket';
const EVENT_BUS = 'AWS::Events::EventBus';
const RULE = 'AWS::Events::Rule';
const DATA_SOURCE = 'AWS::AppSync::DataSource';

const TO = ['${DestinationArn}'];
const EXECUTIONS = ['arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${DestinationName}:*'];
const SYNC_RULE = ['arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'];

const TABLE_ACCESS: ConnectorProfile['access'] = {
  Read: [{ actions: words('dynamodb', 'GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect'), resources: ['${DestinationArn}', '${DestinationArn}/index/*'] }],
  Write: [{ actions: words('dynamodb', 'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate'), resources: ['${DestinationArn}', '${DestinationArn}/index/*'] }],
};
const BUCKET_ACCESS: ConnectorProfile['access'] = {
  Read: [
    {
      actions: words('s3', 'GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts'),
      resources: ['${DestinationArn}', '${DestinationArn}/*'],
    },
  ],
  Write: [{ actions: words('s3', 'AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject'), resources: ['${DestinationArn}', '${DestinationArn}/*'] }],
};
const INVOKE = words('lambda', 'InvokeAsync InvokeFunction');

const PROFILES: readonly ConnectorProfile[] = [
  { source: TABLE, destination: FUNCTION, grant: 'policy', on: 'destination', access: { Read: [{ actions: words('dynamodb', 'DescribeStream GetRecords GetShardIterator ListStreams'), resources: ['${SourceArn}/stream/*'] }] } },
  { source: RULE, destination: TOPIC, grant: 'topic-policy', on: 'destination', access: admit('sns:Publish', 'events.amazonaws.com') },
  { source: RULE, destination: EVENT_BUS, ...writes('events:PutEvents') },
  { source: RULE, destination: STATE_MACHINE, ...writes('states:StartExecution') },
  { source: RULE, destination: FUNCTION, grant: 'permission', on: 'destination', access: admit('lambda:InvokeFunction', 'events.amazonaws.com') },
  { source: RULE, destination: QUEUE, grant: 'queue-policy', on: 'destination', access: admit('sqs:SendMessage', 'events.amazonaws.com') },
  { source: FUNCTION, destination: FUNCTION, ...writes(...INVOKE) },
  { source: FUNCTION, destination: BUCKET, grant: 'policy', on: 'source', access: BUCKET_ACCESS },
  { source: FUNCTION, destination: TABLE, grant: 'policy', on: 'source', access: TABLE_ACCESS },
  {
    source: FUNCTION,
    destination: QUEUE,
    grant: 'policy',
    on: 'source',
    access: {
      Read: [{ actions: words('sqs', 'ReceiveMessage GetQueueAttributes'), resources: TO }],
      Write: [{ actions: words('sqs', 'DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue'), resources: TO }],
    },
  },
  { source: FUNCTION, destination: TOPIC, ...writes('sns:Publish') },
  {
    source: FUNCTION,
    destination: STATE_MACHINE,
    grant: 'policy',
    on: 'source',
    access: {
      Write: [{ actions: words('states', 'StartExecution StartSyncExecution'), resources: TO }, { actions: ['states:StopExecution'], resources: EXECUTIONS }],
      Read: [
        { actions: words('states', 'DescribeStateMachine ListExecutions'), resources: TO },
        { actions: words('states', 'DescribeExecution DescribeStateMachineForExecution GetExecutionHistory'), resources: EXECUTIONS },
      ],
    },
  },
  { source: FUNCTION, destination: EVENT_BUS, ...writes('events:PutEvents') },
  {
    source: FUNCTION,
    destination: 'AWS::Location::PlaceIndex',
    grant: 'policy',
    on: 'source',
    access: { Read: [{ actions: words('geo', 'DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText'), resources: TO }] },
  },
  { source: 'AWS::ApiGatewayV2::Api', destination: FUNCTION, ...callsFrom('apigateway.amazonaws.com', 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/${SourceQualifier}') },
  { source: 'AWS::ApiGateway::RestApi', destination: FUNCTION, ...callsFrom('apigateway.amazonaws.com', 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/${SourceQualifier}') },
  { source: TOPIC, destination: QUEUE, grant: 'queue-policy', on: 'destination', access: admit('sqs:SendMessage', 'sns.amazonaws.com') },
  { source: TOPIC, destination: FUNCTION, ...callsFrom('sns.amazonaws.com', '${SourceArn}') },
  {
    source: QUEUE,
    destination: FUNCTION,
    grant: 'policy',
    on: 'destination',
    access: {
      Write: [{ actions: ['sqs:DeleteMessage'], resources: ['${SourceArn}'] }],
      Read: [{ actions: words('sqs', 'ReceiveMessage GetQueueAttributes'), resources: ['${SourceArn}'] }],
    },
  },
  { source: BUCKET, destination: FUNCTION, ...callsFrom('s3.amazonaws.com', '${SourceArn}', '${AWS::AccountId}') },
  { source: STATE_MACHINE, destination: FUNCTION, ...writes(...INVOKE) },
  { source: STATE_MACHINE, destination: TOPIC, ...writes('sns:Publish') },
  { source: STATE_MACHINE, destination: QUEUE, ...writes('sqs:SendMessage') },
  { source: STATE_MACHINE, destination: BUCKET, grant: 'policy', on: 'source', access: BUCKET_ACCESS },
  { source: STATE_MACHINE, destination: TABLE, grant: 'policy', on: 'source', access: TABLE_ACCESS },
  {
    source: STATE_MACHINE,
    destination: STATE_MACHINE,
    grant: 'policy',
    on: 'source',
    access: {
      Read: [{ actions: ['states:DescribeExecution'], resources: EXECUTIONS }, { actions: ['events:DescribeRule'], resources: SYNC_RULE }],
      Write: [
        { actions: ['states:StartExecution'], resources: TO },
        { actions: ['states:StopExecution'], resources: EXECUTIONS },
        { actions: words('events', 'PutTargets PutRule'), resources: SYNC_RULE },
      ],
    },
  },
  { source: STATE_MACHINE, destination: EVENT_BUS, ...writes('events:PutEvents') },
  { source: DATA_SOURCE, destination: TABLE, grant: 'policy', on: 'source', access: TABLE_ACCESS },
  { source: DATA_SOURCE, destination: FUNCTION, grant: 'policy', on: 'source', access: { Write: [{ actions: INVOKE, resources: ['${DestinationArn}', '${DestinationArn}:*'] }] } },
  { source: DATA_SOURCE, destination: EVENT_BUS, ...writes('events:PutEvents') },
  { source: 'AWS::AppSync::GraphQLApi', destination: FUNCTION, ...callsFrom('appsync.amazonaws.com', 'arn:${AWS::Partition}:appsync:${AWS::Region}:${AWS::AccountId}:apis/${SourceResourceId}') },
];

/** The profile for two types; `undefined` when SAM has no connector for them. */
export function connectorProfile(source: string, destination: string): ConnectorProfile | undefined {
  return PROFILES.find((profile) => profile.source === source && profile.destination === destination);
}

/** How a connected resource is referred to: its attributes as `Ref` (`''`) or `Fn::GetAtt`. */
export interface ConnectorIdentity {
  readonly arn: string;
  readonly id?: string;
  readonly name?: string;
  /** Property that names the role it runs as. */
  readonly role?: string;
}

const IDENTITIES: ReadonlyMap<string, ConnectorIdentity> = new Map<string, ConnectorIdentity>([
  [FUNCTION, { arn: 'Arn', role: 'Role' }],
  [STATE_MACHINE, { arn: '', name: 'Name', role: 'RoleArn' }],
  ['AWS::AppSync::GraphQLApi', { arn: '', id: 'ApiId' }],
  [DATA_SOURCE, { arn: '', role: 'ServiceRoleArn' }],
  [RULE, { arn: 'Arn', role: 'Targets' }],
  [QUEUE, { arn: 'Arn', id: '' }],
  [TOPIC, { arn: '' }],
  [TABLE, { arn: 'Arn' }],
  [BUCKET, { arn: 'Arn' }],
  ['AWS::Location::PlaceIndex', { arn: 'Arn' }],
  ['AWS::ApiGatewayV2::Api', { arn: 'Arn', id: '' }],
  ['AWS::ApiGateway::RestApi', { arn: 'Arn', id: '' }],
  [EVENT_BUS, { arn: 'Arn' }],
]);

/** How a type is referred to by connectors; `undefined` for types they do not join. */
export function connectorIdentity(type: string): ConnectorIdentity | undefined {
  return IDENTITIES.get(type);
}

function words(service: string, names: string): readonly string[] {
  return names.split(' ').map((name) => `${service}:${name}`);
}

function writes(...actions: readonly string[]): Pick<ConnectorProfile, 'grant' | 'on' | 'access'> {
  return { grant: 'policy', on: 'source', access: { Write: [{ actions, resources: TO }] } };
}

/** A service may act on the destination on behalf of the source. */
function admit(action: string, service: string): ConnectorProfile['access'] {
  return { Write: [{ actions: [action], resources: TO, service, sourceArn: '${SourceArn}' }] };
}

function callsFrom(service: string, sourceArn: string, sourceAccount?: string): Pick<ConnectorProfile, 'grant' | 'on' | 'access'> {
  const statement = { actions: ['lambda:InvokeFunction'], resources: TO, service, sourceArn };
  return { grant: 'permission', on: 'destination', access: { Write: [sourceAccount === undefined ? statement : { ...statement, sourceAccount }] } };
}
