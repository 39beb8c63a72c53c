import { defineRule } from '../check/define.ts';
import { githubSubjectWidth } from '../check/facts/github.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { isWideSubject } from '../data/oidc-issuers.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A role of a cluster that more than one service account gets. */
export default defineRule({
  id: 'oidc-eks-irsa-wildcard',
  title: 'IRSA trust not pinned to one service account',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition', 'oidc-sub-wrong-operator'],
  peers: [],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the role is open to {who} of the cluster',
    why: 'Every pod whose service account fits can take on the role, those of other teams and of an intruder included.',
    fix: 'compare `sub` with `system:serviceaccount:NAMESPACE:NAME` under `StringEquals`',
    references: ['https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    if (facts.conditionGap !== undefined) return;
    for (const trust of oidcTrusts(facts)) {
      const { issuer } = trust;
      if (issuer === undefined || (issuer.id !== 'eks' && issuer.id !== 'gke') || trust.claims.length === 0) continue;
      const subjects = trust.claims.filter(({ claim, condition }) => claim === 'sub' && !condition.operator.negated);
      if (subjects.length === 0) {
        yield* hitAt(facts, [trust.principal.at], { says: { who: 'every service account' }, evidence: { principals: [trust.principal.at.text] } });
        return;
      }
      for (const { condition } of subjects) {
        const wide = condition.operator.wildcards ? condition.values.find((value) => isWideSubject(issuer, githubSubjectWidth(value.text, true)) && /[*?]/.test(githubSubjectWidth(value.text, true))) : undefined;
        if (wide !== undefined) yield* hitAt(facts, [wide], { says: { who: `every service account that fits \`${wide.text}\`` }, evidence: { principals: [trust.principal.at.text] } });
      }
      return;
    }
  }),
});
