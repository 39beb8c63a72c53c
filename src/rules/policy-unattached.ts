import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** A managed policy that nobody holds. */
export default defineRule({
  id: 'policy-unattached',
  title: 'Customer-managed policy attached to nothing',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'all',
  peers: ['prowler:iam_customer_unattached_policy_no_administrative_privileges'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'policy `{policy}` is attached to nothing in this run',
    why: 'A policy without holder is dead, or is attached by hand where nobody reviews it.',
    fix: 'attach it here or remove it',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html'],
  },
  *check(policy, { facts }) {
    if (policy.managed !== 'customer' || policy.kind !== 'identity' || facts.holdersOf(policy).length > 0) return;
    const boundary = facts.model.principals.some((principal) => principal.boundary?.policy?.id === policy.id);
    if (!boundary) yield hit(policy.from.origin, { says: { policy: displayText(policy.name) } });
  },
});
