import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** An endpoint that carries any caller to any resource. */
export default defineRule({
  id: 'vpc-endpoint-policy-open',
  title: 'VPC endpoint policy allows any principal and resource',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['prowler:vpc_endpoint_connections_trust_boundaries', 'prowler:vpc_endpoint_services_allowed_principals_trust_boundaries'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the endpoint policy carries every caller to every resource',
    why: 'Through the endpoint, stolen credentials reach foreign accounts, and data leaves to buckets of strangers.',
    fix: 'add conditions on `aws:PrincipalOrgID` and `aws:ResourceOrgID`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['endpoint'], effect: 'Allow' }, function* (facts) {
    const anyone = facts.principals.find((principal) => principal.kind === 'anyone');
    const everything = facts.resources.some(({ pattern }) => pattern.width === 'any') && facts.actions.some(({ pattern }) => pattern.width === 'any' || pattern.width === 'service');
    if (anyone === undefined || !everything || facts.callerScope.confined !== 'no' || facts.resourceScope.confined !== 'no') return;
    yield* hitAt(facts, [anyone.at], { evidence: { principals: [anyone.at.text] } });
  }),
});
