import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A test of the source organization that also holds for requests without a source. */
export default defineRule({
  id: 'rcp-missing-null-check',
  title: 'RCP source condition without Null check',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 3,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'the condition on `{key}` also holds for requests that have no source',
    why: 'Services send the source for some calls only; without it the negated test holds and the call is denied.',
    fix: 'add `Null` `aws:SourceAccount` `false` (or `aws:SourceArn`)',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['rcp'], effect: 'Deny' }, function* (facts) {
    const condition = facts.conditions.find(({ key, operator }) => operator.negated && !operator.ifExists && (key === 'aws:sourceorgid' || key === 'aws:sourceorgpaths'));
    if (condition === undefined || facts.conditions.some(({ key, operator }) => operator.family === 'Null' && (key === 'aws:sourceaccount' || key === 'aws:sourcearn' || key === condition.key))) return;
    yield* hitAt(facts, [condition.condition.key], { says: { key: condition.condition.key.text } });
  }),
});
