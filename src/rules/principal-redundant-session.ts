import { defineRule } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A session of a role beside the role itself. */
export default defineRule({
  id: 'principal-redundant-session',
  title: 'Role session listed beside its role',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 1,
  confidence: 'high',
  preset: 'all',
  peers: ['AccessAnalyzer:REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'],
  standards: [],
  on: 'statement',
  docs: {
    message: 'the session `{session}` is covered by its role, which is named too',
    why: 'A role as principal stands for all its sessions.',
    fix: 'remove the session',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
  },
  check: onStatements({ kinds: ['trust', 'resource'] }, function* (facts) {
    const roles = new Set(facts.principals.flatMap((principal) => (principal.kind === 'role' ? [`${principal.account ?? ''}/${principal.at.text.slice(principal.at.text.lastIndexOf('/') + 1)}`] : [])));
    const session = roles.size === 0 ? undefined : facts.principals.find((principal) => principal.kind === 'session' && roles.has(`${principal.account ?? ''}/${principal.at.text.split('/')[1] ?? ''}`));
    if (session !== undefined) yield* hitAt(facts, [session.at], { says: { session: session.at.text }, evidence: { principals: [session.at.text] } });
  }),
});
