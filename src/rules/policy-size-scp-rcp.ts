import { defineRule, hit } from '../check/define.ts';
import { oversizedControlPolicy } from '../check/facts/policy-size.ts';

/** A control policy longer than Organizations takes. */
export default defineRule({
  id: 'policy-size-scp-rcp',
  title: 'SCP or RCP exceeds its size quota',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:POLICY_SIZE_EXCEEDS_SCP_QUOTA', 'AccessAnalyzer:POLICY_SIZE_EXCEEDS_RCP_QUOTA', 'iam-policy-validator:policy_size'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the {noun} has at least {size} characters, but the quota is {quota}',
    why: 'AWS rejects a policy that exceeds its quota.',
    fix: 'join statements, use prefixes, or split the policy',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  *check(policy) {
    const found = oversizedControlPolicy(policy);
    if (found !== undefined) yield hit(policy.document.origin, { says: { noun: found.noun, size: found.size, quota: found.quota } });
  },
});
