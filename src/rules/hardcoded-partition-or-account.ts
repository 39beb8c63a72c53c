import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** An ARN with the partition written out. */
export default defineRule({
  id: 'hardcoded-partition-or-account',
  title: 'ARN hard-codes partition, region or account',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'all',
  peers: ['cfn-lint:I3042'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{arn}` is written for one partition',
    why: 'In China or GovCloud the ARN names nothing.',
    fix: 'let the template fill in the partition',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check: onStatements({ kinds: ['identity', 'trust', 'resource'] }, function* (facts) {
    const found = facts.resources.find(({ pattern }) => pattern.arn?.partition === 'aws') ?? facts.principals.find((principal) => principal.at.text.startsWith('arn:aws:'));
    if (found !== undefined) yield* hitAt(facts, [found.at], { says: { arn: found.at.text } });
  }),
});
