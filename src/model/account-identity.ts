import type { Problem } from '../core/problem.ts';
import type { Origin } from '../core/source.ts';
import type { Declaration, EntityDeclaration, OrganizationDeclaration } from '../extract/declaration.ts';
import { hasHole, partsOf } from '../iam/token.ts';
import type { Organization } from './model.ts';

/** What unknown account ids turned out to be: whole holes to ids, or to the one hole that stands for the same account. */
export interface AccountIdentities {
  readonly aliases: ReadonlyMap<string, string>;
  readonly conflicts: readonly Problem[];
}

interface Mention {
  /** 12 digits or a single hole. */
  readonly id: string;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly origin: Origin | undefined;
}

/**
 * Several sources tell of the same account, some without its id. An e-mail address belongs to one account of AWS; a name is
 * taken to, when it stands for one account only. Source: Organizations User Guide, "Creating a member account".
 */
export function identifyAccounts(declarations: readonly Declaration[], entities: ReadonlyMap<string, EntityDeclaration>, configured: Organization): AccountIdentities {
  const mentions = mentionsOf(declarations, entities, configured);
  const known = mentions.filter((mention) => !hasHole(mention.id));
  const byEmail = uniqueIds(known, (mention) => mention.email);
  const byName = uniqueIds(known, (mention) => mention.name);
  const aliases = new Map<string, string>();
  const standIns = new Map<string, string>();
  for (const mention of mentions) {
    if (!hasHole(mention.id)) continue;
    const id = byEmail.ids.get(mention.email ?? '') ?? byName.ids.get(mention.name ?? '');
    if (id !== undefined) {
      aliases.set(mention.id, id);
      continue;
    }
    // Accounts without any id are one when they share an address, or a name where neither has an address.
    const key = mention.email === undefined ? (mention.name === undefined ? undefined : `name ${mention.name}`) : `email ${mention.email}`;
    if (key === undefined) continue;
    const standIn = standIns.get(key);
    if (standIn === undefined) standIns.set(key, mention.id);
    else if (standIn !== mention.id) aliases.set(mention.id, standIn);
  }
  const conflicts = [...byEmail.clashes].flatMap(([email, { origin }]): Problem[] => (origin === undefined ? [] : [{ code: 'conflicting-facts', message: `the address \`${email}\` is given to several accounts`, origin }]));
  return { aliases, conflicts };
}

function mentionsOf(declarations: readonly Declaration[], entities: ReadonlyMap<string, EntityDeclaration>, configured: Organization): readonly Mention[] {
  const declared = declarations.flatMap((declaration): Mention[] => {
    if (declaration.kind !== 'organization' || declaration.node !== 'account') return [];
    const id = ownId(declaration, entities);
    return isIdentity(id) ? [{ id, name: literalOf(declaration.name?.text), email: literalOf(declaration.email?.text)?.toLowerCase(), origin: declaration.email?.origin ?? declaration.from.origin }] : [];
  });
  const told = [...configured.accounts.values()].map((account): Mention => ({ id: account.id, name: account.name, email: undefined, origin: account.origin }));
  return [...declared, ...told].toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}

/** What references to an account's id yield. */
export function ownId(declaration: OrganizationDeclaration, entities: ReadonlyMap<string, EntityDeclaration>): string {
  const attributes = entities.get(`${declaration.from.scope.id}#${declaration.from.address}`)?.attributes;
  return attributes?.get('') ?? attributes?.get('id') ?? '';
}

function isIdentity(id: string): boolean {
  return /^\d{12}$/.test(id) || (hasHole(id) && partsOf(id).length === 1);
}

function literalOf(text: string | undefined): string | undefined {
  return text === undefined || hasHole(text) || text === '' ? undefined : text;
}

function uniqueIds(mentions: readonly Mention[], key: (mention: Mention) => string | undefined): { readonly ids: ReadonlyMap<string, string>; readonly clashes: ReadonlyMap<string, Mention> } {
  const ids = new Map<string, string>();
  const clashes = new Map<string, Mention>();
  for (const mention of mentions) {
    const word = key(mention);
    if (word === undefined) continue;
    const before = ids.get(word);
    if (before === undefined) ids.set(word, mention.id);
    else if (before !== mention.id) clashes.set(word, mention);
  }
  for (const word of clashes.keys()) ids.delete(word);
  return { ids, clashes };
}
