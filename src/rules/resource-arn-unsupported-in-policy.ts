import { defineRule } from '../check/define.ts';
import { outline, hasWildcard } from '../check/facts/outline.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { isRelatedService } from '../check/facts/policy-services.ts';
import type { StatementFacts } from '../check/facts/statement.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';
import { hasHole } from '../iam/token.ts';

/** The policy of one resource that speaks of another. */
export default defineRule({
  id: 'resource-arn-unsupported-in-policy',
  title: 'Resource ARN of another service or another resource in a resource policy',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:UNSUPPORTED_RESOURCE_ARN_IN_POLICY', 'cfn-lint:E3514', 'cfn-lint:E3512'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` speaks of `{resource}`, which {fault}',
    why: 'A policy on a resource can speak of that resource only: it is rejected, or the statement matches nothing.',
    fix: 'name the resource the policy hangs on',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html'],
  },
  check: onStatements({ kinds: ['resource'] }, function* (facts) {
    const service = facts.model.serviceOf(facts.policy);
    if (service === undefined) return;
    for (const resource of facts.resources) {
      const { arn } = resource.pattern;
      if (arn === undefined || hasWildcard(arn.service) || hasHole(arn.service)) continue;
      const fault = !isRelatedService(arn.service.toLowerCase(), service) ? `belongs to another service` : service === 's3' ? otherBucket(facts, arn.resource) : undefined;
      if (fault === undefined) continue;
      yield* hitAt(facts, [resource.at], { says: { noun: policyNoun(facts.policy, service), owner: ownerName(facts.policy), resource: resource.at.text, fault }, evidence: { resources: [resource.at.text] } });
      return;
    }
  }),
});

/** Only plain names can be told apart: a name that the deployment makes is another's in no case. */
function otherBucket(facts: StatementFacts, resource: string): string | undefined {
  const [owner] = facts.policy.owners;
  if (owner === undefined || owner.name === '' || hasHole(owner.name) || facts.policy.owners.length > 1) return undefined;
  const bucket = outline(resource).split('/')[0] ?? '';
  if (hasWildcard(bucket) || hasHole(resource) || bucket === owner.name || resource.startsWith('accesspoint/')) return undefined;
  return `is another bucket`;
}
