import { defineRule } from '../check/define.ts';
import { outline } from '../check/facts/outline.ts';
import type { ResourceFact } from '../check/facts/resource.ts';
import { restrictable } from '../check/facts/restrictable.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A pattern in a resource's name, where the name could be written out. */
export default defineRule({
  id: 'resource-partial-wildcard',
  title: 'Wildcard in a resource ARN',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 2,
  confidence: 'medium',
  preset: 'all',
  peers: ['cdk-nag:AwsSolutions-IAM5', 'trivy:AWS-0057'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the name in `{resource}` is a pattern',
    why: 'Resources whose names happen to fit are reached too, those made later included.',
    fix: 'write the full name where it is known',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.resourcesNegated || !restrictable(facts).beyondListing) return;
    const found = facts.resources.find((resource) => isLoose(resource));
    if (found !== undefined) yield* hitAt(facts, [found.at], { says: { resource: found.at.text }, evidence: { resources: [found.at.text] } });
  }),
});

/** A star behind the resource's own name (objects of a bucket, streams of a log group, versions, indexes) is a necessity. */
function isLoose({ pattern }: ResourceFact): boolean {
  if (pattern.width !== 'partial' || pattern.arn === undefined) return false;
  const name = outline(pattern.arn.resource).replace(/[/:]\*+$/, '');
  return /[*?]/.test(name);
}
