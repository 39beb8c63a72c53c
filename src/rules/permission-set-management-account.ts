import { defineRule, hit } from '../check/define.ts';

/** Access to the account that owns the organization. */
export default defineRule({
  id: 'permission-set-management-account',
  title: 'Permission set assigned to the management account',
  category: 'identity-center',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CIS AWS v7.0 2.1.3'],
  on: 'assignment',
  docs: {
    message: 'the permission set is assigned in the management account `{account}`',
    why: 'The management account controls the whole organization, and service control policies do not hold there.',
    fix: 'delegate administration to another account, and keep this one to few people',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html'],
  },
  *check({ declaration }, { model }) {
    const { target } = declaration;
    if (target !== undefined && target.text === model.organization.managementAccount) yield hit(target.origin, { says: { account: target.text }, ...(declaration.principal === undefined ? {} : { evidence: { principals: [declaration.principal.text] } }) });
  },
});
