import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { ownerName, policyNoun } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const CHANGE_POLICY: ReadonlyMap<string, ActionSet> = new Map([
  ['s3', new ActionSet(['s3:PutBucketPolicy'])],
  ['sqs', new ActionSet(['sqs:SetQueueAttributes'])],
  ['kms', new ActionSet(['kms:PutKeyPolicy'])],
]);

/** A `Deny` that nobody can take back. */
export default defineRule({
  id: 'resource-policy-lockout',
  title: 'Bucket or key policy locks everyone out',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_93'],
  standards: ['CWE-710'],
  on: 'statement',
  docs: {
    message: 'the {noun} of `{owner}` denies everyone the right to change it (`{action}`)',
    why: 'Nobody but the root user (for a key: nobody but AWS support) can undo it, and the stack can no longer be changed.',
    fix: 'add a condition that spares an administrator role, or deny fewer actions',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html', 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Deny' }, function* (facts) {
    const wanted = CHANGE_POLICY.get(facts.model.serviceOf(facts.policy) ?? '');
    if (wanted === undefined || facts.principalsNegated || facts.unconditional !== 'yes') return;
    if (!facts.principals.some((principal) => principal.kind === 'anyone')) return;
    const match = facts.matching(wanted);
    // A statement about objects alone leaves the bucket's policy alone.
    const onResource = facts.resources.length === 0 || facts.resources.some(({ pattern }) => pattern.width === 'any' || pattern.arn === undefined || !pattern.arn.resource.includes('/'));
    if (match.names.length > 0 && onResource) yield* hitAt(facts, [match.by[0]?.at], { says: { noun: policyNoun(facts.policy, facts.model.serviceOf(facts.policy)), owner: ownerName(facts.policy), action: match.by[0]?.at.text ?? 'NotAction' }, evidence: { actions: match.names } });
  }),
});
