import { hole } from './token.ts';

/**
 * The text that stands for the account (or region) a scope is deployed to: its own when known, else the one hole that every
 * mention of it in that scope shares, so that "this account" equals itself.
 */
export function accountText(scopeId: string, account: string | undefined): string {
  return account ?? hole('@', `${scopeId}#account`);
}

export function regionText(scopeId: string, region: string | undefined): string {
  return region ?? hole('@', `${scopeId}#region`);
}
