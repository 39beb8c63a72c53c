import { hasHole, hole } from '../iam/token.ts';
import type { ControlKind } from './control-attachments.ts';
import type { Entity, Organization, OrganizationalUnit, Policy } from './model.ts';

/** One level of the organization on the way to an account: the policies that hang there, of which one must allow. */
export interface ControlPolicyLevel {
  readonly id: string;
  readonly name: string;
  readonly policies: readonly Policy[];
}

/** What limits an account from above. */
export interface ControlPolicyLevels {
  /** Root first, account last; empty where the layer does not apply. `unknown` when anything in it may be missing. */
  readonly scp: readonly ControlPolicyLevel[] | 'unknown';
  readonly rcp: readonly ControlPolicyLevel[] | 'unknown';
  /** What is known even of an unknown layer: a Deny in it holds, whatever else is attached. */
  readonly known: { readonly scp: readonly ControlPolicyLevel[]; readonly rcp: readonly ControlPolicyLevel[] };
  /** Why a layer is unknown, as sentences. */
  readonly unknowns: readonly string[];
}

const NOTHING_APPLIES: ControlPolicyLevels = { scp: [], rcp: [], known: { scp: [], rcp: [] }, unknowns: [] };

/**
 * The service and resource control policies on the way from the root to an account: every level must allow, in a level one policy
 * suffices, a Deny anywhere decides. Neither kind limits the management account.
 * Source: Organizations User Guide, "SCP evaluation", "Resource control policies (RCPs)".
 */
export function controlPolicyLevels(organization: Organization, account: string): ControlPolicyLevels {
  if (organization.managementAccount === account) return NOTHING_APPLIES;
  const way = wayTo(organization, account);
  const scp = layerOf(organization, 'scp', way);
  const rcp = layerOf(organization, 'rcp', way);
  return { scp: scp.levels, rcp: rcp.levels, known: { scp: scp.known, rcp: rcp.known }, unknowns: [...new Set([...scp.unknowns, ...rcp.unknowns])] };
}

/**
 * Do control policies leave a principal alone? Those of the management account, and roles that only a service can assume.
 * Source: Organizations User Guide, "Tasks and entities not restricted by SCPs", "Resources and entities not restricted by RCPs".
 */
export function isExemptFromControlPolicies(organization: Organization, principal: Entity): boolean {
  return principal.account === organization.managementAccount || isServiceLinked(principal);
}

/** Source: IAM User Guide, "Service-linked roles": their path is `/aws-service-role/`. */
export function isServiceLinked(principal: Entity): boolean {
  return principal.entity === 'role' && principal.path.startsWith('/aws-service-role/');
}

/**
 * The path of an account's unit as condition keys give it (`o-…/r-…/ou-…/`), with holes for ids that are not known; undefined when the
 * way to the root is not. Source: IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgPaths.
 */
export function organizationPath(organization: Organization, account: string): string | undefined {
  const way = wayTo(organization, account);
  if (way.unknown !== undefined) return undefined;
  const above = way.nodes.slice(0, -1).map(({ id }) => (hasHole(id) || /^(r|ou)-/.test(id) ? id : hole('@', `deployment-name|organization#${id}`)));
  return [organization.id ?? hole('@', 'deployment-name|organization#id'), ...above, ''].join('/');
}

interface Way {
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly unknown: string | undefined;
}

/** The nodes from the root down to an account; those below the point from which the way is not known. */
function wayTo(organization: Organization, id: string): Way {
  const account = organization.accounts.get(id);
  if (account === undefined) return { nodes: [], unknown: `account ${id} is not known to belong to the organization` };
  const nodes = [{ id, name: account.name ?? id }];
  const seen = new Set<string>();
  let above = account.unit;
  while (above !== undefined) {
    if (above === organization.root?.id) return { nodes: [{ id: above, name: organization.root.name }, ...nodes], unknown: undefined };
    const unit: OrganizationalUnit | undefined = organization.units.get(above);
    if (unit === undefined || seen.has(above)) return { nodes, unknown: `the organizational units above \`${unit?.name ?? above}\` are not known` };
    seen.add(above);
    nodes.unshift({ id: above, name: unit.name });
    above = unit.parent;
  }
  return { nodes, unknown: `the organizational unit of \`${nodes[0]?.name ?? id}\` is not known` };
}

interface LayerOfAccount {
  readonly levels: readonly ControlPolicyLevel[] | 'unknown';
  readonly known: readonly ControlPolicyLevel[];
  readonly unknowns: readonly string[];
}

function layerOf(organization: Organization, kind: ControlKind, way: Way): LayerOfAccount {
  if (organization.disabledControls?.includes(kind) === true) return { levels: [], known: [], unknowns: [] };
  const unknowns: string[] = way.unknown === undefined ? [] : [way.unknown];
  const known: ControlPolicyLevel[] = [];
  for (const node of way.nodes) {
    const attached = organization.attached?.get(node.id)?.[kind];
    if (attached === undefined) unknowns.push(`what is attached to \`${node.name}\` is not known`);
    else unknowns.push(...attached.unknowns);
    known.push({ ...node, policies: attached?.policies ?? [] });
  }
  return { levels: unknowns.length === 0 ? known : 'unknown', known, unknowns };
}
