import { defineRule, hit } from '../check/define.ts';
import { hasHole } from '../iam/token.ts';

/** A role, user or group with a name written out. */
export default defineRule({
  id: 'explicit-iam-name',
  title: 'IAM resource with a hard-coded name',
  category: 'hygiene',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 0.5,
  confidence: 'high',
  preset: 'all',
  peers: ['cfn_nag:W28'],
  standards: [],
  on: 'principal',
  docs: {
    message: '{kind} has the fixed name `{name}`',
    why: 'A fixed name stands in the way of replacing the resource and of a second stack, and strangers can guess it.',
    fix: 'let the deployment make the name',
    references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html'],
  },
  *check(principal) {
    const { name, from, external } = principal.entity;
    if (name !== '' && !hasHole(name) && !external) yield hit(from.origin, { says: { kind: principal.kind, name }, evidence: { principals: [principal.entity.arn] } });
  },
});
