/**
 * Service prefixes whose actions resource control policies can limit, as of 2026-03.
 * Source: Organizations User Guide, "Resource control policies (RCPs)", "List of AWS services that support RCPs",
 * and the announcements of 2024-11 (S3, STS, KMS, SQS, Secrets Manager), 2025-06 (ECR, OpenSearch Serverless),
 * 2026-01 (Cognito, CloudWatch Logs) and 2026-02 (DynamoDB).
 */
export const RCP_SERVICES: ReadonlySet<string> = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'ecr',
  'aoss',
  'cognito-identity',
  'cognito-idp',
  'logs',
  'dynamodb',
]);

/** Source: KMS Developer Guide, "Resource control policies in AWS KMS": RCPs have no effect on this action. */
export const RCP_EXEMPT_ACTIONS: ReadonlySet<string> = new Set(['kms:retiregrant']);
