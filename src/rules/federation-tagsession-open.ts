import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { foreignPrincipals } from '../check/facts/foreign.ts';
import { usesPrincipalTags } from '../check/facts/principal-tags.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const TAG_SESSION = new ActionSet(['sts:TagSession']);

/** Session tags from outside, where policies decide by tags. */
export default defineRule({
  id: 'federation-tagsession-open',
  title: 'Federated principal may pass arbitrary session tags',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'medium',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: '`{principal}` may pass any session tag, and policies here decide by principal tags',
    why: 'Whoever sets the tags of a session chooses what tag-based policies allow it.',
    fix: 'limit the tags with `aws:RequestTag/…` and `aws:TagKeys`, or do not allow `sts:TagSession`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.matching(TAG_SESSION).names.length === 0) return;
    if (facts.conditionGap !== undefined || facts.conditions.some((condition) => condition.key.startsWith('aws:requesttag/') || condition.key === 'aws:tagkeys')) return;
    const outsider = facts.principals.find((principal) => principal.kind === 'oidc-provider' || principal.kind === 'saml-provider' || principal.kind === 'web-identity') ?? foreignPrincipals(facts)[0]?.principal;
    if (outsider !== undefined && usesPrincipalTags(facts.model.model)) yield* hitAt(facts, [outsider.at], { says: { principal: outsider.at.text }, evidence: { principals: [outsider.at.text], actions: ['sts:TagSession'] } });
  }),
});
