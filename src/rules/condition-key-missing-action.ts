import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Keys that only requests for certain actions carry. Source: IAM User Guide, "IAM and AWS STS condition context keys". */
const NEEDS: ReadonlyMap<string, ActionSet> = new Map([
  ['iam:passedtoservice', new ActionSet(['iam:PassRole'])],
  ['iam:associatedresourcearn', new ActionSet(['iam:PassRole'])],
  ['iam:awsservicename', new ActionSet(['iam:CreateServiceLinkedRole'])],
  ['ec2:createaction', new ActionSet(['ec2:CreateTags'])],
  ['sts:externalid', new ActionSet(['sts:AssumeRole'])],
  ['sts:rolesessionname', new ActionSet(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'])],
]);

/** A condition key without the one action that carries it. */
export default defineRule({
  id: 'condition-key-missing-action',
  title: 'Condition key needs an action that the statement lacks',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['condition-key-unsupported-by-action'],
  peers: ['AccessAnalyzer:MISSING_ACTION_FOR_CONDITION_KEY'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{key}` is tested, but the statement has not the action that carries it (`{needed}`)',
    why: 'The condition never holds, so the statement allows nothing.',
    fix: 'add the action or remove the condition',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html'],
  },
  check: onStatements({ kinds: ['identity', 'trust', 'resource'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.statement.action === undefined) return;
    for (const condition of facts.conditions) {
      const needed = NEEDS.get(condition.key);
      if (needed === undefined || condition.admitsAbsence) continue;
      const match = facts.matching(needed);
      if (match.names.length > 0 || match.unknown !== undefined) continue;
      yield* hitAt(facts, [condition.condition.key], { says: { key: condition.condition.key.text, needed: needed.names[0] ?? '' }, evidence: { actions: facts.actions.map((action) => action.at.text) } });
      return;
    }
  }),
});
