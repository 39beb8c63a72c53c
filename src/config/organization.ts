import type { Account, Organization, OrganizationalUnit, TrustedAccount } from '../model/model.ts';
import type { Config, OrganizationConfig } from './config.ts';

/**
 * The declared organization as the model takes it. Accounts name units by id or by path (`workloads/prod`), whose upper units come
 * into being with it. An account of which only some principals are trusted is left out: the model trusts whole accounts,
 * and calling the others trusted would hide findings.
 */
export function organizationOf(config: Config): Organization {
  const { organization } = config;
  const units = unitsOf(organization);
  const accounts = new Map<string, Account>();
  for (const { id, name, unit, origin } of organization.accounts.values()) accounts.set(id, { id, name, unit, origin });
  const management = organization.managementAccount;
  if (management !== undefined && !accounts.has(management)) accounts.set(management, { id: management, name: undefined, unit: undefined, origin: undefined });
  const controlPolicies = organization.controlPoliciesComplete ? 'complete' : 'unknown';
  return { id: organization.id, managementAccount: management, accounts, units, trusted: trustedOf(config), controlPolicies, configuredPolicies: organization.controlPolicies };
}

function unitsOf(organization: OrganizationConfig): ReadonlyMap<string, OrganizationalUnit> {
  const units = new Map<string, OrganizationalUnit>();
  for (const { id, name, parent } of organization.units.values()) units.set(id, { id, name: name ?? id, parent, controlPolicies: [] });
  const named = [...organization.accounts.values()].map(({ unit }) => unit);
  const parents = [...organization.units.values()].map(({ parent }) => parent);
  const targets = organization.controlPolicies.flatMap((policy) => policy.targets).filter((target) => target.includes('/'));
  for (const path of [...named, ...parents, ...targets]) if (path !== undefined) addPath(units, path);
  return units;
}

function addPath(units: Map<string, OrganizationalUnit>, path: string): void {
  const parts = path.split('/').filter((part) => part !== '');
  for (let length = parts.length; length > 0; length -= 1) {
    const id = length === parts.length ? path : parts.slice(0, length).join('/');
    if (units.has(id)) return;
    const parent = length > 1 ? parts.slice(0, length - 1).join('/') : undefined;
    units.set(id, { id, name: parts[length - 1] ?? id, parent, controlPolicies: [] });
  }
}

function trustedOf(config: Config): ReadonlyMap<string, TrustedAccount> {
  const whole = [...config.trusted.values()].filter((trusted) => trusted.principals === undefined);
  return new Map(whole.map(({ account, name, kind, reason }) => [account, { id: account, name: name ?? account, kind, reason }]));
}
