import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { reachOf, reachText } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const SUBSCRIBE = new ActionSet(['aws-marketplace:Subscribe']);

/** Subscribing to any product of the marketplace. */
export default defineRule({
  id: 'marketplace-subscribe-all',
  title: 'aws-marketplace:Subscribe on all products',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['prowler:iam_policy_no_wildcard_marketplace_subscribe', 'prowler:iam_inline_policy_no_wildcard_marketplace_subscribe'],
  standards: ['CWE-250'],
  on: 'statement',
  docs: {
    message: 'the policy subscribes to any product of AWS Marketplace (`{action}`)',
    why: 'A subscription costs money, and enables third-party models in Amazon Bedrock.',
    fix: 'leave subscribing to a procurement role, or limit it with `aws-marketplace:ProductId`',
    references: ['https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-iam-users-groups-policies.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourceScope.confined !== 'no') return;
    const [action] = facts.matching(SUBSCRIBE).by;
    const reach = reachOf(facts, 'aws-marketplace');
    if (action !== undefined && reach.verdict === 'yes') yield* hitAt(facts, [action.at, reachText(reach)], { says: { action: action.at.text }, evidence: { actions: ['aws-marketplace:Subscribe'] } });
  }),
});
