import type { Problem } from '../core/problem.ts';
import { hasHole, partsOf } from '../iam/token.ts';
import type { Account, OrganizationalUnit } from './model.ts';
import { type AccountFact, type OrganizationFactSet, ROOT, type Told, type UnitFact } from './organization-facts.ts';

/** The tree put together from all facts. */
export interface OrganizationTree {
  readonly id: string | undefined;
  readonly managementAccount: string | undefined;
  readonly root: OrganizationalUnit | undefined;
  readonly units: ReadonlyMap<string, OrganizationalUnit>;
  readonly accounts: ReadonlyMap<string, Account>;
  /** The id of the root, unit or account a text names; undefined when it cannot be told. */
  readonly nodeOf: (text: string) => string | undefined;
  readonly conflicts: readonly Problem[];
}

/** Puts the facts together. Of contradicting facts the most believable holds, and the contradiction is stated. */
export function buildTree(facts: OrganizationFactSet): OrganizationTree {
  const conflicts: Problem[] = [];
  const first = (told: readonly Told[], what: string): string | undefined => firstOf(told, what, conflicts);
  const names = new NodeNames(facts, first(facts.roots, 'the root'));
  const units = mergeUnits(facts.units, names, conflicts);
  const managementAccount = first(facts.management, 'the management account');
  const accounts = mergeAccounts(facts.accounts, managementAccount, names, conflicts);
  const hasRoot = facts.roots.length > 0 || facts.selves.length > 0 || units.size > 0 || [...accounts.values()].some((account) => account.unit === names.root);
  return {
    id: first(facts.ids, 'the organization'),
    managementAccount,
    root: hasRoot ? { id: names.root, name: 'Root', parent: undefined, controlPolicies: [], path: '' } : undefined,
    units,
    accounts,
    nodeOf: (text) => names.node(text) ?? (accounts.has(text) || /^\d{12}$/.test(text) ? text : accountNamed(text, accounts)),
    conflicts,
  };
}

function accountNamed(name: string, accounts: ReadonlyMap<string, Account>): string | undefined {
  const named = [...accounts.values()].filter((account) => account.name === name);
  return named.length === 1 ? named[0]?.id : undefined;
}

function firstOf(told: readonly Told[], what: string, conflicts: Problem[]): string | undefined {
  const [best] = told.toSorted((left, right) => left.rank - right.rank);
  // Nothing contradicts a word that is not known.
  const other = told.find((one) => best !== undefined && one.text !== best.text && !hasHole(one.text) && !hasHole(best.text));
  if (best !== undefined && other?.origin !== undefined) conflicts.push({ code: 'conflicting-facts', message: `${what} is \`${other.text}\` here but \`${best.text}\` elsewhere`, origin: other.origin });
  const known = told.find((one) => !hasHole(one.text));
  return best === undefined || !hasHole(best.text) ? best?.text : (known?.text ?? best.text);
}

/** Finds units by whatever names them: id, the hole of their declaration, path, or a name that only one has. */
class NodeNames {
  readonly root: string;
  readonly #selves: readonly string[];
  readonly #keys = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly #names = new Map<string, string | null>();

  constructor(facts: OrganizationFactSet, root: string | undefined) {
    const written = [...facts.units, ...facts.accounts].map((fact) => fact.parent ?? '').filter((parent) => /^r-[0-9a-z]{4,32}$/.test(parent));
    this.root = root ?? written.toSorted()[0] ?? ROOT;
    this.#selves = facts.selves;
  }

  /** Makes a text stand for a unit. */
  key(text: string, id: string): void {
    this.#keys.set(text, id);
  }

  describe(unit: OrganizationalUnit): void {
    if (unit.path !== undefined) this.#paths.set(unit.path, unit.id);
    this.#names.set(unit.name, this.#names.has(unit.name) && this.#names.get(unit.name) !== unit.id ? null : unit.id);
  }

  node(text: string): string | undefined {
    if (this.isRoot(text)) return this.root;
    return this.#keys.get(text) ?? this.#paths.get(text.replace(/^Root\//i, '')) ?? this.#names.get(text) ?? undefined;
  }

