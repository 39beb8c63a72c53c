import { defineRule, hit } from '../check/define.ts';
import { principalName } from '../check/facts/managed.ts';
import { allowsEverything } from '../check/facts/boundary.ts';

/** A boundary that bounds nothing. */
export default defineRule({
  id: 'permissions-boundary-full-admin',
  title: 'Permissions boundary that bounds nothing',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-269'],
  on: 'principal',
  docs: {
    message: 'the permissions boundary of {principal} allows everything',
    why: 'The boundary looks like a limit but takes nothing away.',
    fix: 'name the services the principal may use, and deny changes to IAM',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html'],
  },
  *check(principal, { facts }) {
    const { boundary } = principal;
    if (boundary?.policy !== undefined && allowsEverything(boundary.policy, facts)) yield hit(boundary.at.origin, { says: { principal: principalName(principal) }, evidence: { resources: [boundary.at.text], principals: [principal.entity.arn] } });
  },
});
