import { defineRule } from '../check/define.ts';
import { fullAccess } from '../check/facts/full-access.ts';
import { onStatements } from '../check/on-statement.ts';

/** Every KMS action on all of KMS's resources. */
export default defineRule({
  id: 'kms-full-access',
  title: 'Unrestricted kms:*',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star'],
  peers: ['prowler:iam_policy_no_full_access_to_kms', 'prowler:iam_inline_policy_no_full_access_to_kms'],
  standards: ['CWE-732', 'FSBP KMS.1', 'FSBP KMS.2'],
  on: 'statement',
  docs: {
    message: 'the policy allows every KMS action on every key (`{action}`)',
    why: 'It decrypts whatever the account has encrypted, and can change key policies or schedule keys for deletion.',
    fix: 'list the actions that are needed and name the keys',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) => fullAccess(facts, 'kms')),
});
