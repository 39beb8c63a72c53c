import { defineRule, hit } from '../check/define.ts';
import { readPrincipal } from '../check/facts/principal.ts';

const MANY = 10;

/** A role that very many may take on. The option `max` sets how many are too many. */
export default defineRule({
  id: 'role-trusts-too-many',
  title: 'Role trusted by too many distinct principals',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'strict',
  peers: [],
  standards: ['CWE-284'],
  on: 'policy',
  docs: {
    message: 'the role is trusted to {count} different principals',
    why: 'Nobody keeps track of so many: the trust policy will outlive the reasons for its entries.',
    fix: 'make a role for each purpose, or trust the organization with a condition on `aws:PrincipalOrgID`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html'],
  },
  *check(policy, { options }) {
    if (policy.kind !== 'trust') return;
    const { max } = options;
    const limit = typeof max === 'number' ? max : MANY;
    const entries = policy.document.statements.flatMap((statement) => (statement.effect === 'Allow' && statement.principal?.negated === false ? statement.principal.entries : []));
    const distinct = new Set(entries.map((entry) => readPrincipal(entry)).map((principal) => principal.account ?? principal.at.text));
    const [first] = entries;
    if (first !== undefined && distinct.size > limit) yield hit(first.origin, { says: { count: distinct.size }, evidence: { principals: entries.map((entry) => entry.text) } });
  },
});
