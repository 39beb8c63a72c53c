import { defineRule, undecided } from '../check/define.ts';
import { IAM_ESCALATION_ACTIONS } from '../check/facts/action-lists.ts';
import { listed } from '../check/declared/evaluate.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** All of IAM, by `iam:*` or by patterns that leave out nothing of consequence: its holder can make themselves administrator. */
export default defineRule({
  id: 'iam-full-access',
  title: 'Full IAM privileges (iam:*)',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star'],
  peers: ['checkov:CKV2_AWS_40', 'cloudsplaining:ServiceWildcard', 'cloudsplaining:PrivilegeEscalation', 'checkov:CKV_AWS_109', 'checkov:CKV_AWS_289', 'checkov:CKV_AWS_110', 'checkov:CKV_AWS_286', 'cdk-nag:AwsSolutions-IAM5', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:Serverless-LambdaStarPermissions', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS', 'trivy:AWS-0057', 'trivy:AWS-0114', 'trivy:AWS-0120', 'iam-policy-validator:service_wildcard', 'parliament:RESOURCE_STAR', 'checkov:CKV_AWS_355', 'checkov:CKV_AWS_356', 'cfn_nag:W11', 'cfn_nag:W12', 'cfn_nag:W13', 'guard:IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE', 'cloudsplaining:InfrastructureModification', 'cfripper:WildcardResourceRule', 'iam-policy-validator:wildcard_resource'],
  standards: ['CWE-269', 'FSBP IAM.21'],
  on: 'statement',
  docs: {
    message: 'the policy allows everything in IAM ({actions})',
    why: 'Whoever can change policies, roles and access keys can give themselves any permission: this is administrator access.',
    fix: 'list the IAM actions that are needed, name the roles or users, and require a permissions boundary for what is created',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.actions.some(({ pattern }) => pattern.width === 'any')) return;
    const match = facts.matching(IAM_ESCALATION_ACTIONS);
    if (match.names.length < IAM_ESCALATION_ACTIONS.names.length) return;
    const reach = reachOf(facts, 'iam');
    if (reach.verdict === 'unknown') yield undecided(match.at, reach.because);
    if (reach.verdict !== 'yes') return;
    const actions = match.by.map((action) => action.at.text);
    yield* hitAt(facts, [match.by[0]?.at, reachText(reach)], { says: { actions: listed(actions) }, evidence: { actions, resources: reachTexts(reach) } });
  }),
});
