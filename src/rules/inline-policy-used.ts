import { defineRule, hit } from '../check/define.ts';
import { principalName } from '../check/facts/managed.ts';
import { displayText } from '../iam/token.ts';

/** A policy that lives inside a role, user or group. */
export default defineRule({
  id: 'inline-policy-used',
  title: 'Inline policy used',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'all',
  peers: ['cdk-nag:HIPAA.Security-IAMNoInlinePolicy', 'cdk-nag:NIST.800.53.R4-IAMNoInlinePolicy', 'cdk-nag:NIST.800.53.R5-IAMNoInlinePolicy', 'cdk-nag:PCI.DSS.321-IAMNoInlinePolicy', 'guard:IAM_NO_INLINE_POLICY_CHECK', 'cfn_nag:F10'],
  standards: [],
  on: 'principal',
  docs: {
    message: '{principal} has the inline policy `{policy}`',
    why: 'Inline policies cannot be shared, versioned or reviewed in one place.',
    fix: 'make it a managed policy and attach that',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  *check(principal) {
    for (const attached of principal.policies) {
      if (attached.policy.managed === 'inline') yield hit(attached.at.origin, { says: { principal: principalName(principal), policy: displayText(attached.policy.name) }, evidence: { principals: [principal.entity.arn] } });
    }
  },
});
