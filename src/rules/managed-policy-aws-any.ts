import { defineRule, hit } from '../check/define.ts';
import { managedAttachments, principalName } from '../check/facts/managed.ts';

/** Any AWS managed policy, for those who write all policies themselves. */
export default defineRule({
  id: 'managed-policy-aws-any',
  title: 'AWS managed policy used',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'all',
  peers: ['cdk-nag:AwsSolutions-IAM4'],
  standards: [],
  on: 'principal',
  docs: {
    message: '{principal} holds the AWS managed policy `{policy}`',
    why: 'AWS writes its policies for every customer and changes them without asking.',
    fix: 'write a policy of your own with the permissions that are needed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  *check(principal) {
    for (const { attached } of managedAttachments(principal)) {
      yield hit(attached.at.origin, { says: { principal: principalName(principal), policy: attached.policy.name }, evidence: { resources: [attached.policy.id] } });
    }
  },
});
