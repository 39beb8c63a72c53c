import { defineRule, undecided } from '../check/define.ts';
import { serviceGrants } from '../check/facts/deputy.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { whyGap } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A service that may use a resource for whichever of its customers asks. */
export default defineRule({
  id: 'service-principal-unrestricted',
  title: 'Service principal granted access without a source',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'medium',
  preset: 'recommended',
  peers: ['AccessAnalyzer:RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL', 'pmapper:confused-deputy', 'iam-policy-validator:principal_validation'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` admits `{service}` on behalf of anyone',
    why: 'The service acts for all its customers: someone else\'s resource can make it use yours (the confused deputy).',
    fix: 'add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.model.serviceOf(facts.policy) === 'lambda') return;
    const grants = serviceGrants(facts, 'resource-policy');
    const [first] = grants.unrestricted;
    if (first === undefined || grants.weak.length > 0) return;
    if (facts.conditionGap !== undefined) {
      yield undecided(first.at.origin, whyGap(facts.conditionGap));
      return;
    }
    yield* hitAt(facts, [first.at], {
      says: { noun: policyNoun(facts.policy, facts.model.serviceOf(facts.policy)), owner: ownerName(facts.policy), service: first.at.text },
      evidence: { actions: facts.actions.map((action) => action.at.text), principals: grants.unrestricted.map((principal) => principal.at.text) },
    });
  }),
});
