import { defineRule, hit } from '../check/define.ts';
import { managedAttachments, principalName } from '../check/facts/managed.ts';

/** An AWS managed policy that reaches far beyond one task. */
export default defineRule({
  id: 'managed-policy-elevated',
  title: 'Elevated AWS managed policy attached',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 7,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn_nag:W44', 'guard:IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE', 'checkov:CKV2_AWS_56', 'cdk-nag:AwsSolutions-IAM4', 'prowler:bedrock_full_access_policy_attached', 'cfripper:IAMRolesOverprivilegedRule'],
  standards: ['CWE-250', 'CWE-269'],
  on: 'principal',
  docs: {
    message: '{principal} holds the far-reaching AWS policy `{policy}` ({because})',
    why: 'AWS managed policies are written for every customer, so they allow far more than one task needs, and AWS widens them over time.',
    fix: 'write a policy of your own with the permissions that are needed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal) {
    for (const { attached, flags } of managedAttachments(principal)) {
      if (flags?.power !== 'elevated') continue;
      const when = attached.when.length === 0 ? {} : { when: attached.when };
      const grave = flags.because.some((reason) => !reason.startsWith('full-service:'));
      yield hit(attached.at.origin, {
        says: { principal: principalName(principal), policy: attached.policy.name, because: reasonsOf(flags.because) },
        evidence: { resources: [attached.policy.id], principals: [principal.entity.arn] },
        ...(grave ? {} : { securitySeverity: 5 }),
        ...when,
      });
    }
  },
});

const WORDS: Readonly<Record<string, string>> = {
  'most-actions': 'most of all actions',
  'iam-permissions-management': 'changes permissions',
  'pass-any-role': 'passes any role',
  'assume-any-role': 'assumes any role',
};

function reasonsOf(because: readonly string[]): string {
  const services = because.flatMap((reason) => (reason.startsWith('full-service:') ? [reason.slice('full-service:'.length)] : []));
  const words = because.flatMap((reason) => WORDS[reason] ?? []);
  const shown = services.slice(0, 4).join(', ');
  return [...words, ...(services.length === 0 ? [] : [`everything in ${shown}${services.length > 4 ? ` and ${services.length - 4} more services` : ''}`])].join('; ');
}
