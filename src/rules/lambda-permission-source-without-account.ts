import { defineRule } from '../check/define.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';
import { parseArn } from '../iam/arn.ts';

/** A source ARN that says nothing of its owner. */
export default defineRule({
  id: 'lambda-permission-source-without-account',
  title: 'SourceArn without an account and no SourceAccount',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn-lint:W3663'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'the source `{source}` of function `{owner}` names no account',
    why: 'Bucket names go to whoever takes them: when yours is deleted, someone else\'s bucket of that name can invoke the function.',
    fix: 'set the source account too',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.model.serviceOf(facts.policy) !== 'lambda' || !facts.principals.some((principal) => principal.kind === 'service')) return;
    const source = facts.conditions.find((condition) => condition.key === 'aws:sourcearn' && !condition.operator.negated);
    if (source === undefined || facts.conditions.some((condition) => condition.key === 'aws:sourceaccount' || condition.key === 'aws:sourceorgid' || condition.key === 'aws:principalorgid')) return;
    const value = source.values.find(({ text }) => {
      const arn = parseArn(text);
      return arn !== undefined && (arn.account === '' ? arn.service === 's3' : hasWildcard(arn.account));
    });
    if (value !== undefined) yield* hitAt(facts, [value], { says: { source: value.text, owner: ownerName(facts.policy) }, evidence: { resources: [value.text] } });
  }),
});
