import { defineRule } from '../check/define.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';
import { parseArn } from '../iam/arn.ts';

/** A source ARN that fits resources of any account. */
export default defineRule({
  id: 'source-arn-wildcard-account',
  title: 'aws:SourceArn matches any account',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['lambda-permission-source-without-account', 'resource-policy-public'],
  peers: ['cloudsplaining:InternetAccessible'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: '`{source}` under `aws:SourceArn` fits resources of any account',
    why: 'The service may act for a stranger\'s resource, which is what the condition was to prevent.',
    fix: 'write the account id into the ARN, or add `aws:SourceAccount`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['resource', 'trust'], effect: 'Allow' }, function* (facts) {
    if (facts.conditions.some((condition) => /^aws:source(account|orgid|orgpaths|owner)$/.test(condition.key) && condition.namesValues !== 'no')) return;
    if (!facts.principals.some((principal) => principal.kind === 'service' || principal.kind === 'any-service' || principal.kind === 'anyone')) return;
    for (const condition of facts.conditions) {
      if (condition.key !== 'aws:sourcearn' || condition.operator.negated || !condition.operator.wildcards) continue;
      const value = condition.values.find(({ text }) => /^[*]+$/.test(text) || hasWildcard(parseArn(text)?.account ?? ''));
      if (value !== undefined) yield* hitAt(facts, [value], { says: { source: value.text }, evidence: { principals: facts.principals.map((principal) => principal.at.text) } });
    }
  }),
});