  isRoot(text: string): boolean {
    if (text === ROOT || text === 'Root' || text === this.root || /^r-[0-9a-z]{4,32}$/.test(text)) return true;
    const parts = partsOf(text);
    const [only] = parts;
    if (parts.length !== 1 || only === undefined || typeof only === 'string') return false;
    // An attribute of the organization that tells its root: the only way to name it before it exists.
    if (this.#selves.some((self) => only.name.startsWith(self) && /^[#.].*root/i.test(only.name.slice(self.length)))) return true;
    return /organization.*[#.]roots?\b/i.test(only.name.slice(0, 500));
  }
}

function mergeUnits(facts: readonly UnitFact[], names: NodeNames, conflicts: Problem[]): ReadonlyMap<string, OrganizationalUnit> {
  const byId = new Map<string, UnitFact[]>();
  for (const fact of facts) {
    if (fact.id === '' || names.isRoot(fact.id)) continue;
    byId.set(fact.id, [...(byId.get(fact.id) ?? []), fact]);
    names.key(fact.id, fact.id);
  }
  const paths = new PathFinder(byId, names);
  const samePath = new Map<string, string[]>();
  for (const id of byId.keys()) {
    const path = paths.of(id);
    samePath.set(path ?? id, [...(samePath.get(path ?? id) ?? []), id]);
  }
  for (const ids of samePath.values()) {
    const known = ids.filter((id) => id.startsWith('ou-'));
    // Two ids on one path are two organizations, or a unit that was replaced: they stay apart.
    const main = known[0] ?? ids[0];
    for (const id of ids) if (main !== undefined && (known.length < 2 || !id.startsWith('ou-'))) names.key(id, main);
  }
  const units = new Map<string, OrganizationalUnit>();
  for (const [path, ids] of samePath) {
    for (const id of new Set(ids.map((one) => names.node(one) ?? one))) {
      const told = ids.filter((one) => names.node(one) === id).flatMap((one) => byId.get(one) ?? []);
      const unit = unitFrom(id, told, paths.of(ids[0] ?? '') === undefined ? undefined : path, names, conflicts);
      units.set(id, unit);
    }
  }
  for (const unit of units.values()) names.describe(unit);
  return units;
}

function unitFrom(id: string, told: readonly UnitFact[], path: string | undefined, names: NodeNames, conflicts: Problem[]): OrganizationalUnit {
  const sorted = told.toSorted((left, right) => left.rank - right.rank);
  const name = sorted.find((fact) => fact.name !== undefined)?.name ?? id;
  const parent = agreedParent(`unit \`${name}\``, sorted, names, conflicts);
  return { id, name, parent, controlPolicies: [], ...(path === undefined ? {} : { path }) };
}

/** The parent that the most believable fact tells; others that tell another are contradictions. */
function agreedParent(what: string, facts: readonly UnitFact[], names: NodeNames, conflicts: Problem[]): string | undefined {
  let agreed: string | undefined;
  for (const fact of facts) {
    const parent = fact.parent === undefined ? undefined : names.node(fact.parent);
    if (parent === undefined) continue;
    if (agreed === undefined) agreed = parent;
    else if (agreed !== parent && fact.origin !== undefined) conflicts.push({ code: 'conflicting-facts', message: `${what} stands elsewhere in the organization by another source`, origin: fact.origin });
  }
  return agreed;
}

/** AWS nests five levels deep; what goes on much longer is no tree. */
const MAX_DEPTH = 100;

/** Paths of units by the names from the root down; cycles and unknown parents have none. */
class PathFinder {
  readonly #facts: ReadonlyMap<string, readonly UnitFact[]>;
  readonly #names: NodeNames;
  readonly #known = new Map<string, string | undefined>();

  constructor(facts: ReadonlyMap<string, readonly UnitFact[]>, names: NodeNames) {
    this.#facts = facts;
    this.#names = names;
  }

  of(id: string, depth = 0): string | undefined {
    if (this.#known.has(id)) return this.#known.get(id);
    this.#known.set(id, undefined);
    if (depth > MAX_DEPTH) return undefined;
    const facts = (this.#facts.get(id) ?? []).toSorted((left, right) => left.rank - right.rank);
    const name = facts.find((fact) => fact.name !== undefined)?.name;
    const parents = facts.flatMap((fact) => (fact.parent === undefined ? [] : [this.#names.node(fact.parent)])).filter((parent) => parent !== undefined);
    const [parent] = parents;
    const above = parent === undefined ? undefined : parent === this.#names.root ? '' : this.of(parent, depth + 1);
    const path = name === undefined || above === undefined ? undefined : above === '' ? name : `${above}/${name}`;
    this.#known.set(id, path);
    return path;
  }
}

function mergeAccounts(facts: readonly AccountFact[], management: string | undefined, names: NodeNames, conflicts: Problem[]): ReadonlyMap<string, Account> {
  const byId = new Map<string, AccountFact[]>();
  for (const fact of facts) if (fact.id !== '') byId.set(fact.id, [...(byId.get(fact.id) ?? []), fact]);
  if (management !== undefined && !byId.has(management)) byId.set(management, []);
  const accounts = new Map<string, Account>();
  for (const [id, told] of byId) {
    const sorted = told.toSorted((left, right) => left.rank - right.rank);
    const name = sorted.find((fact) => fact.name !== undefined)?.name;
    const emails = new Set(sorted.flatMap((fact) => fact.email?.toLowerCase() ?? []));
    const second = sorted.find((fact) => fact.email !== undefined && fact.email.toLowerCase() !== [...emails][0]);
    if (emails.size > 1 && second?.origin !== undefined) conflicts.push({ code: 'conflicting-facts', message: `account ${id} has another address by another source`, origin: second.origin });
    const [email] = emails;
    accounts.set(id, { id, name, unit: agreedParent(`account ${name ?? id}`, sorted, names, conflicts), origin: sorted[0]?.origin, ...(email === undefined ? {} : { email }) });
  }
  return accounts;
}
