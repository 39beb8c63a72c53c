import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const DANGEROUS = new ActionSet(['sns:AddPermission', 'sns:RemovePermission', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:TagResource', 'sqs:AddPermission', 'sqs:RemovePermission', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue']);

/** Administration of a topic or queue, for someone other than its own account. */
export default defineRule({
  id: 'resource-policy-dangerous-actions',
  title: 'Topic or queue policy grants permission-changing actions',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['resource-policy-action-star'],
  peers: ['cfripper:SNSTopicDangerousPolicyActionsRule', 'cfripper:SQSDangerousPolicyActionsRule'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` lets `{principal}` administer it: {actions}',
    why: 'Whoever may change the policy or delete the resource can open it to others or take it from you.',
    fix: 'allow sending, receiving or publishing only',
    references: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.principalsNegated) return;
    const service = facts.model.serviceOf(facts.policy);
    if (service !== 'sns' && service !== 'sqs') return;
    const match = facts.matching(DANGEROUS);
    const names = match.names.filter((name) => name.startsWith(service));
    // The default topic policy names everyone and confines them to the owner's account.
    const confinedToOwn = facts.callerScope.by.some((condition) => condition.meaning === 'account');
    const other = facts.principals.find((principal) => principal.kind !== 'unknown' && facts.relationOf(principal) !== 'same' && facts.relationOf(principal) !== 'undecided');
    if (names.length === 0 || other === undefined || confinedToOwn) return;
    yield* hitAt(facts, [match.by[0]?.at, other.at], { says: { noun: policyNoun(facts.policy, service), owner: ownerName(facts.policy), principal: other.at.text, actions: listed(names) }, evidence: { actions: names, principals: [other.at.text] } });
  }),
});
