import { defineRule, hit } from '../check/define.ts';
import { missingTrustActions } from '../check/facts/trust-actions.ts';

/** IAM Roles Anywhere needs three actions to open a session. */
export default defineRule({
  id: 'trust-roles-anywhere-actions',
  title: 'Roles Anywhere trust lacks a required action',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the role trusts `rolesanywhere.amazonaws.com` without {missing}',
    why: 'IAM Roles Anywhere sets tags and a source identity on every session; without the right to it no session opens.',
    fix: 'allow {missing} too',
    references: ['https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html'],
  },
  *check(policy) {
    if (policy.kind !== 'trust') return;
    const found = missingTrustActions(policy, 'rolesanywhere.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']);
    if (found !== undefined) yield hit(found.at, { says: { missing: found.missing.map((action) => `\`${action}\``).join(' and ') }, evidence: { principals: ['rolesanywhere.amazonaws.com'] } });
  },
});
