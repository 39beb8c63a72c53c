import type { Declaration } from '../extract/declaration.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Account, AccountRelation, Organization, OrganizationalUnit, Policy } from './model.ts';

/** The organization of the configuration, completed by what templates declare of it. */
export function linkOrganization(declarations: readonly Declaration[], configured: Organization, _directory: Directory, binder: Binder, policies: readonly Policy[]): Organization {
  const accounts = new Map<string, Account>(configured.accounts);
  const units = new Map<string, OrganizationalUnit>(configured.units);
  for (const declaration of declarations) {
    if (declaration.kind !== 'organization') continue;
    if (declaration.node === 'account' && declaration.id !== undefined) {
      const id = binder.bind(declaration.id.text);
      if (/^\d{12}$/.test(id) && !accounts.has(id)) accounts.set(id, { id, name: declaration.name?.text, unit: declaration.parent?.text, origin: declaration.from.origin });
    }
    if (declaration.node === 'organizational-unit') {
      const id = `${declaration.from.scope.id}#${declaration.from.address}`;
      units.set(id, { id, name: declaration.name?.text ?? declaration.from.displayName, parent: declaration.parent === undefined ? undefined : binder.bind(declaration.parent.text), controlPolicies: [] });
    }
  }
  const seen = policies.some((policy) => policy.kind === 'scp' || policy.kind === 'rcp');
  const controlPolicies = configured.controlPolicies === 'unknown' && seen ? 'partial' : configured.controlPolicies;
  return { ...configured, accounts, units, controlPolicies };
}

/**
 * How an account named in a policy relates to the account the policy lives in. Holes compare as text: the same hole is the
 * same account; a hole against digits cannot be decided.
 */
export function accountRelation(organization: Organization, account: string, home: string): AccountRelation {
  if (account === home) return 'same';
  if (!/^\d{12}$/.test(account)) return 'undecided';
  if (organization.accounts.has(account) || organization.managementAccount === account) return 'organization';
  const trusted = organization.trusted.get(account);
  if (trusted !== undefined) return trusted.kind;
  return 'unknown-account';
}

