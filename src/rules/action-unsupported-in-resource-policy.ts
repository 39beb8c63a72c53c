import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet, knowsService } from '../check/facts/action.ts';
import { policyNoun } from '../check/facts/policy-name.ts';
import { isRelatedService } from '../check/facts/policy-services.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** What a trust policy may allow. Source: IAM User Guide, "Roles terms and concepts"; STS API reference. */
const TRUST = new ActionSet(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithContext', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext']);

/** An action in a policy of a resource that knows no such action. */
export default defineRule({
  id: 'action-unsupported-in-resource-policy',
  title: 'Action of another service in a resource policy',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:UNSUPPORTED_ACTION_IN_POLICY', 'cfn-lint:W3037'],
  standards: [],
  on: 'statement',
  docs: {
    message: '{actions} has no meaning in a {noun}',
    why: 'A policy on a resource speaks of actions on that resource; others are rejected or match nothing.',
    fix: 'move the action to an identity policy, or to the policy of the resource it acts on',
    references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  },
  check: onStatements({ kinds: ['resource', 'trust'] }, function* (facts) {
    const service = facts.model.serviceOf(facts.policy);
    const wrong = facts.actions.filter(({ pattern }) => {
      if (pattern.service === undefined || !knowsService(pattern.service)) return false;
      if (facts.policy.kind === 'trust') return pattern.service !== 'sts' || (pattern.width === 'exact' && pattern.expansion.names.length > 0 && !TRUST.has(pattern.text));
      return service !== undefined && !isRelatedService(pattern.service, service);
    });
    const [first] = wrong;
    if (first === undefined) return;
    const actions = wrong.map((action) => action.at.text);
    yield* hitAt(facts, [first.at], { says: { actions: listed(actions), noun: policyNoun(facts.policy, service) }, evidence: { actions } });
  }),
});
