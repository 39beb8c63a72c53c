import { defineRule } from '../check/define.ts';
import { PASS_ROLE } from '../check/facts/action-lists.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Inventory: who may pass roles. */
export default defineRule({
  id: 'passrole-present',
  title: 'iam:PassRole granted',
  category: 'privilege-escalation',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3,
  confidence: 'high',
  preset: 'all',
  peers: ['trivy:AWS-0342', 'iam-policy-validator:action_condition_enforcement'],
  standards: ['CWE-269'],
  on: 'statement',
  docs: {
    message: 'the policy passes roles to services (`{action}`)',
    why: 'Whoever passes a role acts with its permissions through the service that gets it.',
    fix: 'check that the roles named are no mightier than the holder',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    const [action] = facts.actionsNegated ? [] : facts.matching(PASS_ROLE).by;
    if (action !== undefined) yield* hitAt(facts, [action.at], { says: { action: action.at.text }, evidence: { actions: ['iam:PassRole'], resources: facts.resources.map((one) => one.at.text) } });
  }),
});
