import { defineRule } from '../check/define.ts';
import { hasHole } from '../iam/token.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A principal of an account that the run knows completely, which does not exist there. */
export default defineRule({
  id: 'principal-dangling-reference',
  title: 'Trust or resource policy names a same-account principal absent from the model',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 4,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-1188'],
  on: 'statement',
  docs: {
    message: 'no principal `{text}` exists in its account',
    why: 'Whoever creates a principal of that name later inherits the access.',
    fix: 'remove the principal or correct its name',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
  },
  check: onStatements({ kinds: ['trust', 'resource'], effect: 'Allow' }, function* (facts) {
    const { model } = facts.model;
    if (model.coverage.completeAccounts.size === 0) return;
    for (const principal of facts.principals) {
      if ((principal.kind !== 'role' && principal.kind !== 'user') || principal.account === undefined || hasHole(principal.at.text)) continue;
      if (model.coverage.completeAccounts.has(principal.account) && model.entityByArn(principal.at.text) === undefined) yield* hitAt(facts, [principal.at], { says: { text: principal.at.text }, evidence: { principals: [principal.at.text] } });
    }
  }),
});
