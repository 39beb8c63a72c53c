import { defineRule } from '../check/define.ts';
import { serviceGrants } from '../check/facts/deputy.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A service limited by a key that says less than the source keys do. */
export default defineRule({
  id: 'service-principal-weak-source-key',
  title: 'Service principal limited by an inferior key',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: '`{service}` is limited by {keys}, not by what it acts for',
    why: 'Older keys are sent by few services and say nothing of the resource for which the service acts.',
    fix: 'use `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    // What a function may be invoked by is told by source ARN alone, and a rule of its own asks for it.
    if (facts.service === 'lambda') return;
    const grants = serviceGrants(facts, 'resource-policy');
    const [first] = grants.unrestricted;
    if (first === undefined || grants.weak.length === 0) return;
    yield* hitAt(facts, [first.at], { says: { service: first.at.text, keys: grants.weak.map((condition) => `\`${condition.condition.key.text}\``).join(', ') }, evidence: { principals: [first.at.text] } });
  }),
});
