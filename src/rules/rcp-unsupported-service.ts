import { rcpAppliesTo, rcpServicesDate } from '../data/rcp-services.ts';
import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** Actions of services that resource control policies do not reach. */
export default defineRule({
  id: 'rcp-unsupported-service',
  title: 'RCP action for a service RCPs do not cover',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'medium',
  preset: 'recommended',
  peers: ['AccessAnalyzer:RCP_SYNTAX_ERROR_ACTION', 'iam-policy-validator:policy_type_validation'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'resource control policies do not apply to {actions} (as of {date})',
    why: 'Organizations rejects the action, or the guard is not there where its author believes it to be.',
    fix: 'name actions of supported services only',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html'],
  },
  check: onStatements({ kinds: ['rcp'], effect: 'Deny' }, function* (facts) {
    const wrong = facts.actions.filter(({ pattern }) => pattern.width !== 'unknown' && pattern.width !== 'malformed' && (pattern.width === 'any' || (pattern.service !== undefined && !rcpAppliesTo(pattern.service))));
    const [first] = wrong;
    if (first !== undefined) yield* hitAt(facts, [first.at], { says: { actions: listed(wrong.map((action) => action.at.text)), date: rcpServicesDate() }, evidence: { actions: wrong.map((action) => action.at.text) } });
  }),
});
