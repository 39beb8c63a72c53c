import { ActionSet } from './action.ts';

/**
 * Actions that hand out credentials. Source: the services' API references; each returns a key, password, token or session.
 */
export const CREDENTIAL_ACTIONS = new ActionSet([
  'chime:CreateApiKey', 'codeartifact:GetAuthorizationToken', 'codepipeline:PollForJobs', 'cognito-identity:GetCredentialsForIdentity', 'cognito-identity:GetId', 'cognito-identity:GetOpenIdToken', 'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'connect:GetFederationToken', 'ec2:GetPasswordData', 'ecr-public:GetAuthorizationToken', 'ecr:GetAuthorizationToken', 'emr-containers:GetManagedEndpointSessionCredentials', 'gamelift:GetComputeAccess', 'gamelift:GetInstanceAccess',
  'grafana:CreateWorkspaceApiKey', 'appsync:CreateApiKey', 'appsync:ListApiKeys', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential', 'iam:UpdateAccessKey',
  'lightsail:DownloadDefaultKeyPair', 'lightsail:GetBucketAccessKeys', 'lightsail:GetInstanceAccessDetails', 'lightsail:GetRelationalDatabaseMasterUserPassword', 'mediapackage:RotateIngestEndpointCredentials',
  'rds-db:connect', 'redshift-serverless:GetCredentials', 'redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM', 'sso:GetRoleCredentials',
  'sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:GetFederationToken', 'sts:GetSessionToken',
]);

/** Actions that read stored data in bulk or make copies of it that others can read. */
export const DATA_ACTIONS = new ActionSet([
  'athena:GetQueryResults', 'codecommit:GitPull', 'dynamodb:BatchGetItem', 'dynamodb:ExportTableToPointInTime', 'dynamodb:Scan', 'ebs:GetSnapshotBlock', 'ec2:ModifySnapshotAttribute', 'ecr:BatchGetImage', 'kinesis:GetRecords',
  'lambda:GetFunction', 'logs:GetLogEvents', 'rds:CopyDBSnapshot', 'rds:ModifyDBSnapshotAttribute', 's3:GetObject', 'secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue', 'sqs:ReceiveMessage',
  'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath',
]);

/** Actions that switch off what records or detects attacks. */
export const TAMPER_ACTIONS = new ActionSet([
  'access-analyzer:DeleteAnalyzer', 'cloudtrail:DeleteEventDataStore', 'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail', 'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel', 'config:StopConfigurationRecorder', 'guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'securityhub:DisableSecurityHub', 'securityhub:DisassociateFromAdministratorAccount',
]);

/** Actions by which a principal of one account widens its own or another's access. Source: IAM API reference. */
export const IAM_ESCALATION_ACTIONS = new ActionSet([
  'iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreatePolicyVersion', 'iam:PutGroupPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateLoginProfile',
]);

export const PASS_ROLE = new ActionSet(['iam:PassRole']);
export const ASSUME_ROLE = new ActionSet(['sts:AssumeRole']);
