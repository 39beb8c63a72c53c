import { defineRule, undecided } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const READ = new ActionSet(['s3:GetObject']);
const WRITE = new ActionSet(['s3:PutObject']);

/** Reading and writing objects of every bucket there is, those of strangers included. */
export default defineRule({
  id: 's3-get-and-put-all',
  title: 's3:Get* and s3:Put* on all buckets',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 's3-full-access'],
  peers: ['trivy:AWS-0346'],
  standards: ['CWE-732'],
  on: 'statement',
  docs: {
    message: 'the policy reads and writes objects of every bucket (`{read}`, `{write}` on `{resource}`)',
    why: 'It also reaches buckets of other accounts, so that a bucket someone made under a guessed name feeds in or collects data.',
    fix: 'name the buckets, or add a condition on `aws:ResourceAccount`',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.resourceScope.confined === 'yes') return;
    const read = facts.matching(READ).by[0];
    const write = facts.matching(WRITE).by[0];
    if (read === undefined || write === undefined) return;
    const reach = reachOf(facts, 's3');
    if (reach.verdict === 'unknown') yield undecided(read.at.origin, reach.because);
    if (reach.verdict !== 'yes' || reach.negated) return;
    yield* hitAt(facts, [reachText(reach), read.at, write.at], { says: { read: read.at.text, write: write.at.text, resource: reachText(reach)?.text ?? '*' }, evidence: { actions: [read.at.text, write.at.text], resources: reachTexts(reach) } });
  }),
});
