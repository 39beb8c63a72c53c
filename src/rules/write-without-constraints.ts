import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { unconstrained } from '../check/facts/unconstrained.ts';
import { onStatements } from '../check/on-statement.ts';

/** Changing actions that could be limited to resources, allowed on all of them and without condition. */
export default defineRule({
  id: 'write-without-constraints',
  title: 'Write actions without resource or condition constraints',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'strict',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: ['checkov:CKV_AWS_111', 'checkov:CKV_AWS_290', 'cloudsplaining:InfrastructureModification'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the policy changes any resource without limit: {actions}',
    why: 'A mistake or a stolen session changes or deletes whatever there is.',
    fix: 'name the resources, or single them out with a condition',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html', 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, (facts) =>
    unconstrained(
      facts,
      ({ pattern }) => {
        const restrictable = new Set(pattern.expansion.restrictable);
        return pattern.expansion.level('Write').filter((name) => restrictable.has(name));
      },
      listed,
    ),
  ),
});
