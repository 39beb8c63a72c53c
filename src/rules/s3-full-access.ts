import { defineRule } from '../check/define.ts';
import { fullAccess } from '../check/facts/full-access.ts';
import { onStatements } from '../check/on-statement.ts';

/** Every S3 action on all of S3's resources. */
export default defineRule({
  id: 's3-full-access',
  title: 'Unrestricted s3:*',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star'],
  peers: ['trivy:AWS-0345', 'cloudsplaining:ServiceWildcard', 'cdk-nag:AwsSolutions-IAM5', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:Serverless-LambdaStarPermissions', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS', 'trivy:AWS-0057', 'trivy:AWS-0114', 'trivy:AWS-0120', 'iam-policy-validator:service_wildcard', 'parliament:RESOURCE_STAR', 'checkov:CKV_AWS_355', 'checkov:CKV_AWS_356', 'cfn_nag:W11', 'cfn_nag:W12', 'cfn_nag:W13', 'guard:IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE', 'cloudsplaining:InfrastructureModification', 'cfripper:WildcardResourceRule', 'iam-policy-validator:wildcard_resource'],
  standards: ['CWE-732', 'FSBP IAM.21'],
  on: 'statement',
  docs: {
    message: 'the policy allows every S3 action on every bucket (`{action}`)',
    why: 'It reads and deletes all objects of the account and can open any bucket to the public.',
    fix: 'list the actions that are needed and name the buckets',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) => fullAccess(facts, 's3')),
});
