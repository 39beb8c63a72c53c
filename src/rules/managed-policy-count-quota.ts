import { defineRule, hit } from '../check/define.ts';
import { principalName } from '../check/facts/managed.ts';

/** Managed policies a principal may hold by default, and groups a user may be in. Source: IAM User Guide, "IAM and AWS STS quotas". */
const MOST_POLICIES = 10;
const MOST_GROUPS = 10;

/** More attachments than IAM accepts. */
export default defineRule({
  id: 'managed-policy-count-quota',
  title: 'Too many managed policies or groups attached',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'principal',
  docs: {
    message: '{principal} has {count} {things}, but the quota is {quota}',
    why: 'IAM refuses the attachment that exceeds the quota, and the deployment fails.',
    fix: 'join policies, or have the quota raised',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  *check(principal) {
    const managed = principal.policies.filter((attached) => attached.policy.managed !== 'inline' && attached.when.length === 0);
    const distinct = new Map(managed.map((attached) => [attached.policy.id, attached]));
    const last = [...distinct.values()].at(-1);
    if (last !== undefined && distinct.size > MOST_POLICIES) yield hit(last.at.origin, { says: { principal: principalName(principal), count: distinct.size, things: 'managed policies', quota: MOST_POLICIES } });
    if (principal.groups.length > MOST_GROUPS) yield hit(principal.entity.from.origin, { says: { principal: principalName(principal), count: principal.groups.length, things: 'groups', quota: MOST_GROUPS } });
  },
});
