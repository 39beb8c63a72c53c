import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { foreignPrincipals, knowsHome } from '../check/facts/foreign.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const WANTED = new ActionSet(['s3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutObjectAcl']);

/** Another account that may change who has access to a bucket. */
export default defineRule({
  id: 'cross-account-bucket-admin-actions',
  title: 'Bucket policy lets another account change bucket permissions',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['resource-policy-public'],
  peers: [],
  standards: ['FSBP S3.6', 'CWE-732'],
  on: 'statement',
  docs: {
    message: 'the bucket policy of `{owner}` lets account `{account}` change permissions: {actions}',
    why: 'The other account can open the bucket to whomever it likes, or lock its owner out.',
    fix: 'allow reading and writing objects only',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.model.serviceOf(facts.policy) !== 's3') return;
    const [first] = foreignPrincipals(facts).filter((one) => one.relation !== 'undecided' && (one.relation !== 'unknown-account' || knowsHome(facts)));
    if (first === undefined) return;
    const match = facts.matching(WANTED);
    const names = match.names.filter(() => true);
    if (names.length > 0) yield* hitAt(facts, [match.by[0]?.at, first.principal.at], { says: { owner: ownerName(facts.policy), account: first.account, actions: listed(names) }, evidence: { actions: names, principals: [first.principal.at.text] } });
  }),
});
