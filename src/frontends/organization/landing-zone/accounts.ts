import { itemsOf, knownText, property, type Value } from '../../../core/value.ts';
import { labelOf } from '../values.ts';

/** An account of a configuration set. `name` is the set's key for it, which need not be AWS's account name. */
export interface LandingZoneAccount {
  readonly name: string;
  readonly unit: string | undefined;
  readonly isManagement: boolean;
  /** 12 digits, when the set lists them. */
  readonly id: string | undefined;
  readonly idValue: Value | undefined;
  /** Where the account is declared. */
  readonly value: Value;
  readonly nameValue: Value;
}

/** The accounts of `accounts-config.yaml`, with the ids it may list by e-mail address; `undefined` without the file. */
export function readAccounts(root: Value | undefined): readonly LandingZoneAccount[] | undefined {
  if (root === undefined) return undefined;
  const ids = new Map<string, Value>();
  for (const item of itemsOf(property(root, 'accountIds'))) {
    const email = knownText(property(item, 'email'));
    const id = property(item, 'accountId');
    if (email !== undefined && id !== undefined) ids.set(email.toLowerCase(), id);
  }
  const read = (value: Value): LandingZoneAccount | undefined => {
    const nameValue = property(value, 'name');
    const name = labelOf(nameValue);
    if (nameValue === undefined || name === undefined) return undefined;
    const email = knownText(property(value, 'email'));
    const idValue = email === undefined ? undefined : ids.get(email.toLowerCase());
    const id = knownText(idValue);
    return {
      name,
      unit: knownText(property(value, 'organizationalUnit')),
      // The set requires this name of the management account.
      isManagement: name === 'Management',
      id: id !== undefined && /^\d{12}$/.test(id) ? id : undefined,
      idValue,
      value,
      nameValue,
    };
  };
  const listed = [...itemsOf(property(root, 'mandatoryAccounts')), ...itemsOf(property(root, 'workloadAccounts'))];
  return listed.flatMap((value) => read(value) ?? []);
}
