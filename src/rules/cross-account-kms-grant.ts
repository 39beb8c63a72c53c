import { listed } from '../check/declared/evaluate.ts';
import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import { foreignPrincipals, knowsHome } from '../check/facts/foreign.ts';
import { ownerName } from '../check/facts/policy-name.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const WANTED = new ActionSet(['kms:CreateGrant', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:UpdateKeyDescription']);

/** Another account that may hand on the use of a key, or administer it. */
export default defineRule({
  id: 'cross-account-kms-grant',
  title: 'KMS key policy gives another account CreateGrant or key administration',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['resource-policy-public'],
  peers: ['cfripper:KMSKeyCrossAccountTrustRule'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the key policy of `{owner}` lets account `{account}` administer the key or hand on its use: {actions}',
    why: 'A grant gives the use of the key to anyone, without a trace in the key policy; administration can destroy what was encrypted.',
    fix: 'allow `kms:CreateGrant` only under `kms:GrantIsForAWSResource`, and leave administration to this account',
    references: ['https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html'],
  },
  check: onStatements({ kinds: ['resource'], effect: 'Allow' }, function* (facts) {
    if (facts.principalsNegated || facts.model.serviceOf(facts.policy) !== 'kms') return;
    const [first] = foreignPrincipals(facts).filter((one) => one.relation !== 'undecided' && (one.relation !== 'unknown-account' || knowsHome(facts)));
    if (first === undefined) return;
    const match = facts.matching(WANTED);
    const names = match.names.filter((name) => name !== 'kms:CreateGrant' || !facts.conditions.some((condition) => condition.key === 'kms:grantisforawsresource'));
    if (names.length > 0) yield* hitAt(facts, [match.by[0]?.at, first.principal.at], { says: { owner: ownerName(facts.policy), account: first.account, actions: listed(names) }, evidence: { actions: names, principals: [first.principal.at.text] } });
  }),
});
