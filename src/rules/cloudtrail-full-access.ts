import { defineRule, undecided } from '../check/define.ts';
import { TAMPER_ACTIONS } from '../check/facts/action-lists.ts';
import { listed } from '../check/declared/evaluate.ts';
import { reachOf, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Rights to switch off what records or detects attacks. */
export default defineRule({
  id: 'cloudtrail-full-access',
  title: 'Unrestricted cloudtrail:* or logging tamper rights',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['prowler:iam_policy_no_full_access_to_cloudtrail', 'prowler:iam_inline_policy_no_full_access_to_cloudtrail', 'cdk-nag:AwsSolutions-IAM5', 'cdk-nag:HIPAA.Security-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:PCI.DSS.321-IAMPolicyNoStatementsWithFullAccess', 'cdk-nag:Serverless-LambdaStarPermissions', 'guard:IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS', 'guard:IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS', 'cloudsplaining:ServiceWildcard', 'trivy:AWS-0057', 'trivy:AWS-0114', 'trivy:AWS-0120', 'iam-policy-validator:service_wildcard'],
  standards: ['CWE-778', 'CWE-250'],
  on: 'statement',
  docs: {
    message: 'the policy can switch off logging or threat detection everywhere ({actions})',
    why: 'An intruder with these rights removes the trail of what they do before doing it.',
    fix: 'leave these actions to a security role, and deny them to all others in a service control policy',
    references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const match = facts.matching(TAMPER_ACTIONS);
    if (match.names.length === 0) return;
    const services = [...new Set(match.names.map((name) => name.slice(0, name.indexOf(':'))))];
    const reaches = services.map((service) => reachOf(facts, service));
    const reach = reaches.find((one) => one.verdict === 'yes') ?? reaches.find((one) => one.verdict === 'unknown');
    if (reach === undefined || facts.resourceScope.confined === 'yes') return;
    if (reach.verdict === 'unknown') yield undecided(match.at, reach.because);
    else {
      const actions = match.by.map((action) => action.at.text);
      yield* hitAt(facts, [match.by[0]?.at, reach.by[0]?.at], { says: { actions: listed(actions) }, evidence: { actions: match.names, resources: reachTexts(reach) } });
    }
  }),
});
