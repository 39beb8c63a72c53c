import { isAccountId, parseArn } from '../../iam/arn.ts';
import type { PrincipalEntry } from '../../iam/policy-document.ts';
import { hasHole, hasOpenHole, partsOf } from '../../iam/token.ts';
import { hasWildcard, startsOpen } from './outline.ts';

/**
 * What a principal entry names. `wildcard` is a pattern IAM does not expand (`role/app-*`), `unique-id` what remains of a
 * deleted principal (`AROA…`), `unknown` a text that depends on something not known.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export type PrincipalKind =
  | 'anyone'
  | 'account'
  | 'role'
  | 'user'
  | 'session'
  | 'federated-user'
  | 'group'
  | 'root-session'
  | 'origin-access-identity'
  | 'unique-id'
  | 'canonical-user'
  | 'service'
  | 'any-service'
  | 'oidc-provider'
  | 'saml-provider'
  | 'web-identity'
  | 'any-federated'
  | 'wildcard'
  | 'malformed'
  | 'unknown';

export interface PrincipalFact {
  readonly at: PrincipalEntry;
  readonly kind: PrincipalKind;
  /** 12 digits or a hole, for kinds that belong to an account. */
  readonly account: string | undefined;
  /** The service name (`sns.amazonaws.com`) or the host of a web identity or OIDC provider. */
  readonly host: string | undefined;
}

/** Reads a principal entry. */
export function readPrincipal(entry: PrincipalEntry): PrincipalFact {
  const { text } = entry;
  switch (entry.type) {
    case 'anyone':
      return fact(entry, 'anyone');
    case 'AWS':
      return readAws(entry);
    case 'Service':
      if (text === '*') return fact(entry, 'any-service');
      if (hasOpenHole(text) && !/\.amazonaws\.com(\.cn)?$/.test(text)) return fact(entry, 'unknown');
      return hasWildcard(text) ? fact(entry, 'any-service') : fact(entry, 'service', undefined, text);
    case 'Federated':
      return readFederated(entry);
    case 'CanonicalUser':
      return text === '*' ? fact(entry, 'anyone') : fact(entry, hasOpenHole(text) ? 'unknown' : 'canonical-user');
    case 'other':
      return fact(entry, hasOpenHole(text) && entry.typeText === '' ? 'unknown' : 'malformed');
  }
}

function readAws(entry: PrincipalEntry): PrincipalFact {
  const { text } = entry;
  if (text === '*') return fact(entry, 'anyone');
  if (isAccountId(text)) return fact(entry, 'account', text);
  if (isAtom(text)) return fact(entry, 'account', text);
  // Unique ids: IAM User Guide, "IAM identifiers".
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text)) return fact(entry, 'unique-id');
  // Functions of template dialects built on CloudFormation reach us as they are written.
  if (text.startsWith('Fn::')) return fact(entry, 'unknown');
  const arn = parseArn(text);
  if (arn === undefined) return fact(entry, hasOpenHole(text) ? 'unknown' : hasWildcard(text) ? 'wildcard' : 'malformed');
  if (arn.account === 'cloudfront' && arn.service === 'iam') return fact(entry, 'origin-access-identity');
  if (hasWildcard(text)) return fact(entry, 'wildcard', hasWildcard(arn.account) ? undefined : arn.account);
  if (hasOpenHole(arn.service) || startsOpen(arn.resource)) return fact(entry, 'unknown', arn.account);
  return fact(entry, kindOfArn(arn.service, arn.resource), arn.account);
}

function kindOfArn(service: string, resource: string): PrincipalKind {
  if (service === 'iam') {
    if (resource === 'root') return 'account';
    if (resource.startsWith('role/')) return 'role';
    if (resource.startsWith('user/')) return 'user';
    return resource.startsWith('group/') ? 'group' : 'malformed';
  }
  if (service !== 'sts') return 'malformed';
  if (/^assumed-role\/[^/]+\/./.test(resource)) return 'session';
  if (resource.startsWith('federated-user/')) return 'federated-user';
  return resource.startsWith('assumed-root') ? 'root-session' : 'malformed';
}

function readFederated(entry: PrincipalEntry): PrincipalFact {
  const { text } = entry;
  if (text === '*') return fact(entry, 'any-federated');
  const arn = parseArn(text);
  if (arn === undefined) {
    if (hasOpenHole(text)) return fact(entry, 'unknown');
    return hasWildcard(text) ? fact(entry, 'wildcard') : /^[\w.-]+\.[\w-]+$/.test(text) ? fact(entry, 'web-identity', undefined, text.toLowerCase()) : fact(entry, 'malformed');
  }
  if (arn.service !== 'iam') return fact(entry, hasOpenHole(arn.service) ? 'unknown' : 'malformed', arn.account);
  if (arn.resource.startsWith('saml-provider/')) return fact(entry, 'saml-provider', arn.account);
  if (arn.resource.startsWith('oidc-provider/')) return fact(entry, 'oidc-provider', arn.account, arn.resource.slice('oidc-provider/'.length));
  return fact(entry, hasHole(arn.resource) ? 'unknown' : 'malformed', arn.account);
}

/** One hole that stands for one word: in a principal's place, an account id. */
function isAtom(text: string): boolean {
  const parts = partsOf(text);
  const [only] = parts;
  return parts.length === 1 && typeof only === 'object' && only.mark === '@';
}

function fact(at: PrincipalEntry, kind: PrincipalKind, account?: string, host?: string): PrincipalFact {
  return { at, kind, account, host };
}

/** Does this kind of principal belong to an account, so that its relation to the policy's account means something? */
export function belongsToAccount(kind: PrincipalKind): boolean {
  return kind === 'account' || kind === 'role' || kind === 'user' || kind === 'session' || kind === 'federated-user' || kind === 'group' || kind === 'root-session' || kind === 'wildcard';
}
