import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const READING = new ActionSet(['s3:GetObject', 's3:ListBucket', 's3:GetObjectVersion']);

/** More than reading, for the distribution in front of a bucket. */
export default defineRule({
  id: 's3-oai-bare-grant',
  title: 'CloudFront origin policy too broad',
  category: 'resource-policy',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cdk-nag:AwsSolutions-S5'],
  standards: ['CWE-441'],
  on: 'statement',
  docs: {
    message: 'the bucket policy of `{owner}` gives CloudFront more than reading: {actions}',
    why: 'Whoever can send requests through the distribution may change what it serves.',
    fix: 'allow `s3:GetObject` only',
    references: ['https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.model.serviceOf(facts.policy) !== 's3' || facts.actionsNegated) return;
    const cloudfront = facts.principals.find((principal) => principal.kind === 'origin-access-identity' || principal.host === 'cloudfront.amazonaws.com');
    if (cloudfront === undefined) return;
    const more = facts.actions.filter(({ pattern }) => pattern.width !== 'unknown' && pattern.expansion.names.some((name) => !READING.has(name)));
    const [first] = more;
    if (first !== undefined) yield* hitAt(facts, [first.at], { says: { owner: ownerName(facts.policy), actions: listed(more.map((action) => action.at.text)) }, evidence: { actions: more.map((action) => action.at.text), principals: [cloudfront.at.text] } });
  }),
});
