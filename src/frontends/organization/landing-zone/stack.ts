import { knownText, type Value } from '../../../core/value.ts';
import type { Resource, Scope } from '../../frontend.ts';
import { joined, referenceTo, textOf } from '../values.ts';
import type { LandingZoneAccount } from './accounts.ts';
import { accountIdValue } from './replacements.ts';
import { accountScope } from './scopes.ts';
import type { LandingZone } from './set.ts';

/** What a set deploys to one account. */
export interface AccountStack {
  readonly set: LandingZone;
  readonly account: LandingZoneAccount;
  readonly scope: Scope;
  /** Policies that the set itself makes; others exist outside it. */
  readonly policyNames: ReadonlySet<string>;
  readonly resources: Resource[];
}

/** Gives the stack of an account, made on first use. */
export function createStacks(set: LandingZone, policyNames: ReadonlySet<string>): { readonly of: (account: LandingZoneAccount) => AccountStack; readonly all: () => readonly AccountStack[] } {
  const stacks = new Map<string, AccountStack>();
  const of = (account: LandingZoneAccount): AccountStack => {
    const known = stacks.get(account.name);
    if (known !== undefined) return known;
    const id = accountScope(set.folder, account.name);
    const stack: AccountStack = { set, account, scope: { id, name: id, account: account.id, region: undefined, partition: set.partition }, policyNames, resources: [] };
    stacks.set(account.name, stack);
    return stack;
  };
  return { of, all: () => [...stacks.values()] };
}

/** An AWS-managed policy is written by its ARN, or by its name with its path. */
export function awsManagedArn(set: LandingZone, name: Value): Value {
  const text = knownText(name);
  if (text === undefined) return name;
  return textOf(text.startsWith('arn:') ? text : `arn:${set.partition}:iam::aws:policy/${text}`, name.origin);
}

/** A customer-managed policy by its name: the one the set makes in the account, else one that exists there. */
export function policyArn(name: Value, stack: AccountStack): Value {
  const text = knownText(name);
  if (text === undefined) return name;
  return stack.policyNames.has(text) ? referenceTo(stack.scope.id, `ManagedPolicy/${text}`, name.origin) : accountArn(stack, stack.account, `policy/${text}`, name);
}

/** An IAM ARN in one of the set's accounts. */
export function accountArn(stack: AccountStack, account: LandingZoneAccount, resource: string, at: Value): Value {
  const { origin } = at;
  return joined(origin, textOf(`arn:${stack.set.partition}:iam::`, origin), accountIdValue(stack.set.folder, account, origin), textOf(`:${resource}`, origin));
}
