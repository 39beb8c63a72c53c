import { defineRule, hit } from '../check/define.ts';
import { secretForm } from '../check/facts/secret.ts';

/** A password or token that stands in the template. */
export default defineRule({
  id: 'secret-plaintext-property',
  title: 'Secret-valued property given in clear',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['cfn-lint:W2501', 'cfn-lint:W1011', 'cfn_nag:F23', 'cfn_nag:F24', 'cfn_nag:F31', 'cfn_nag:F34', 'cfn_nag:F35', 'cfn_nag:F36', 'cfn_nag:F37', 'cfn_nag:F41', 'cfn_nag:F42', 'cfn_nag:F43', 'cfn_nag:F44', 'cfn_nag:F45', 'cfn_nag:F46', 'cfn_nag:F47', 'cfn_nag:F48', 'cfn_nag:F49', 'cfn_nag:F50', 'cfn_nag:F52', 'cfn_nag:F53', 'cfn_nag:F54', 'cfn_nag:F55', 'cfn_nag:F56', 'cfn_nag:F57', 'cfn_nag:F58', 'cfn_nag:F60', 'cfn_nag:F61', 'cfn_nag:F62', 'cfn_nag:F63', 'cfn_nag:F64', 'cfn_nag:F65', 'cfn_nag:F66', 'cfn_nag:F67', 'cfn_nag:F68', 'cfn_nag:F69', 'cfn_nag:F70', 'cfn_nag:F71', 'cfn_nag:F74', 'cfn_nag:F75', 'guard:AMAZON_MQ_BROKER_USERS_NO_PLAINTEXT_PASSWORD', 'guard:DMS_NO_PLAINTEXT_PASSWORD', 'guard:KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD', 'guard:KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD', 'guard:MICROSOFT_AD_NO_PLAINTEXT_PASSWORD', 'guard:RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'guard:RDS_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_PARAMETER', 'guard:RDS_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_SERVICE', 'guard:RDS_MASTER_USER_NAME_NO_PLAINTEXT_PASSWORD', 'guard:RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'guard:RDS_MASTER_USER_PASSWORD_USES_SECURE_PARAMETER', 'guard:RDS_MASTER_USER_PASSWORD_USES_SECURE_SERVICE', 'guard:REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'guard:REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_PARAMETER', 'guard:REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_USES_SECURE_SERVICE', 'guard:MICROSOFT_AD_PASSWORD_USES_SECURE_PARAMETER', 'guard:MICROSOFT_AD_PASSWORD_USES_SECURE_SERVICE', 'cdk-nag:AwsSolutions-DOC3', 'checkov:CKV_AWS_295', 'cfripper:HardcodedRDSPasswordRule'],
  standards: ['CWE-798', 'CWE-256'],
  on: 'credential',
  docs: {
    message: 'the secret property `{property}` of `{resource}` {form}',
    why: 'Everyone who can read the template, the state or the stack knows the secret.',
    fix: 'fill it in from AWS Secrets Manager or Systems Manager',
    references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html'],
  },
  *check({ declaration }) {
    if (declaration.credential !== 'secret-property' || declaration.value === undefined || /LoginProfile/.test(declaration.property)) return;
    const form = secretForm(declaration.value);
    if (form !== undefined) yield hit(form.origin, { says: { property: declaration.property, resource: declaration.from.displayName, form: form.words } });
  },
});
