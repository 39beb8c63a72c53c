import { defineRule } from '../check/define.ts';
import { hasWildcard } from '../check/facts/outline.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A wildcard where a service should be named: IAM rejects it in actions, and in an ARN it reaches across services. */
export default defineRule({
  id: 'wildcard-service-prefix',
  title: 'Wildcard in the service part of an action or ARN',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star'],
  peers: ['AccessAnalyzer:WILDCARD_IN_SERVICE_NAME', 'parliament:UNKNOWN_PREFIX', 'iam-policy-validator:wildcard_action'],
  standards: ['CWE-250'],
  on: 'statement',
  docs: {
    message: 'the service in `{text}` is a wildcard',
    why: 'In an action IAM rejects it or it reaches into services nobody thought of; in an ARN it takes in every service whose name fits.',
    fix: 'name the service',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource', 'trust', 'scp', 'rcp', 'boundary', 'session'] }, function* (facts) {
    const action = facts.actions.find(({ pattern }) => pattern.width === 'across');
    if (action !== undefined) {
      yield* hitAt(facts, [action.at], { says: { text: action.at.text }, evidence: { actions: [action.at.text] } });
      return;
    }
    const resource = facts.resources.find(({ pattern }) => pattern.arn !== undefined && hasWildcard(pattern.arn.service) && pattern.width !== 'everything');
    if (resource !== undefined) yield* hitAt(facts, [resource.at], { says: { text: resource.at.text }, evidence: { resources: [resource.at.text] }, securitySeverity: 4 });
  }),
});
