import { servicePrincipal } from '../../data/service-principals.ts';
import type { ConditionFact } from './condition.ts';
import type { PrincipalFact } from './principal.ts';
import { isSourceKey } from './scoping-keys.ts';
import type { StatementFacts } from './statement.ts';

/** Services that a statement admits without saying on whose behalf, and the lesser keys it tests instead. */
export interface ServiceGrants {
  readonly unrestricted: readonly PrincipalFact[];
  readonly weak: readonly ConditionFact[];
}

const NONE: ServiceGrants = { unrestricted: [], weak: [] };

/** Service principals that name their source in requests of this kind, in a statement that does not test it. */
export function serviceGrants(facts: StatementFacts, use: 'resource-policy' | 'trust-policy'): ServiceGrants {
  if (facts.principalsNegated || testsSource(facts)) return NONE;
  const unrestricted = facts.principals.filter((principal) => {
    const known = principal.kind === 'service' && principal.host !== undefined ? servicePrincipal(principal.host) : undefined;
    return known !== undefined && known.sendsSource.includes(use) && !(use === 'trust-policy' && known.withoutSourceInTrust);
  });
  if (unrestricted.length === 0) return NONE;
  return { unrestricted, weak: facts.conditions.filter((condition) => WEAK.has(condition.key) && condition.namesValues !== 'no') };
}

/** Keys that limit a service somewhat. Source: IAM Access Analyzer, policy check reference. */
const WEAK: ReadonlySet<string> = new Set(['aws:referer', 'aws:sourceip', 'aws:principalarn', 'aws:principalorgid']);

/** Does the statement test for what the service acts, or, for a key, which data it may touch? */
function testsSource(facts: StatementFacts): boolean {
  return facts.conditions.some((condition) => {
    if (condition.namesValues === 'no') return false;
    return isSourceKey(condition.key) || condition.key.startsWith('kms:encryptioncontext') || condition.key === 'kms:calleraccount' || condition.key === 'kms:viaservice' || condition.key === 's3:dataaccesspointaccount';
  });
}
