import { defineRule, hit } from '../check/define.ts';
import { oidcIssuers } from '../data/oidc-issuers.ts';
import { editDistance } from '../data/nearest.ts';
import { displayText, hasHole } from '../iam/token.ts';

/** An identity provider whose URL or audiences look wrong. */
export default defineRule({
  id: 'oidc-provider-thumbprint-or-url',
  title: 'OIDC provider URL odd',
  category: 'federation',
  status: 'preview',
  since: '0.1.0',
  severity: 'info',
  securitySeverity: 3,
  confidence: 'medium',
  preset: 'recommended',
  peers: [],
  standards: ['CWE-295'],
  on: 'provider',
  docs: {
    message: 'the identity provider {fault}',
    why: 'Tokens are checked against this URL and these audiences: a mistake there lets in another issuer or nobody.',
    fix: 'compare the URL and the audiences with the documentation of the provider',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html'],
  },
  *check({ declaration }) {
    if (declaration.provider !== 'oidc') return;
    const { url } = declaration;
    if (url !== undefined && !hasHole(url.text)) {
      if (url.text.startsWith('http://')) yield hit(url.origin, { says: { fault: `is reached without TLS (\`${url.text}\`)` } });
      const near = lookalike(url.text.replace(/^https?:\/\//, '').toLowerCase());
      if (near !== undefined) yield hit(url.origin, { says: { fault: `\`${url.text}\` looks like \`${near}\` but is another host` } });
    }
    const anyone = declaration.audiences.find((audience) => audience.text === '*');
    if (anyone !== undefined) yield hit(anyone.origin, { says: { fault: `takes tokens for the audience \`${displayText(anyone.text)}\`` } });
  },
});

/** A known issuer that differs from the host by one or two letters. */
function lookalike(host: string): string | undefined {
  const name = host.split('/')[0] ?? '';
  for (const issuer of oidcIssuers()) {
    for (const known of issuer.issuers) {
      const other = known.split('/')[0] ?? '';
      if (!other.includes('*') && name !== other && name.length > 8 && editDistance(name, other, 2) <= 2) return other;
    }
  }
  return undefined;
}
