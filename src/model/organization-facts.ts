import type { Origin } from '../core/source.ts';
import type { Declaration, EntityDeclaration, OrganizationDeclaration } from '../extract/declaration.ts';
import { hasHole } from '../iam/token.ts';
import { ownId } from './account-identity.ts';
import type { Binder } from './bind.ts';
import type { Organization } from './model.ts';

/** Who says it: configuration is believed first, then what AWS itself listed, then what is declared. */
export type Rank = 0 | 1 | 2;

export interface UnitFact {
  /** The text that references to the unit yield: its id, or a hole. */
  readonly id: string;
  readonly name: string | undefined;
  /** `root`, the text of the unit above, or undefined when it is not known. */
  readonly parent: string | undefined;
  readonly rank: Rank;
  readonly origin: Origin | undefined;
}

export interface AccountFact extends UnitFact {
  readonly email: string | undefined;
}

export interface OrganizationFactSet {
  readonly ids: readonly Told[];
  readonly management: readonly Told[];
  readonly roots: readonly Told[];
  readonly units: readonly UnitFact[];
  readonly accounts: readonly AccountFact[];
  /** Texts that stand for the organization resource itself, so that attributes of it can be told. */
  readonly selves: readonly string[];
  /** Some input declares the whole organization. */
  readonly whole: boolean;
  /** Some input declares it, but knows that others have a hand in it. */
  readonly shared: boolean;
  readonly policyTypes: readonly string[] | undefined;
}

export interface Told {
  readonly text: string;
  readonly rank: Rank;
  readonly origin: Origin | undefined;
}

/** What stands for the root in a parent's place when nothing names it. */
export const ROOT = 'root';

/** All facts about the organization's shape, texts bound, the most believable first and otherwise in a fixed order. */
export function organizationFacts(declarations: readonly Declaration[], entities: ReadonlyMap<string, EntityDeclaration>, binder: Binder, configured: Organization): OrganizationFactSet {
  const facts = declarations.filter((declaration) => declaration.kind === 'organization').toSorted(byPlace);
  const own = (declaration: OrganizationDeclaration): string => binder.bind(ownId(declaration, entities));
  const told = (text: { readonly text: string; readonly origin: Origin } | undefined, from: OrganizationDeclaration): Told[] => {
    const bound = text === undefined ? '' : binder.bind(text.text);
    return bound === '' || hasHole(bound) ? [] : [{ text: bound, rank: rankOf(from), origin: text?.origin }];
  };
  const organizations = facts.flatMap((fact) => (fact.node === 'organization' ? [fact] : []));
  return {
    ids: [...(configured.id === undefined ? [] : [{ text: configured.id, rank: 0 as const, origin: undefined }]), ...organizations.flatMap((fact) => told(fact.id, fact))],
    management: [
      ...(configured.managementAccount === undefined ? [] : [{ text: configured.managementAccount, rank: 0 as const, origin: undefined }]),
      ...organizations.flatMap((fact) => managementOf(fact, binder)),
    ],
    roots: organizations.flatMap((fact) => told(fact.root, fact)),
    units: [...configuredUnits(configured), ...facts.flatMap((fact) => (fact.node === 'organizational-unit' ? [{ ...placed(fact, own(fact), binder) }] : []))],
    accounts: [...configuredAccounts(configured), ...facts.flatMap((fact) => (fact.node === 'account' ? [{ ...placed(fact, own(fact), binder), email: literal(binder.bind(fact.email?.text ?? '')) }] : []))],
    selves: organizations.map((fact) => `${fact.from.scope.id}#${fact.from.address}`),
    whole: organizations.some((fact) => fact.declared === 'in-full'),
    shared: organizations.some((fact) => fact.declared === 'shared'),
    policyTypes: organizations.find((fact) => fact.policyTypes !== undefined)?.policyTypes,
  };
}

/**
 * The management account may be named by the hole that its own declaration shares. An organization is made from its management
 * account: where a template of it is deployed to, that is.
 */
function managementOf(fact: Extract<OrganizationDeclaration, { readonly node: 'organization' }>, binder: Binder): readonly Told[] {
  const { account } = fact.from;
  if (fact.managementAccount === undefined) return fact.declared === 'in-full' && account !== undefined ? [{ text: account, rank: rankOf(fact), origin: fact.from.origin }] : [];
  const text = binder.bind(fact.managementAccount.text);
  return text === '' ? [] : [{ text, rank: rankOf(fact), origin: fact.managementAccount.origin }];
}

function placed(fact: Extract<OrganizationDeclaration, { readonly node: 'organizational-unit' | 'account' }>, id: string, binder: Binder): UnitFact {
  const parent = fact.parent === undefined ? ROOT : binder.bind(fact.parent.text);
  return { id, name: literal(binder.bind(fact.name?.text ?? '')), parent, rank: rankOf(fact), origin: fact.from.origin };
}

function literal(text: string): string | undefined {
  return text === '' || hasHole(text) ? undefined : text;
}

function rankOf(fact: OrganizationDeclaration): Rank {
  return fact.from.scope.live === true ? 1 : 2;
}

function configuredUnits(configured: Organization): readonly UnitFact[] {
  return [...configured.units.values()].map((unit) => ({ id: unit.id, name: unit.name, parent: unit.parent ?? ROOT, rank: 0, origin: undefined }));
}

function configuredAccounts(configured: Organization): readonly AccountFact[] {
  return [...configured.accounts.values()].map((account) => ({ id: account.id, name: account.name, parent: account.unit, rank: 0, origin: account.origin, email: undefined }));
}

function byPlace(left: OrganizationDeclaration, right: OrganizationDeclaration): number {
  const order = rankOf(left) - rankOf(right);
  if (order !== 0) return order;
  const a = `${left.from.scope.id}#${left.from.address}`;
  const b = `${right.from.scope.id}#${right.from.address}`;
  return a < b ? -1 : a > b ? 1 : 0;
}
