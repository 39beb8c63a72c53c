import type { AccountRelation } from '../../model/model.ts';
import { isAccountId } from '../../iam/arn.ts';
import { isAwsAccount } from './aws-accounts.ts';
import type { ConditionFact } from './condition.ts';
import type { PrincipalFact } from './principal.ts';
import type { StatementFacts } from './statement.ts';

/** A principal of another account, with how that account relates to this one. */
export interface ForeignPrincipal {
  readonly principal: PrincipalFact;
  readonly account: string;
  readonly relation: Exclude<AccountRelation, 'same'>;
}

/** Principals of accounts other than the policy's own; AWS's own accounts are none. */
export function foreignPrincipals(facts: StatementFacts): readonly ForeignPrincipal[] {
  return facts.principals.flatMap((principal) => {
    const relation = facts.relationOf(principal);
    if (relation === undefined || relation === 'same' || principal.account === undefined || isAwsAccount(principal.account)) return [];
    return [{ principal, account: principal.account, relation }];
  });
}

/** Is it known which account the policy is deployed to, or which accounts are ours? Without either, every other account looks foreign. */
export function knowsHome(facts: StatementFacts): boolean {
  return isAccountId(facts.policy.account) || facts.model.model.coverage.organization;
}

/** Does some condition confine callers to our own organization or to accounts that are known? */
export function confinedToKnown(facts: StatementFacts): boolean {
  return facts.callerScope.by.some((condition) => admitsOnlyKnown(condition, facts));
}

function admitsOnlyKnown(condition: ConditionFact, facts: StatementFacts): boolean {
  const { organization } = facts.model.model;
  if (condition.meaning === 'organization') {
    // Without a declared organization its id cannot be checked; the author named one, which is what the rule asks for.
    return organization.id === undefined || condition.values.every((value) => value.text.split('/')[0] === organization.id || !isPlainOrganization(value.text));
  }
  if (condition.meaning !== 'account') return false;
  return condition.values.every((value) => {
    const relation = facts.model.relation(value.text, facts.policy.account);
    return relation !== 'unknown-account' && relation !== 'undecided';
  });
}

function isPlainOrganization(text: string): boolean {
  return /^o-[a-z0-9]+/.test(text);
}

/** Keys that narrow an account to some of its principals, or demand a secret. */
const NARROWING: ReadonlySet<string> = new Set(['aws:principalarn', 'aws:userid', 'aws:username', 'sts:externalid', 'aws:sourceidentity', 'aws:principaltype', 'sts:rolesessionname', 'aws:federatedprovider']);

/** Does some condition narrow an account to some of its principals? */
export function isNarrowed(facts: StatementFacts): boolean {
  return facts.conditions.some((condition) => (NARROWING.has(condition.key) || condition.key.startsWith('aws:principaltag/')) && condition.namesValues !== 'no');
}

/** A positive test of `sts:ExternalId` with fixed values that is not optional. */
export function demandsExternalId(facts: StatementFacts): boolean {
  return facts.conditions.some((condition) => condition.key === 'sts:externalid' && condition.namesValues !== 'no' && condition.values.every((value) => value.text !== ''));
}
