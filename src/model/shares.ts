import type { Declaration, EntityDeclaration, ShareDeclaration } from '../extract/declaration.ts';
import { parseArn } from '../iam/arn.ts';
import { accountText } from '../iam/deployment.ts';
import type { Text } from '../iam/policy-document.ts';
import { ownId } from './account-identity.ts';
import type { Binder } from './bind.ts';
import type { Directory } from './directory.ts';
import type { Entity, Organization, Share, ShareGrantee } from './model.ts';

export interface ShareInput {
  readonly declarations: readonly Declaration[];
  readonly entities: ReadonlyMap<string, EntityDeclaration>;
  readonly binder: Binder;
  readonly directory: Directory;
  readonly organization: Organization;
}

/**
 * Links shares to whom they reach and what they share; principals and resources may be put into a share by declarations of their
 * own. Source: RAM User Guide, "Shareable AWS resources", "CreateResourceShare".
 */
export function linkShares(input: ShareInput): readonly Share[] {
  const shares = input.declarations.filter((declaration) => declaration.kind === 'share');
  const inShare = new Map<string, Set<Entity>>();
  for (const declaration of shares) {
    const known = inShare.get(shareKey(declaration, input)) ?? new Set();
    for (const text of declaration.resources) {
      const entity = resourceNamed(text, declaration, input);
      if (entity !== undefined) known.add(entity);
    }
    inShare.set(shareKey(declaration, input), known);
  }
  const units = unitIds(input);
  return shares.map((declaration) => ({
    declaration,
    grantees: declaration.principals.map((text) => granteeOf(input.binder.bindText(text), input, units)),
    resources: [...(inShare.get(shareKey(declaration, input)) ?? [])],
  }));
}

/** The share that a declaration is, or adds to. */
function shareKey(declaration: ShareDeclaration, { binder, directory }: ShareInput): string {
  const own = `${declaration.from.scope.id}#${declaration.from.address}`;
  if (declaration.share === undefined) return own;
  const text = binder.bind(declaration.share.text);
  return directory.byArn(text)?.id ?? text;
}

function resourceNamed(text: Text, declaration: ShareDeclaration, { binder, directory }: ShareInput): Entity | undefined {
  return directory.find('resource', binder.bind(text.text), binder.bind(accountText(declaration.from.scope.id, declaration.from.account)));
}

function granteeOf(text: Text, { directory, organization }: ShareInput, units: ReadonlyMap<string, string>): ShareGrantee {
  const written = text.text;
  if (/^\d{12}$/.test(written) || organization.accounts.has(written)) return { kind: 'account', text, accounts: [written] };
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(written)) return { kind: 'service', text, accounts: [] };
  const arn = parseArn(written);
  if (arn?.service === 'iam') return { kind: 'principal', text, accounts: [arn.account] };
  if (arn?.service !== 'organizations') return { kind: 'unknown', text, accounts: [] };
  if (arn.resource.startsWith('organization/')) return { kind: 'organization', text, accounts: [...organization.accounts.keys()] };
  const unit = units.get(directory.byArn(written)?.id ?? '') ?? arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  return { kind: 'unit', text, accounts: accountsUnder(organization, unit) };
}

/** Ids of units by the entity that declares them. */
function unitIds({ declarations, entities, binder, directory }: ShareInput): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'organization' || declaration.node !== 'organizational-unit') continue;
    const entity = directory.entities.get(`${declaration.from.scope.id}#${declaration.from.address}`);
    if (entity !== undefined) ids.set(entity.id, binder.bind(ownId(declaration, entities)));
  }
  return ids;
}

/** Accounts of a unit and of all units below it. */
export function accountsUnder(organization: Organization, unit: string): readonly string[] {
  const isUnder = (id: string | undefined): boolean => {
    const seen = new Set<string>();
    let above = id;
    while (above !== undefined && !seen.has(above)) {
      if (above === unit) return true;
      seen.add(above);
      above = organization.units.get(above)?.parent;
    }
    return false;
  };
  return [...organization.accounts.values()].filter((account) => isUnder(account.unit)).map((account) => account.id);
}
