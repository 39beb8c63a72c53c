import { defineRule, undecided } from '../check/define.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role for anyone, with conditions as its only door. */
export default defineRule({
  id: 'trust-narrow-by-conditions',
  title: 'Any-principal trust limited only by conditions',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cloudsplaining:AssumableByAnyPrincipalWithConditions', 'checkov:CKV_AWS_60'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the role trusts every AWS account and relies on {conditions}',
    why: 'All that keeps strangers out is the condition; addresses, tags and negated tests keep out few.',
    fix: 'name the principals, or the accounts, that need the role in `Principal`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    const anyone = facts.principalsNegated ? undefined : facts.principals.find((principal) => principal.kind === 'anyone');
    if (anyone === undefined || facts.unconditional === 'yes') return;
    const { callerScope } = facts;
    if (callerScope.confined === 'unknown') {
      yield undecided(anyone.at.origin, callerScope.because ?? 'a condition is not known');
      return;
    }
    const strong = callerScope.by.filter((condition) => condition.meaning !== 'network');
    const shown = (strong.length > 0 ? strong : facts.conditions).map((condition) => `\`${condition.text}\``);
    yield* hitAt(facts, [anyone.at], {
      says: { conditions: shown.join(', ') },
      evidence: { principals: [anyone.at.text] },
      related: facts.conditions.map((condition) => ({ message: `condition \`${condition.text}\``, origin: condition.condition.origin })),
      ...(strong.length > 0 ? ({ severity: 'info', securitySeverity: 4 } as const) : ({ severity: 'error', securitySeverity: 8.5 } as const)),
    });
  }),
});
