import { defineRule, undecided } from '../check/define.ts';
import { isWhollyOpen } from '../check/facts/outline.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** All actions on all resources: administrator by another name. */
export default defineRule({
  id: 'admin-star-star',
  title: 'Full administrative access (Action * on Resource *)',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_1', 'checkov:CKV_AWS_62', 'cfn_nag:F3', 'cfn_nag:F4', 'cfn_nag:F5', 'trivy:AWS-0057', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithAdminAccess', 'cdk-nag:NIST.800.53.R4-IAMPolicyNoStatementsWithAdminAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithAdminAccess', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS', 'cloudsplaining:ServiceWildcard', 'prowler:iam_customer_attached_policy_no_administrative_privileges', 'prowler:iam_inline_policy_no_administrative_privileges', 'prowler:iam_customer_unattached_policy_no_administrative_privileges', 'cfripper:IAMRoleWildcardActionOnPolicyRule', 'iam-policy-validator:full_wildcard', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS'],
  standards: ['CIS AWS v3.0/v4.0 1.16', 'CIS AWS v5.0 1.15', 'CIS AWS v6.0 2.15', 'CIS AWS v7.0 2.14', 'FSBP IAM.1', 'CWE-250', 'CWE-269', 'NIST 800-53r5 AC-6'],
  on: 'statement',
  docs: {
    message: 'the policy allows every action on every resource (`Action` `{action}`, `Resource` `{resource}`)',
    why: 'Whoever holds it is an administrator of the account: they can read all data, delete everything and give access to others.',
    fix: 'list the actions and resources that are needed; for administrators attach `AdministratorAccess` to a role with MFA instead',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourcesNegated) return;
    const reach = reachOf(facts);
    if (reach.verdict === 'no') return;
    const action = facts.actions.find(({ pattern }) => pattern.width === 'any');
    if (action === undefined) {
      const open = facts.unknownAction;
      if (open !== undefined && isWhollyOpen(open.at.text) && reach.verdict === 'yes') yield undecided(open.at.origin, whyUnknown(open.at.text));
      return;
    }
    if (reach.verdict === 'unknown') {
      yield undecided(facts.unknownResource?.at.origin ?? action.at.origin, reach.because);
      return;
    }
    const conditional = facts.unconditional === 'yes' ? {} : ({ severity: 'warning', securitySeverity: 7.5 } as const);
    yield* hitAt(facts, [action.at, reachText(reach)], {
      says: { action: action.at.text, resource: reachText(reach)?.text ?? '*' },
      evidence: { actions: [action.at.text], resources: reachTexts(reach) },
      ...conditional,
    });
  }),
});
