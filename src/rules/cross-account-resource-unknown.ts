import { defineRule, undecided } from '../check/define.ts';
import { isGuardedByDeny } from '../check/facts/deny-guard.ts';
import { confinedToKnown, foreignPrincipals, knowsHome } from '../check/facts/foreign.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A resource that lets in an account nobody has declared. */
export default defineRule({
  id: 'cross-account-resource-unknown',
  title: 'Resource policy grants to an account outside the known set',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 7.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['resource-policy-public'],
  peers: ['cfn-policy-validator:EXTERNAL_PRINCIPAL', 'tf-policy-validator:EXTERNAL_PRINCIPAL', 'checkov:CKV_AWS_385', 'cfripper:S3CrossAccountTrustRule', 'cfripper:KMSKeyCrossAccountTrustRule', 'cfripper:ElasticsearchDomainCrossAccountTrustRule', 'cfripper:OpenSearchDomainCrossAccountTrustRule', 'cfripper:GenericCrossAccountTrustRule', 'cfripper:S3BucketPolicyPrincipalRule', 'guard:S3_BUCKET_POLICY_GRANTEE_CHECK', 'cdk-nag:README-unsupported/s3-bucket-policy-grantee-check', 'prowler:s3_bucket_cross_account_access', 'prowler:dynamodb_table_cross_account_access', 'prowler:eventbridge_bus_cross_account_access'],
  standards: ['CWE-668', 'CWE-284'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` admits account `{account}`, which {stranger}',
    why: 'Whoever runs that account can use the resource as the statement says.',
    fix: 'remove the principal, or declare the account under `organization.accounts` or `trusted` in the configuration',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    const foreign = facts.principalsNegated ? [] : foreignPrincipals(facts);
    const strangers = foreign.filter((one) => one.relation === 'unknown-account');
    if (strangers.length === 0) {
      const open = foreign.find((one) => one.relation === 'undecided');
      const unread = open?.principal ?? facts.principals.find((principal) => principal.kind === 'unknown' && (principal.at.type === 'AWS' || principal.at.type === 'other'));
      if (unread !== undefined && !confinedToKnown(facts)) yield undecided(unread.at.origin, whyUnknown(unread.at.text));
      return;
    }
    const [first] = strangers;
    if (first === undefined || confinedToKnown(facts) || isGuardedByDeny(facts)) return;
    const sure = knowsHome(facts);
    // Key policies name their own account as a whole, and templates often write its number out.
    const mayBeOwnRoot = first.principal.kind === 'account' && facts.model.serviceOf(facts.policy) === 'kms';
    yield* hitAt(facts, [first.principal.at], {
      says: {
        noun: policyNoun(facts.policy, facts.model.serviceOf(facts.policy)),
        owner: ownerName(facts.policy),
        account: first.account,
        stranger: sure ? 'is neither this account nor one that was declared' : 'is not declared (nor is the account of this template)',
      },
      evidence: { actions: facts.actions.map((action) => action.at.text), principals: strangers.map((one) => one.principal.at.text) },
      related: strangers.slice(1).map((one) => ({ message: `so is \`${one.account}\``, origin: one.principal.at.origin })),
      ...(sure ? {} : ({ severity: mayBeOwnRoot ? 'info' : 'warning', securitySeverity: mayBeOwnRoot ? 2 : 5.5, confidence: mayBeOwnRoot ? 'low' : 'medium' } as const)),
    });
  }),
});
