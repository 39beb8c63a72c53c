import { defineRule, hit } from '../check/define.ts';
import { oversizedResourcePolicy } from '../check/facts/policy-size.ts';

/** A resource policy longer than its service takes. */
export default defineRule({
  id: 'policy-size-resource',
  title: 'Resource policy exceeds its size quota',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the {noun} has at least {size} characters, but the quota is {quota}',
    why: 'AWS rejects a policy that exceeds its quota.',
    fix: 'join statements, use prefixes, or split the policy',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  *check(policy, { facts }) {
    const found = oversizedResourcePolicy(policy, facts.serviceOf(policy));
    if (found !== undefined) yield hit(policy.document.origin, { says: { noun: found.noun, size: found.size, quota: found.quota } });
  },
});
