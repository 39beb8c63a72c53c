import { defineRule } from '../check/define.ts';
import { ActionSet } from '../check/facts/action.ts';
import type { PrincipalFact } from '../check/facts/principal.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const PLAIN = new ActionSet(['sts:AssumeRole']);
const SAML = new ActionSet(['sts:AssumeRoleWithSAML']);
const WEB = new ActionSet(['sts:AssumeRoleWithWebIdentity']);

/** A way to assume the role that this kind of principal cannot take. */
export default defineRule({
  id: 'trust-action-principal-mismatch',
  title: 'AssumeRole action does not fit the principal type',
  category: 'policy-validity',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: ['AccessAnalyzer:MISMATCHED_ACTION_FOR_PRINCIPAL', 'iam-policy-validator:trust_policy_validation'],
  standards: [],
  on: 'statement',
  docs: {
    message: '`{principal}` cannot use any of the actions beside it; it needs `{needed}`',
    why: 'Each kind of principal assumes roles by an action of its own; the role cannot be taken on.',
    fix: 'write the action that fits the principal',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.actionsNegated || facts.principalsNegated || facts.unknownAction !== undefined) return;
    const [plain, saml, web] = [PLAIN, SAML, WEB].map((set) => facts.matching(set).names.length > 0);
    if (!plain && !saml && !web) return;
    for (const principal of facts.principals) {
      const needed = neededBy(principal);
      const has = needed === 'sts:AssumeRole' ? plain : needed === 'sts:AssumeRoleWithSAML' ? saml : web;
      if (needed === undefined || has) continue;
      yield* hitAt(facts, [principal.at], { says: { principal: principal.at.text, needed }, evidence: { principals: [principal.at.text], actions: facts.actions.map((action) => action.at.text) } });
      return;
    }
  }),
});

function neededBy(principal: PrincipalFact): string | undefined {
  switch (principal.kind) {
    case 'account':
    case 'role':
    case 'user':
    case 'session':
    case 'service':
      return 'sts:AssumeRole';
    case 'saml-provider':
      return 'sts:AssumeRoleWithSAML';
    case 'oidc-provider':
    case 'web-identity':
      return 'sts:AssumeRoleWithWebIdentity';
    default:
      return undefined;
  }
}
