import { and, type Verdict } from '../core/verdict.ts';
import type { Technique, TechniqueRequirement } from '../data/techniques.ts';
import { hasHole } from '../iam/token.ts';
import type { Principal } from '../model/model.ts';
import type { Foundation } from './foundation.ts';
import type { Holding } from './holdings.ts';
import type { Inventory } from './inventory.ts';

/** What a technique needs besides permissions, as far as the model tells. */
export interface Circumstances {
  readonly verdict: Verdict;
  /** What must be true and is not known to be. */
  readonly needs: readonly string[];
}

/** Checks the needs that do not depend on the target; those the model cannot tell are named, not judged. */
export function actorCircumstances(technique: Technique, holding: Holding, foundation: Foundation): Circumstances {
  let verdict: Verdict = 'yes';
  const needs: string[] = [];
  for (const requirement of technique.requires ?? []) {
    const found = ofActor(requirement, technique, holding, foundation);
    if (found === undefined) continue;
    if (found !== 'yes') needs.push(requirement);
    verdict = and(verdict, found === 'named' ? 'yes' : found);
  }
  return { verdict, needs };
}

function ofActor(requirement: TechniqueRequirement, technique: Technique, holding: Holding, { model }: Foundation): Verdict | 'named' | undefined {
  const { organization } = model;
  switch (requirement) {
    case 'trusted-by-target':
    case 'customer-managed-policy':
    case 'login-profile':
    case 'no-login-profile':
    case 'instance-profile':
      return undefined;
    case 'management-account': {
      if (organization.managementAccount === holding.account) return 'yes';
      const service = technique.permissions.all[0]?.action.split(':')[0] ?? '';
      const delegated = organization.accounts.get(holding.account)?.delegatedFor ?? [];
      if (delegated.some((one) => one === '' || one.startsWith(`${service}.`))) return 'yes';
      return organization.managementAccount === undefined || hasHole(organization.managementAccount) || hasHole(holding.account) ? 'unknown' : 'no';
    }
    case 'member-account':
      return organization.managementAccount === holding.account ? 'no' : organization.accounts.has(holding.account) ? 'yes' : 'unknown';
    case 'identity-center-user':
      return holding.principal.madeBy === 'identity-center' ? 'yes' : 'named';
    default:
      return 'named';
  }
}

/** Checks the needs that depend on the target. */
export function targetCircumstances(technique: Technique, target: Principal, inventory: Inventory): Circumstances {
  let verdict: Verdict = 'yes';
  const needs: string[] = [];
  const requires = technique.requires ?? [];
  if (requires.includes('instance-profile') && !inventory.inProfile(target)) {
    verdict = 'unknown';
    needs.push('instance-profile');
  }
  if (requires.includes('login-profile') && !inventory.hasLogin(target)) {
    verdict = 'unknown';
    needs.push('login-profile');
  }
  if (requires.includes('no-login-profile') && inventory.hasLogin(target)) verdict = 'no';
  return { verdict, needs };
}
