/**
 * Services whose actions stand in the policies of another service's resources, because both speak of the same thing.
 * Source: service authorization reference (prefixes of the services' actions).
 */
const RELATED: readonly (readonly string[])[] = [
  ['s3', 's3express', 's3-object-lambda', 's3-outposts', 's3tables', 's3vectors', 's3files'],
  ['es', 'opensearch', 'aoss'],
  ['apigateway', 'execute-api'],
  ['lambda', 'lambda-microvms'],
  ['ses', 'sesv2', 'email'],
  ['logs', 'cloudwatch', 'observabilityadmin', 'oam'],
  ['ecr', 'ecr-public'],
  ['vpce', 'ec2'],
  ['vpc-lattice', 'vpc-lattice-svcs'],
  ['events', 'schemas', 'pipes', 'eventsv2'],
  ['kinesis', 'kafka', 'kafka-cluster'],
  ['bedrock', 'bedrock-agentcore', 'bedrock-agent'],
  ['elasticfilesystem', 'efs'],
  ['backup', 'backup-storage'],
  ['iot', 'iotwireless'],
  ['refactor-spaces', 'apigateway'],
  ['redshift', 'redshift-serverless', 'sqlworkbench'],
  ['glue', 'lakeformation'],
  ['ssm', 'ssm-incidents', 'ssm-contacts'],
  ['acm', 'acm-pca'],
  ['cloudtrail', 'cloudtrail-data'],
  ['dynamodb', 'dax'],
  ['rds', 'rds-db', 'dsql'],
];

/** May an action of one service stand in the policy of another service's resource? */
export function isRelatedService(action: string, resource: string): boolean {
  return action === resource || RELATED.some((group) => group.includes(action) && group.includes(resource));
}
