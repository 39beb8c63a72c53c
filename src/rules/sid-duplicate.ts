import { defineRule, hit } from '../check/define.ts';
import { repeatedSids } from '../check/facts/sids.ts';

/** Kinds of resource whose policies accept equal `Sid`s. */
const LENIENT: ReadonlySet<string> = new Set(['s3', 'secretsmanager', 'ecr', 'execute-api', 'apigateway', 'es', 'glacier']);

/** One `Sid` for two statements. */
export default defineRule({
  id: 'sid-duplicate',
  title: 'Duplicate Sid where the service requires uniqueness',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 2,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:UNIQUE_SIDS_REQUIRED', 'parliament:DUPLICATE_SID', 'cfn-lint:E3510', 'cfn-lint:E3512', 'cfn-lint:E3530', 'iam-policy-validator:sid_uniqueness'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the `Sid` `{sid}` is given twice',
    why: 'Each `Sid` may stand once in a policy; the policy is rejected.',
    fix: 'give the statement another `Sid`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html'],
  },
  *check(policy, { facts }) {
    if (policy.managed === 'aws' || (policy.kind === 'resource' && LENIENT.has(facts.serviceOf(policy) ?? 's3'))) return;
    for (const { sid, first } of repeatedSids(policy)) yield hit(sid.origin, { says: { sid: sid.text }, related: [{ message: 'first given here', origin: first.origin }] });
  },
});
