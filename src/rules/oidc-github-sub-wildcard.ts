import { isWideSubject } from '../data/oidc-issuers.ts';
import { defineRule, undecided } from '../check/define.ts';
import { isWhollyOpen } from '../check/facts/outline.ts';
import { bindingClaims, oidcTrusts, type OidcTrust } from '../check/facts/oidc.ts';
import { githubSubjectWidth } from '../check/facts/github.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

/** A subject pattern that workflows of strangers fit. */
export default defineRule({
  id: 'oidc-github-sub-wildcard',
  title: 'GitHub OIDC subject matches foreign or all repositories',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 9,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-missing-condition'],
  peers: ['checkov:CKV_AWS_358', 'checkov:CKV_AWS_393', 'AccessAnalyzer:SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the subject `{subject}` admits GitHub workflows of other owners',
    why: 'Anyone can make a repository whose workflows get such a subject, and take on the role from there.',
    fix: 'begin the subject with `repo:OWNER/REPOSITORY:` and pin a branch or environment',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      const { issuer } = trust;
      if (issuer?.id !== 'github-actions' || pinsOtherwise(trust)) continue;
      for (const { condition, claim } of trust.claims) {
        if (claim !== 'sub' || condition.operator.negated || condition.operator.family !== 'String') continue;
        const open = condition.values.find((value) => isWhollyOpen(value.text));
        const wide = condition.values.find((value) => !isWhollyOpen(value.text) && isWideSubject(issuer, githubSubjectWidth(value.text, condition.operator.wildcards)));
        if (wide !== undefined) yield* hitAt(facts, [wide], { says: { subject: wide.text }, evidence: { principals: [trust.principal.at.text] } });
        else if (open !== undefined && condition.operator.wildcards) yield undecided(open.origin, whyUnknown(open.text));
      }
      return;
    }
  }),
});

/** Another claim names the repository or its owner. */
function pinsOtherwise(trust: OidcTrust): boolean {
  return ['repository', 'repository_id', 'repository_owner_id', 'repository_owner', 'job_workflow_ref'].some((claim) => bindingClaims(trust, claim).some((condition) => condition.values.every((value) => !/^[*?]/.test(value.text))));
}
