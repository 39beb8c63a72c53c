import { defineRule } from '../check/define.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { restrictable } from '../check/facts/restrictable.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A wildcard for the account of a resource that has a name. */
export default defineRule({
  id: 'resource-wildcard-account',
  title: 'Wildcard in the ARN account field',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'medium',
  preset: 'strict',
  peers: ['prowler:iam_no_custom_policy_permissive_role_assumption'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: '`{resource}` leaves the account open',
    why: 'The permission also reaches resources of that name in other accounts, wherever their own policies let it.',
    fix: 'write the account id, or let the template fill it in',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.resourcesNegated || !restrictable(facts).beyondListing || facts.resourceScope.confined === 'yes') return;
    const found = facts.resources.find(({ pattern }) => (pattern.width === 'specific' || pattern.width === 'partial') && pattern.arn !== undefined && hasWildcard(pattern.arn.account));
    if (found !== undefined) yield* hitAt(facts, [found.at], { says: { resource: found.at.text }, evidence: { resources: [found.at.text] } });
  }),
});
