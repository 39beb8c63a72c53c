import { listed } from '../check/declared/evaluate.ts';
import { defineRule, undecided } from '../check/define.ts';
import { softened } from '../check/facts/full-access.ts';
import { isWhollyOpen } from '../check/facts/outline.ts';
import { restrictable } from '../check/facts/restrictable.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** `Resource: "*"` for actions that could be limited to resources. Actions that know no resources are left alone. */
export default defineRule({
  id: 'resource-star-restrictable',
  title: 'Resource \'*\' for actions that support resource-level permissions',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 4.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'iam-full-access', 's3-full-access', 'kms-full-access'],
  peers: ['parliament:RESOURCE_STAR', 'checkov:CKV_AWS_355', 'checkov:CKV_AWS_356', 'cfn_nag:W11', 'cfn_nag:W12', 'cfn_nag:W13', 'guard:IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE', 'cdk-nag:AwsSolutions-IAM5', 'cdk-nag:Serverless-LambdaStarPermissions', 'trivy:AWS-0057', 'cloudsplaining:InfrastructureModification', 'cfripper:WildcardResourceRule', 'iam-policy-validator:wildcard_resource'],
  standards: ['CWE-732', 'CWE-250', 'NIST 800-53r5 AC-6(3)'],
  on: 'statement',
  docs: {
    message: '{actions} could be limited to resources but {are} allowed on `*`',
    why: 'The permission reaches every resource of the account, those made later included, and in other accounts those that let it.',
    fix: 'name the resources, or single them out with a condition such as `aws:ResourceTag`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourcesNegated) return;
    const star = facts.resources.find(({ pattern }) => pattern.width === 'any');
    const open = facts.unknownResource;
    if (star === undefined && (open === undefined || !isWhollyOpen(open.at.text))) return;
    const found = restrictable(facts);
    if (found.actions.length === 0) return;
    if (star === undefined) {
      if (open !== undefined) yield undecided(open.at.origin, whyUnknown(open.at.text));
      return;
    }
    const actions = found.actions.map((action) => action.at.text);
    const rating = found.beyondListing ? softened(facts) : { ...softened(facts), severity: 'info' as const, securitySeverity: 3 };
    yield* hitAt(facts, [star.at], { says: { actions: listed(actions), are: actions.length === 1 ? 'is' : 'are' }, evidence: { actions, resources: [star.at.text] }, ...rating });
  }),
});
