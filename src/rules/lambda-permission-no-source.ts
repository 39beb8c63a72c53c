import { defineRule, undecided } from '../check/define.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { isSourceKey } from '../check/facts/scoping-keys.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A function that a service may call for anyone. */
export default defineRule({
  id: 'lambda-permission-no-source',
  title: 'Lambda permission for a service without SourceArn/SourceAccount',
  category: 'confused-deputy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_364', 'trivy:AWS-0067'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'function `{owner}` can be invoked by `{service}` on behalf of anyone',
    why: 'Any AWS customer can point a resource of theirs at the function and have the service call it.',
    fix: 'set the source ARN, the source account, or both',
    references: ['https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.model.serviceOf(facts.policy) !== 'lambda') return;
    // A target group and the permission it needs name each other, so templates cannot name it as source.
    const service = facts.principals.find((principal) => principal.kind === 'service' && principal.host !== 'elasticloadbalancing.amazonaws.com' && /amazonaws\.com(\.cn)?$/.test(principal.at.text));
    if (service === undefined || facts.conditions.some((condition) => (isSourceKey(condition.key) || condition.key === 'aws:principalorgid') && condition.namesValues === 'yes')) return;
    const open = facts.conditions.find((condition) => condition.namesValues === 'unknown');
    if (open !== undefined) yield undecided(open.condition.origin, whyUnknown(open.values[0]?.text ?? ''));
    else yield* hitAt(facts, [service.at], { says: { owner: ownerName(facts.policy), service: service.at.text }, evidence: { actions: facts.actions.map((action) => action.at.text), principals: [service.at.text] } });
  }),
});
