import { defineRule } from '../check/define.ts';
import { IAM_ESCALATION_ACTIONS } from '../check/facts/action-lists.ts';
import { reachOf } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** `Allow` with `NotAction`: everything but a list. */
export default defineRule({
  id: 'notaction-allow',
  title: 'Allow with NotAction',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cfn_nag:W15', 'cfn_nag:W16', 'cfn_nag:W17', 'guard:IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_ACTION', 'cloudsplaining:NotAction', 'iam-policy-validator:not_action_not_resource'],
  standards: ['CWE-250', 'CWE-732'],
  on: 'statement',
  docs: {
    message: 'the policy allows every action but those listed{danger}',
    why: 'All other actions of all services are allowed, those made later included.',
    fix: 'list the actions that are meant in `Action`, or deny the exceptions in a statement of their own',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    const { action } = facts.statement;
    if (action === undefined || !action.negated) return;
    const left = facts.matching(IAM_ESCALATION_ACTIONS).names;
    const dangerous = left.length > 0 && reachOf(facts).verdict === 'yes' && facts.unconditional === 'yes';
    yield* hitAt(facts, [{ text: '', origin: action.origin }], {
      says: { danger: left.length > 0 ? `, also \`${left[0] ?? ''}\`, by which its holder can become administrator` : '' },
      evidence: { actions: facts.actions.map((one) => one.at.text), resources: facts.resources.map((one) => one.at.text) },
      ...(dangerous ? ({ severity: 'error', securitySeverity: 8.5 } as const) : {}),
    });
  }),
});
