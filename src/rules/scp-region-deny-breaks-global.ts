import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Services whose requests go to one region wherever the caller is. Source: Organizations User Guide, "Example SCPs", deny access by region. */
const GLOBAL = new ActionSet(['iam:GetRole', 'sts:GetCallerIdentity', 'organizations:DescribeOrganization', 'route53:ListHostedZones', 'cloudfront:ListDistributions', 'support:DescribeCases', 'budgets:ViewBudget']);

/** A region fence that also shuts out services that know no regions. */
export default defineRule({
  id: 'scp-region-deny-breaks-global',
  title: 'Region deny lacks global-service exemptions',
  category: 'boundary-scp-org',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'statement',
  docs: {
    message: 'the region fence also denies {services}, whose requests all go to one region',
    why: 'Global services answer in `us-east-1` (or another fixed region): outside the list they stop working for everyone.',
    fix: 'spare the global services with `NotAction`',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html'],
  },
  check: onStatements({ kinds: ['scp'], effect: 'Deny' }, function* (facts) {
    const fence = facts.conditions.find((condition) => condition.key === 'aws:requestedregion' && condition.operator.negated);
    if (fence === undefined || fence.values.some((value) => value.text === 'us-east-1' || value.text.includes('\uE000'))) return;
    const denied = facts.matching(GLOBAL).names.map((name) => name.slice(0, name.indexOf(':')));
    if (denied.length > 0) yield* hitAt(facts, [fence.condition.key], { says: { services: listed(denied) }, evidence: { actions: denied.map((service) => `${service}:*`) } });
  }),
});
