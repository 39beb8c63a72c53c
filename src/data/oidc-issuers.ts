import { compileGlob } from './glob.ts';
import { hasFormat, once, readTable } from './load.ts';

/** A known OIDC issuer and what a trust policy must compare to admit one tenant rather than all. */
export interface OidcIssuer {
  readonly id: string;
  readonly name: string;
  readonly issuers: readonly string[];
  /** `shared`: one issuer signs for every customer; `tenant`: its URL names the customer or cluster. */
  readonly tenancy: 'shared' | 'tenant';
  /** At least one of these sets of claims must be compared with values that name the tenant. */
  readonly pin: readonly (readonly string[])[];
  /** Audiences that tokens for AWS carry by default. */
  readonly audiences: readonly string[];
  readonly subject?: {
    readonly form: string;
    /** Source of a regular expression that a `sub` pattern matches when it names the tenant. */
    readonly fixed: string;
    readonly tooWide: readonly string[];
  };
  /** Claims that do not name the tenant. */
  readonly weakClaims?: readonly string[];
  /** Claims that must be compared besides, for other reasons (see the note). */
  readonly second?: readonly string[];
  /** IAM refuses new or changed trust policies that leave all of the claims open; older ones stay as they are. */
  readonly enforcedByAws?: boolean;
  readonly note?: string;
}

/** The known issuer of an issuer URL or `oidc-provider/` name, with or without scheme and final slash; undefined when not known. */
export function oidcIssuer(issuer: string): OidcIssuer | undefined {
  const text = issuer
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  return issuerTable().find((row) => row.issuers.some((pattern) => matchesIssuer(pattern, text)));
}

/** All known issuers. */
export function oidcIssuers(): readonly OidcIssuer[] {
  return issuerTable();
}

/** Tells whether a `sub` pattern leaves the tenant open; false for issuers whose subject has no known form. */
export function isWideSubject(issuer: OidcIssuer, pattern: string): boolean {
  return issuer.subject !== undefined && !new RegExp(issuer.subject.fixed).test(pattern);
}

/** `*` in an issuer pattern stands for one part between slashes or dots, so the parts are counted first. */
function matchesIssuer(pattern: string, text: string): boolean {
  const parts = pattern.split('/');
  const given = text.split('/');
  return parts.length === given.length && parts.every((part, position) => matchesPart(part, given[position] ?? '', position === 0));
}

function matchesPart(pattern: string, text: string, isHost: boolean): boolean {
  if (isHost && pattern.split('.').length !== text.split('.').length) return false;
  return text !== '' && compileGlob(pattern).matches(text);
}

const issuerTable = once(() => readTable('oidc-issuers.json', isIssuerFile).issuers);

function isIssuerFile(value: unknown): value is { readonly issuers: readonly OidcIssuer[] } {
  return hasFormat(value, 'iamlint-oidc-issuers 1');
}
