import { defineRule } from '../check/define.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { knowsHome } from '../check/facts/foreign.ts';
import type { PrincipalFact } from '../check/facts/principal.ts';
import type { StatementFacts } from '../check/facts/statement.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Everything a resource can do, for someone other than its own account. */
export default defineRule({
  id: 'resource-policy-action-star',
  title: 'Resource policy allows all actions',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_72', 'cfn_nag:F15', 'cfn_nag:F20', 'guard:S3_BUCKET_POLICY_NO_WILDCARD_ACTION', 'guard:SQS_QUEUEPOLICY_NO_WILDCARD_ACTION', 'trivy:AWS-0097', 'cfripper:S3BucketPolicyWildcardActionRule', 'cfripper:SNSTopicPolicyWildcardActionRule', 'cfripper:SQSQueuePolicyWildcardActionRule', 'cfripper:GenericResourceWildcardPolicyRule'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` allows `{principal}` every action (`{action}`)',
    why: 'The wildcard takes in deleting the resource and changing its policy, so that the other party can lock you out.',
    fix: 'list the actions that are needed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.policy.synthetic) return;
    const action = facts.actions.find(({ pattern }) => pattern.width === 'any' || pattern.width === 'service');
    if (action === undefined) return;
    const other = facts.principals.find((principal) => principal.kind !== 'unknown' && !mayBeOwn(facts, principal));
    if (other === undefined) return;
    const own = facts.relationOf(other) === 'same';
    yield* hitAt(facts, [action.at, other.at], {
      says: { noun: policyNoun(facts.policy, facts.model.serviceOf(facts.policy)), owner: ownerName(facts.policy), principal: other.at.text, action: action.at.text },
      evidence: { actions: [action.at.text], principals: [other.at.text] },
      ...(own || (other.kind === 'anyone' && facts.callerScope.confined !== 'no') ? ({ severity: 'info', securitySeverity: 3 } as const) : {}),
    });
  }),
});

/** The own account as a whole; while it is not known which that is, an account that is written out may be it. */
function mayBeOwn(facts: StatementFacts, principal: PrincipalFact): boolean {
  if (principal.kind !== 'account') return false;
  const relation = facts.relationOf(principal);
  return relation === 'same' || relation === 'undecided' || (relation === 'unknown-account' && !knowsHome(facts));
}
