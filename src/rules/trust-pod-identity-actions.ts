import { defineRule, hit } from '../check/define.ts';
import { missingTrustActions } from '../check/facts/trust-actions.ts';

/** EKS Pod Identity needs two actions to open a session. */
export default defineRule({
  id: 'trust-pod-identity-actions',
  title: 'EKS Pod Identity trust lacks sts:TagSession',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the role trusts `pods.eks.amazonaws.com` without {missing}',
    why: 'EKS Pod Identity tags every session; without the right to it no session opens.',
    fix: 'allow {missing} too',
    references: ['https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html'],
  },
  *check(policy) {
    if (policy.kind !== 'trust') return;
    const found = missingTrustActions(policy, 'pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']);
    if (found !== undefined) yield hit(found.at, { says: { missing: found.missing.map((action) => `\`${action}\``).join(' and ') }, evidence: { principals: ['pods.eks.amazonaws.com'] } });
  },
});
