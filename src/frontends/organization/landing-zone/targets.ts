import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { referenceTo, unknownOf } from '../values.ts';
import type { LandingZoneAccount } from './accounts.ts';
import { organizationScope } from './scopes.ts';
import type { LandingZone } from './set.ts';

/** What a unit or account of the set is referred to by. */
export function targetReference(set: LandingZone, kind: 'unit' | 'account', name: Value): Value {
  const scope = organizationScope(set.folder);
  const text = knownText(name);
  if (text === undefined) return name;
  if (kind === 'unit') return text === 'Root' ? referenceTo(scope, 'Organization', name.origin, 'RootId') : referenceTo(scope, `OrganizationalUnit/${text}`, name.origin);
  return set.accounts?.some((account) => account.name === text) === true ? referenceTo(scope, `Account/${text}`, name.origin) : unknownOf('missing-file', `${set.folder}#account ${text}`, name.origin);
}

/** Does the set manage an organization at all? Without, it only knows its accounts. */
export function isEnabled(set: LandingZone): boolean {
  return knownText(property(set.root('organization-config.yaml'), 'enable')) !== 'false';
}

/**
 * The accounts that `deploymentTargets` names. A unit means the accounts that stand directly in it, `Root` all accounts; units
 * that are ignored get nothing. Where the set's accounts are not in reach, each name stands for accounts that are not known.
 * Source: Landing Zone Accelerator, AcceleratorStack.isIncluded.
 */
export function deploymentAccounts(set: LandingZone, targets: Value | undefined): readonly LandingZoneAccount[] {
  const units = namesOf(property(targets, 'organizationalUnits'));
  const names = namesOf(property(targets, 'accounts'));
  const excluded = new Set(namesOf(property(targets, 'excludedAccounts')).map(({ text }) => text));
  if (set.accounts === undefined) return [...units.map((unit) => unknownAccount(`accounts of ${unit.text}`, unit.value)), ...names.map((name) => unknownAccount(name.text, name.value))];
  const ignored = ignoredUnits(set);
  const wanted = new Set(units.map(({ text }) => text));
  const named = new Set(names.map(({ text }) => text));
  return set.accounts.filter((account) => {
    if (excluded.has(account.name)) return false;
    if (named.has(account.name)) return true;
    return (wanted.has('Root') || wanted.has(account.unit ?? '')) && !ignored.has(account.unit ?? '');
  });
}

function namesOf(list: Value | undefined): readonly { readonly text: string; readonly value: Value }[] {
  return itemsOf(list).flatMap((value) => {
    const text = knownText(value);
    return text === undefined ? [] : [{ text, value }];
  });
}

function ignoredUnits(set: LandingZone): ReadonlySet<string> {
  const units = itemsOf(property(set.root('organization-config.yaml'), 'organizationalUnits'));
  return new Set(units.filter((unit) => knownText(property(unit, 'ignore')) === 'true').flatMap((unit) => knownText(property(unit, 'name')) ?? []));
}

function unknownAccount(name: string, value: Value): LandingZoneAccount {
  return { name, unit: undefined, isManagement: false, id: undefined, idValue: undefined, value, nameValue: value };
}
