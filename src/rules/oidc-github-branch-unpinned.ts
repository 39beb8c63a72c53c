import { defineRule } from '../check/define.ts';
import { githubPin } from '../check/facts/github.ts';
import { bindingClaims, oidcTrusts } from '../check/facts/oidc.ts';
import { hitAt, onStatements } from '../check/on-statement.ts';

const WORDS = {
  owner: 'any repository of the owner',
  repository: 'any branch, tag or pull request of the repository',
  'pull-request': 'pull requests',
} as const;

/** A subject that any branch of a repository gets. */
export default defineRule({
  id: 'oidc-github-branch-unpinned',
  title: 'GitHub OIDC subject does not pin repository and branch',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 6,
  confidence: 'high',
  preset: 'recommended',
  supersededBy: ['oidc-github-sub-wildcard'],
  peers: ['AccessAnalyzer:SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'],
  standards: ['CWE-284'],
  on: 'statement',
  docs: {
    message: 'the subject `{subject}` admits {who}',
    why: 'Whoever can push a branch or open a pull request runs code with the role, without review.',
    fix: 'pin a branch (`:ref:refs/heads/main`) or an environment (`:environment:production`) with protection rules',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html', 'https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect'],
  },
  check: onStatements({ kinds: ['trust'], effect: 'Allow' }, function* (facts) {
    for (const trust of oidcTrusts(facts)) {
      if (trust.issuer?.id !== 'github-actions' && trust.issuer?.id !== 'github-actions-enterprise') continue;
      if (['ref', 'environment', 'job_workflow_ref'].some((claim) => bindingClaims(trust, claim).length > 0)) continue;
      for (const condition of bindingClaims(trust, 'sub')) {
        for (const value of condition.values) {
          const pin = condition.operator.wildcards || /:pull_request$/.test(value.text) ? githubPin(value.text) : 'branch';
          if (pin === 'branch') continue;
          yield* hitAt(facts, [value], { says: { subject: value.text, who: WORDS[pin] }, evidence: { principals: [trust.principal.at.text] } });
          return;
        }
      }
    }
  }),
});
