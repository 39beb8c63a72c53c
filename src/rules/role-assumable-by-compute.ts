import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const COMPUTE: ReadonlySet<string> = new Set(['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'eks.amazonaws.com', 'pods.eks.amazonaws.com', 'lambda.amazonaws.com']);

/** Inventory: roles that code running in the account gets. */
export default defineRule({
  id: 'role-assumable-by-compute',
  title: 'Role assumable by a compute service',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'all',
  peers: ['cloudsplaining:AssumableByComputeService'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'code run by `{service}` gets this role',
    why: 'Whoever can change that code acts with the permissions of the role.',
    fix: 'check that the role is no mightier than the code needs',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    const service = facts.principals.find((principal) => principal.kind === 'service' && COMPUTE.has(principal.host ?? ''));
    if (service !== undefined) yield* hitAt(facts, [service.at], { says: { service: service.at.text }, evidence: { principals: [service.at.text] } });
  }),
});
