import { defineRule, hit } from '../check/define.ts';
import { oversizedIdentityPolicy } from '../check/facts/policy-size.ts';

/** An identity policy longer than IAM takes. */
export default defineRule({
  id: 'policy-size-identity',
  title: 'Identity policy exceeds its size quota',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA', 'iam-policy-validator:policy_size'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the {noun} has at least {size} characters, but the quota is {quota}',
    why: 'AWS rejects a policy that exceeds its quota.',
    fix: 'join statements, use prefixes, or split the policy',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  *check(policy) {
    const found = oversizedIdentityPolicy(policy);
    if (found !== undefined) yield hit(policy.document.origin, { says: { noun: found.noun, size: found.size, quota: found.quota } });
  },
});
