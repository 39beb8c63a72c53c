import { defineRule, hit, undecided } from '../check/define.ts';
import { whyUnknown } from '../check/facts/unknown.ts';
import { isAccountId } from '../iam/arn.ts';
import { accountText } from '../iam/deployment.ts';
import { hasOpenHole } from '../iam/token.ts';

/** A resource share that lets in accounts outside the organization. */
export default defineRule({
  id: 'ram-external-sharing',
  title: 'RAM share allows or uses external principals',
  category: 'cross-account-trust',
  status: 'preview',
  since: '0.1.0',
  severity: 'warning',
  securitySeverity: 5.5,
  confidence: 'high',
  preset: 'recommended',
  peers: ['cloudsplaining:ResourceExposure'],
  standards: ['CWE-668'],
  on: 'share',
  docs: {
    message: '{what}',
    why: 'Resources in the share can be used by accounts that nobody in the organization controls.',
    fix: 'forbid external principals on the share, or declare the account in the configuration',
    references: ['https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html'],
  },
  *check({ declaration }, { facts }) {
    const home = accountText(declaration.from.scope.id, declaration.from.account);
    const external = declaration.allowsExternal;
    if (external !== undefined && hasOpenHole(external.text)) yield undecided(external.origin, whyUnknown(external.text));
    if (external?.text === 'true') {
      yield hit(external.origin, { says: { what: `the share \`${declaration.from.displayName}\` may be extended to accounts outside the organization` }, ...(external.when === undefined ? {} : { when: external.when }) });
      return;
    }
    for (const principal of declaration.principals) {
      if (!isAccountId(principal.text) || facts.relation(principal.text, home) !== 'unknown-account') continue;
      yield hit(principal.origin, { says: { what: `the share \`${declaration.from.displayName}\` goes to account \`${principal.text}\`, which was not declared` }, evidence: { principals: [principal.text] }, confidence: 'medium' });
      return;
    }
  },
});
