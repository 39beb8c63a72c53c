import { defineRule, hit } from '../check/define.ts';
import { repeatedSids } from '../check/facts/sids.ts';

/** One `Sid` for two statements, where the service lets it pass. */
export default defineRule({
  id: 'sid-duplicate-recommended',
  title: 'Duplicate Sid (uniqueness recommended)',
  category: 'policy-syntax',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'strict',
  peers: ['AccessAnalyzer:UNIQUE_SIDS_RECOMMENDED', 'iam-policy-validator:sid_uniqueness'],
  standards: [],
  on: 'policy',
  docs: {
    message: 'the `Sid` `{sid}` is given twice',
    why: 'The service accepts it, but a `Sid` that names two statements names none.',
    fix: 'give the statement another `Sid`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html'],
  },
  *check(policy, { facts }) {
    if (policy.kind !== 'resource' || !['s3', 'secretsmanager', 'ecr', 'execute-api', 'apigateway', 'es', 'glacier'].includes(facts.serviceOf(policy) ?? '')) return;
    for (const { sid, first } of repeatedSids(policy)) yield hit(sid.origin, { says: { sid: sid.text }, related: [{ message: 'first given here', origin: first.origin }] });
  },
});
