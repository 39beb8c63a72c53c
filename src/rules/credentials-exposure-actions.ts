import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import type { ActionFact } from '../check/facts/action.ts';
import { ASSUME_ROLE, CREDENTIAL_ACTIONS } from '../check/facts/action-lists.ts';
import { unconstrained } from '../check/facts/unconstrained.ts';
import { onStatements } from '../check/on-statement.ts';

/** Actions that hand out credentials, for every resource and without condition. */
export default defineRule({
  id: 'credentials-exposure-actions',
  title: 'Actions that return credentials without constraints',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['checkov:CKV_AWS_107', 'checkov:CKV_AWS_287', 'cloudsplaining:CredentialsExposure', 'parliament:CREDENTIALS_EXPOSURE'],
  standards: ['CWE-522', 'CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy hands out credentials without limit: {actions}',
    why: 'Credentials got this way work outside the principal that asked for them, and often longer.',
    fix: 'name the resources and users, or add a condition',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) => unconstrained(facts, credentials, listed)),
});

/** Taking on any role has a rule of its own. */
function credentials({ pattern }: ActionFact): readonly string[] {
  return pattern.width === 'exact' && ASSUME_ROLE.has(pattern.text) ? [] : CREDENTIAL_ACTIONS.matchedBy(pattern);
}
