import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role for any certificate of any trust anchor. */
export default defineRule({
  id: 'roles-anywhere-unrestricted',
  title: 'Roles Anywhere trust not pinned to a trust anchor or subject',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-295', 'CWE-284'],
  on: 'statement',
  docs: {
    message: 'the role is open to every certificate that IAM Roles Anywhere accepts',
    why: 'Any certificate of any trust anchor in the account gets the role, also those issued for other purposes.',
    fix: 'add conditions on `aws:SourceArn` (the trust anchor) and `aws:PrincipalTag/x509Subject/CN`',
    references: ['https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    const service = facts.principals.find((principal) => principal.kind === 'service' && principal.host === 'rolesanywhere.amazonaws.com');
    if (service === undefined || facts.conditionGap !== undefined) return;
    const pinned = facts.conditions.some((condition) => condition.namesValues !== 'no' && (condition.key === 'aws:sourcearn' || condition.key.startsWith('aws:principaltag/x509')));
    if (!pinned) yield* hitAt(facts, [service.at], { evidence: { principals: [service.at.text] } });
  }),
});
