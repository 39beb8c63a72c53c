import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const ROOT_SESSIONS = new ActionSet(['sts:AssumeRoot', 'iam:EnableOrganizationsRootSessions', 'iam:EnableOrganizationsRootCredentialsManagement']);

/** Sessions as the root user of member accounts. */
export default defineRule({
  id: 'privesc-assume-root',
  title: 'Can take centralized root sessions',
  category: 'root',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star'],
  peers: [],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy opens sessions as root user of member accounts (`{action}`)',
    why: 'A root session passes every policy but a service control policy; one task policy unlocks buckets and queues, another resets credentials.',
    fix: 'leave it to a break-glass role, with a condition on `sts:TaskPolicyArn`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.conditions.some((condition) => condition.key === 'sts:taskpolicyarn' && condition.namesValues !== 'no')) return;
    const match = facts.matching(ROOT_SESSIONS);
    const action = match.by.find(({ pattern }) => pattern.width === 'exact' || (pattern.service === 'sts' && pattern.width !== 'service'));
    if (action !== undefined) yield* hitAt(facts, [action.at], { says: { action: action.at.text }, evidence: { actions: match.names, resources: facts.resources.map((one) => one.at.text) } });
  }),
});
