import { listed } from '../check/declared/evaluate.ts';
import { defineRule, hit } from '../check/define.ts';
import { allowsEverything, boundaryRemovals } from '../check/facts/boundary.ts';
import { principalName } from '../check/facts/managed.ts';

/** A boundary whose holder can take it off. */
export default defineRule({
  id: 'permissions-boundary-allows-iam',
  title: 'Boundary allows boundary removal',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 7.5,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-269'],
  on: 'principal',
  docs: {
    message: 'the permissions boundary of {principal} lets it take the boundary off: {actions}',
    why: 'A principal with these rights removes its own limit or rewrites the policy that sets it.',
    fix: 'deny changing boundaries, and changing the boundary policy itself',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  *check(principal, { facts }) {
    const { boundary } = principal;
    if (boundary?.policy === undefined || allowsEverything(boundary.policy, facts)) return;
    const actions = boundaryRemovals(boundary.policy, facts);
    if (actions.length > 0) yield hit(boundary.at.origin, { says: { principal: principalName(principal), actions: listed(actions) }, evidence: { actions, principals: [principal.entity.arn] } });
  },
});
