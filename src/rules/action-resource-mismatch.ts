import { defineRule } from '../check/define.ts';
import { mismatchOf } from '../check/facts/action-resource.ts';
import { isWritten } from '../check/facts/written.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Actions that no resource of their statement fits. */
export default defineRule({
  id: 'action-resource-mismatch',
  title: 'No listed resource can match the action',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 3,
  confidence: 'medium',
  preset: 'recommended',
  peers: ['parliament:RESOURCE_MISMATCH', 'cfn-lint:I3510', 'iam-policy-validator:action_resource_matching'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{action}` {fault}',
    why: 'The action is never allowed by this statement, though it looks so.',
    fix: 'add a resource of the form the action needs: {forms}',
    references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['identity', 'resource'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourcesNegated || facts.resources.length === 0 || facts.statement.gaps.length > 0) return;
    for (const action of facts.actions) {
      if (action.pattern.width !== 'exact' || !isWritten(action.at)) continue;
      const mismatch = mismatchOf(action.pattern, facts.resources);
      if (mismatch === undefined) continue;
      yield* hitAt(facts, [action.at], { says: { action: action.at.text, fault: mismatch.fault, forms: mismatch.forms }, evidence: { actions: [action.at.text], resources: facts.resources.map((resource) => resource.at.text) } });
      return;
    }
  }),
});
