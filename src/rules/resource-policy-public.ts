import { defineRule, undecided } from '../check/define.ts';
import { isGuardedByDeny } from '../check/facts/deny-guard.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { blocksPublicPolicy, isFunctionUrlGrant } from '../check/facts/public.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** How grave it is for each kind of resource; others are rated like a bucket. */
const SEVERITY: ReadonlyMap<string, number> = new Map([
  ['kms', 9.3],
  ['sns', 8],
  ['sqs', 8],
  ['ecr', 8],
  ['glacier', 8],
  ['es', 8.5],
  ['events', 7.5],
]);

/** A resource that anyone may use. One engine for buckets, queues, topics, keys, functions, repositories and all others. */
export default defineRule({
  id: 'resource-policy-public',
  title: 'Resource policy allows anyone',
  category: 'public-access',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_283', 'cfn-policy-validator:check-no-public-access', 'tf-policy-validator:check-no-public-access', 'cfn-policy-validator:EXTERNAL_PRINCIPAL', 'cfripper:GenericResourceWildcardPrincipalRule', 'cfripper:GenericResourceFullWildcardPrincipalRule', 'cfripper:GenericWildcardPrincipalRule', 'cfripper:FullWildcardPrincipalRule', 'cloudsplaining:InternetAccessible', 'iam-policy-validator:principal_validation', 'prowler:secretsmanager_not_publicly_accessible', 'prowler:glue_data_catalogs_not_publicly_accessible', 'prowler:efs_not_publicly_accessible', 'checkov:CKV_AWS_70', 'cfn_nag:F16', 'guard:S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL', 'prowler:s3_bucket_policy_public_write_access', 'prowler:s3_bucket_public_access', 'trivy:AWS-0161', 'checkov:CKV_AWS_169', 'cfn_nag:F18', 'guard:SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL', 'prowler:sns_topics_not_publicly_accessible', 'checkov:CKV_AWS_168', 'checkov:CKV_AWS_387', 'cfn_nag:F21', 'guard:SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL', 'cfripper:SQSQueuePolicyPublicRule', 'prowler:sqs_queues_not_publicly_accessible', 'checkov:CKV_AWS_33', 'cfn_nag:F76', 'guard:KMS_NO_WILDCARD_PRINCIPAL', 'cfripper:KMSKeyWildcardPrincipalRule', 'prowler:kms_key_not_publicly_accessible', 'checkov:CKV_AWS_301', 'cfn_nag:F13', 'guard:LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED', 'guard:LAMBDA_NO_WILDCARD_PRINCIPALS', 'cdk-nag:HIPAA.Security-LambdaFunctionPublicAccessProhibited', 'cdk-nag:NIST.800.53.R4-LambdaFunctionPublicAccessProhibited', 'cdk-nag:NIST.800.53.R5-LambdaFunctionPublicAccessProhibited', 'cdk-nag:PCI.DSS.321-LambdaFunctionPublicAccessProhibited', 'prowler:awslambda_function_not_publicly_accessible', 'checkov:CKV_AWS_32', 'trivy:AWS-0032', 'cdk-nag:AwsSolutions-ECR1', 'prowler:ecr_repositories_not_publicly_accessible', 'cdk-nag:AwsSolutions-EVB1', 'prowler:eventbridge_bus_exposed', 'cdk-nag:AwsSolutions-OS5', 'cdk-nag:AwsSolutions-OS3', 'prowler:opensearch_service_domains_not_publicly_accessible', 'checkov:CKV_AWS_167', 'prowler:glacier_vaults_policy_public_access'],
  standards: ['CIS AWS v7.0 2.21', 'CWE-732', 'CWE-668', 'FSBP S3.2', 'FSBP S3.3', 'FSBP CloudTrail.6', 'FSBP SNS.4', 'FSBP SQS.3', 'FSBP KMS.5', 'FSBP Lambda.1', 'FSBP EventBridge.3', 'FSBP Opensearch.2', 'FSBP ES.2'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` lets anyone {actions}',
    why: 'Every AWS account, and where the service takes them unsigned requests too, can do this without asking.',
    fix: 'name who needs access in `Principal`, or confine callers with `aws:PrincipalOrgID`, `aws:SourceAccount` or `aws:SourceArn`',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated) return;
    const anyone = facts.principals.find((principal) => principal.kind === 'anyone');
    if (anyone === undefined) {
      const open = facts.principals.find((principal) => principal.kind === 'unknown' && principal.at.type === 'AWS' && principal.at.text.startsWith('\uE000?'));
      if (open !== undefined && facts.callerScope.confined === 'no') yield undecided(open.at.origin, whyUnknown(open.at.text));
      return;
    }
    const { callerScope } = facts;
    if (callerScope.confined === 'yes' || isGuardedByDeny(facts)) return;
    if (callerScope.confined === 'unknown') {
      yield undecided(anyone.at.origin, callerScope.because ?? 'a condition is not known');
      return;
    }
    const functionUrl = isFunctionUrlGrant(facts);
    if (functionUrl === 'declared-there') return;
    const service = facts.model.serviceOf(facts.policy);
    const blocked = blocksPublicPolicy(facts);
    yield* hitAt(facts, [anyone.at], {
      says: { noun: policyNoun(facts.policy, service), owner: ownerName(facts.policy), actions: described(facts.actions.map((action) => action.at.text)) },
      evidence: { actions: facts.actions.map((action) => action.at.text), resources: facts.resources.map((resource) => resource.at.text), principals: [anyone.at.text] },
      related: facts.conditions.map((condition) => ({ message: `\`${condition.text}\` keeps nobody out`, origin: condition.condition.origin })),
      securitySeverity: SEVERITY.get(service ?? '') ?? 9,
      ...(functionUrl === 'grant' ? ({ severity: 'warning', securitySeverity: 6.5 } as const) : {}),
      ...(blocked ? ({ severity: 'info', securitySeverity: 3 } as const) : {}),
    });
  }),
});

function described(actions: readonly string[]): string {
  if (actions.length === 0) return 'use it';
  const shown = [...new Set(actions)].slice(0, 4).map((action) => `\`${action}\``);
  return `do ${shown.join(', ')}${actions.length > 4 ? ' and more' : ''}`;
}
