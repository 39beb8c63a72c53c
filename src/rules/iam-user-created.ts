import { defineRule, hit } from '../check/define.ts';
import { displayText } from '../iam/token.ts';

/** An IAM user. */
export default defineRule({
  id: 'iam-user-created',
  title: 'IAM user defined',
  category: 'long-lived-credentials',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['checkov:CKV_AWS_273', 'prowler:iam_check_saml_providers_sts'],
  standards: ['CIS AWS v3.0/v4.0 1.21', 'CIS AWS v5.0 1.20', 'CIS AWS v6.0 2.20', 'CIS AWS v7.0 2.19'],
  on: 'principal',
  docs: {
    message: 'IAM user `{user}` is made',
    why: 'Users sign in with credentials that do not expire; people and programs are better served by roles.',
    fix: 'use IAM Identity Center for people and roles for programs',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html'],
  },
  *check(principal) {
    if (principal.kind === 'user' && !principal.entity.external) yield hit(principal.entity.from.origin, { says: { user: displayText(principal.entity.from.displayName) }, evidence: { principals: [principal.entity.arn] } });
  },
});
