import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { DATA_ACTIONS } from '../check/facts/action-lists.ts';
import { unconstrained } from '../check/facts/unconstrained.ts';
import { onStatements } from '../check/on-statement.ts';

/** Actions that read stored data in bulk, for every resource and without condition. */
export default defineRule({
  id: 'data-exfiltration-actions',
  title: 'Bulk data read without constraints',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['checkov:CKV_AWS_108', 'checkov:CKV_AWS_288', 'cloudsplaining:DataExfiltration'],
  standards: ['CWE-200', 'CWE-732'],
  on: 'statement',
  docs: {
    message: 'the policy reads data of every resource without limit: {actions}',
    why: 'One stolen session is enough to carry all such data of the account away.',
    fix: 'name the buckets, tables, secrets or parameters that are needed',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) => unconstrained(facts, (action) => DATA_ACTIONS.matchedBy(action.pattern), listed)),
});
