import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { reachOf } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Services whose whole range of actions is worth an attacker's while. */
const SENSITIVE: ReadonlySet<string> = new Set(['account', 'cloudformation', 'cloudtrail', 'ec2', 'iam', 'identitystore', 'kms', 'lambda', 'organizations', 'ram', 'rolesanywhere', 's3', 'secretsmanager', 'ssm', 'sso', 'sts']);

/** Services with a rule of their own for full access to everything. */
const SPECIAL: ReadonlySet<string> = new Set(['iam', 's3', 'kms', 'cloudtrail']);

/** `service:*`: every action of a service, those to come included. */
export default defineRule({
  id: 'service-wildcard',
  title: 'All actions of a service (service:*)',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['cdk-nag:AwsSolutions-IAM5', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:Serverless-LambdaStarPermissions', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS', 'cloudsplaining:ServiceWildcard', 'trivy:AWS-0057', 'trivy:AWS-0114', 'trivy:AWS-0120', 'iam-policy-validator:service_wildcard'],
  standards: ['FSBP IAM.21', 'CWE-250', 'NIST 800-53r5 AC-6'],
  on: 'statement',
  docs: {
    message: 'the policy allows every action of a service: {actions}',
    why: 'The wildcard takes in deleting, sharing and changing permissions, and every action the service gets in future.',
    fix: 'list the actions that are needed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const found = facts.actions.filter(({ pattern }) => pattern.width === 'service' && !(SPECIAL.has(pattern.service ?? '') && reachOf(facts, pattern.service).verdict === 'yes'));
    const first = found.find(({ pattern }) => SENSITIVE.has(pattern.service ?? '')) ?? found[0];
    if (first === undefined) return;
    const everywhere = found.some(({ pattern }) => reachOf(facts, pattern.service).verdict !== 'no') && facts.resourceScope.confined !== 'yes';
    const sensitive = SENSITIVE.has(first.pattern.service ?? '');
    const rating = everywhere ? { securitySeverity: sensitive ? 6.5 : 4 } : ({ severity: 'info', securitySeverity: 3 } as const);
    const actions = found.map((action) => action.at.text);
    yield* hitAt(facts, [first.at], { says: { actions: listed(actions) }, evidence: { actions, resources: facts.resources.map((resource) => resource.at.text) }, ...rating });
  }),
});
