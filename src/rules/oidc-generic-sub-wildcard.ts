import { defineRule, undecided } from '../check/define.ts';
import { githubSubjectWidth } from '../check/facts/github.ts';
import { oidcTrusts } from '../check/facts/oidc.ts';
import { isWhollyOpen } from '../check/facts/outline.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { isWideSubject } from '../data/oidc-issuers.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A subject pattern that other customers of a shared service fit. */
export default defineRule({
  id: 'oidc-generic-sub-wildcard',
  title: 'OIDC subject wildcard crosses tenants (GitLab, Terraform Cloud, Buildkite, Bitbucket, CircleCI ...)',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 8.5,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition'],
  peers: [],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the subject `{subject}` admits other customers of {name}',
    why: 'Anyone can have an organization there whose jobs get such a subject, and take on the role from there.',
    fix: 'begin the subject with your own organization: `{form}`',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      const { issuer } = trust;
      if (issuer?.subject === undefined || issuer.tenancy !== 'shared' || issuer.id === 'github-actions') continue;
      for (const { claim, condition } of trust.claims) {
        if (claim !== 'sub' || condition.operator.negated || !condition.operator.wildcards) continue;
        const wide = condition.values.find((value) => !isWhollyOpen(value.text) && isWideSubject(issuer, githubSubjectWidth(value.text, true)));
        const open = condition.values.find((value) => isWhollyOpen(value.text));
        if (wide !== undefined) yield* hitAt(facts, [wide], { says: { subject: wide.text, name: issuer.name, form: issuer.subject.form }, evidence: { principals: [trust.principal.at.text] } });
        else if (open !== undefined) yield undecided(open.origin, whyUnknown(open.text));
      }
      return;
    }
  }),
});
