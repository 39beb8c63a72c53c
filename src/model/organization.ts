import type { Declaration, EntityDeclaration } from '../extract/declaration.ts';
import type { AccountIdentities } from './account-identity.ts';
import type { Binder } from './bind.ts';
import { attachControlPolicies, type ControlKind } from './control-attachments.ts';
import { controlPolicyLevels } from './control-policies.ts';
import type { Account, AccountRelation, NodePolicies, Organization, OrganizationalUnit, Policy } from './model.ts';
import { organizationFacts } from './organization-facts.ts';
import { buildTree, type OrganizationTree } from './organization-tree.ts';

/** What linking has by then. */
export interface OrganizationInput {
  readonly declarations: readonly Declaration[];
  readonly entities: ReadonlyMap<string, EntityDeclaration>;
  readonly binder: Binder;
  readonly identities: AccountIdentities;
  readonly policies: readonly Policy[];
  /** Policies by the entity that is the policy. */
  readonly managed: ReadonlyMap<string, Policy>;
}

/** The organization, put together from the configuration and everything the inputs declare or list of it. */
export function linkOrganization(input: OrganizationInput, configured: Organization): Organization {
  const { declarations, entities, binder } = input;
  const facts = organizationFacts(declarations, entities, binder, configured);
  const tree = buildTree(facts);
  const attached = attachControlPolicies({ declarations, entities, binder, tree, facts, configured, managed: input.managed, policies: input.policies });
  const linked: Organization = {
    ...configured,
    id: tree.id,
    managementAccount: tree.managementAccount,
    accounts: withDelegations(tree, declarations, binder),
    units: new Map([...tree.units].map(([id, unit]) => [id, withPolicies(unit, attached)])),
    ...(tree.root === undefined ? {} : { root: withPolicies(tree.root, attached) }),
    attached,
    disabledControls: disabledControls(facts.policyTypes, attached),
    conflicts: [...input.identities.conflicts, ...tree.conflicts],
  };
  return { ...linked, controlPolicies: knowledgeOf(linked, attached) };
}

function withPolicies(unit: OrganizationalUnit, attached: ReadonlyMap<string, NodePolicies>): OrganizationalUnit {
  const node = attached.get(unit.id);
  return node === undefined ? unit : { ...unit, controlPolicies: [...node.scp.policies, ...node.rcp.policies] };
}

/** Policies of a type that is not enabled have no effect; where some are attached, the enabling is only not in the run. */
function disabledControls(types: readonly string[] | undefined, attached: ReadonlyMap<string, NodePolicies>): readonly ControlKind[] {
  if (types === undefined) return [];
  const used = (kind: ControlKind): boolean => [...attached.values()].some((node) => node[kind].policies.some((policy) => policy.managed !== 'aws'));
  const enabled = { scp: types.includes('SERVICE_CONTROL_POLICY'), rcp: types.includes('RESOURCE_CONTROL_POLICY') };
  return (['scp', 'rcp'] as const).filter((kind) => !enabled[kind] && !used(kind));
}

function withDelegations(tree: OrganizationTree, declarations: readonly Declaration[], binder: Binder): ReadonlyMap<string, Account> {
  const services = new Map<string, Set<string>>();
  for (const declaration of declarations) {
    if (declaration.kind !== 'organization' || declaration.node !== 'delegated-administrator') continue;
    const account = tree.nodeOf(binder.bind(declaration.account.text));
    if (account === undefined) continue;
    const known = services.get(account) ?? new Set<string>();
    services.set(account, known.add(binder.bind(declaration.service?.text ?? '')));
  }
  return new Map(
    [...tree.accounts].map(([id, account]) => {
      const delegated = services.get(id);
      return [id, delegated === undefined ? account : { ...account, delegatedFor: [...delegated].toSorted() }];
    }),
  );
}

function knowledgeOf(organization: Organization, attached: ReadonlyMap<string, NodePolicies>): Organization['controlPolicies'] {
  const accounts = [...organization.accounts.keys()].map((account) => controlPolicyLevels(organization, account));
  if (accounts.length > 0 && accounts.every((levels) => levels.scp !== 'unknown' && levels.rcp !== 'unknown')) return 'complete';
  const seen = [...attached.values()].some((node) => [...node.scp.policies, ...node.rcp.policies].some((policy) => policy.managed !== 'aws'));
  return seen || accounts.some((levels) => levels.scp !== 'unknown') ? 'partial' : 'unknown';
}

/** Everything that is not known of the organization, as sentences. */
export function organizationUnknowns(organization: Organization): readonly string[] {
  if (organization.accounts.size === 0) return ['nothing tells which organization the accounts belong to'];
  const unknowns = new Set([...organization.accounts.keys()].flatMap((account) => controlPolicyLevels(organization, account).unknowns));
  return [...unknowns].toSorted();
}

/**
 * How an account named in a policy relates to the account the policy lives in. Holes compare as text: the same hole is the
 * same account; a hole against digits cannot be decided, unless it is the id of an account that the organization declares.
 */
export function accountRelation(organization: Organization, account: string, home: string): AccountRelation {
  if (account === home) return 'same';
  if (organization.accounts.has(account) || organization.managementAccount === account) return 'organization';
  if (!/^\d{12}$/.test(account)) return 'undecided';
  const trusted = organization.trusted.get(account);
  if (trusted !== undefined) return trusted.kind;
  return 'unknown-account';
}
