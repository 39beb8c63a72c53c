import { type OidcIssuer, oidcIssuer } from '../../data/oidc-issuers.ts';
import { ActionSet } from './action.ts';
import type { ConditionFact } from './condition.ts';
import type { PrincipalFact } from './principal.ts';
import type { StatementFacts } from './statement.ts';

/** A trust statement for one identity provider, with the conditions on its claims. */
export interface OidcTrust {
  readonly principal: PrincipalFact;
  /** Host and path of the issuer, as in the provider's ARN. */
  readonly host: string;
  readonly issuer: OidcIssuer | undefined;
  /** Conditions on this issuer's claims. */
  readonly claims: readonly ClaimCondition[];
}

export interface ClaimCondition {
  /** The claim in lower case, e.g. `sub`. */
  readonly claim: string;
  readonly condition: ConditionFact;
}

const WEB_IDENTITY = new ActionSet(['sts:AssumeRoleWithWebIdentity']);

/** The OIDC trusts of a statement: one for each provider that may use it to assume the role. */
export function oidcTrusts(facts: StatementFacts): readonly OidcTrust[] {
  if (facts.kind !== 'trust' || facts.principalsNegated || facts.matching(WEB_IDENTITY).names.length === 0) return [];
  return facts.principals.flatMap((principal) => {
    if ((principal.kind !== 'oidc-provider' && principal.kind !== 'web-identity') || principal.host === undefined) return [];
    const issuer = principal.host.toLowerCase();
    const claims = facts.conditions.flatMap((condition) => claimOf(condition, issuer));
    return [{ principal, host: principal.host, issuer: oidcIssuer(principal.host), claims }];
  });
}

/** Keys are `issuer:claim`. A key of an issuer below this one's address can only be meant for it: it fails for everyone else. */
function claimOf(condition: ConditionFact, issuer: string): readonly ClaimCondition[] {
  const { key } = condition;
  if (key.startsWith(`${issuer}:`)) return [{ claim: key.slice(issuer.length + 1), condition }];
  return key.startsWith(`${issuer}/`) ? [{ claim: key.slice(key.lastIndexOf(':') + 1), condition }] : [];
}

/** Conditions on a claim that bind: positive, not optional, and not every value. */
export function bindingClaims(trust: OidcTrust, claim: string): readonly ConditionFact[] {
  return trust.claims.flatMap((one) => (one.claim === claim && one.condition.namesValues !== 'no' ? [one.condition] : []));
}

/** Is some set of claims that names the tenant tested? */
export function pinsTenant(trust: OidcTrust): boolean {
  return trust.issuer?.pin.some((set) => set.every((claim) => bindingClaims(trust, claim).length > 0)) === true;
}
