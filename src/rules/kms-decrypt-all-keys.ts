import { defineRule, undecided } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { softened } from '../check/facts/full-access.ts';
import { reachOf, reachText, reachTexts } from '../check/facts/reach.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const DECRYPT = new ActionSet(['kms:Decrypt', 'kms:ReEncryptFrom']);

/** Decryption with whatever key there is. */
export default defineRule({
  id: 'kms-decrypt-all-keys',
  title: 'Decrypt on all KMS keys',
  category: 'wildcard',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['admin-star-star', 'action-star', 'kms-full-access'],
  peers: ['cloudsplaining:DataExfiltration'],
  standards: ['FSBP KMS.1', 'FSBP KMS.2', 'CWE-732'],
  on: 'statement',
  docs: {
    message: 'the policy decrypts with every KMS key (`{action}` on `{resource}`)',
    why: 'Encryption no longer separates data of different owners: whoever can read the ciphertext can read it all.',
    fix: 'name the keys, or limit the use with `kms:ViaService` or `kms:EncryptionContext:…`',
    references: ['https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html'],
  },
  check: onStatements({ kinds: ['identity'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated) return;
    const match = facts.matching(DECRYPT);
    const [action] = match.by;
    if (action === undefined) return;
    const reach = reachOf(facts, 'kms');
    if (reach.verdict === 'unknown') yield undecided(action.at.origin, reach.because);
    if (reach.verdict !== 'yes') return;
    yield* hitAt(facts, [reachText(reach) ?? action.at, action.at], { says: { action: action.at.text, resource: reachText(reach)?.text ?? 'NotResource' }, evidence: { actions: match.names, resources: reachTexts(reach) }, ...softened(facts) });
  }),
});
