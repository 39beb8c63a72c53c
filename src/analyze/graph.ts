import type { Principal } from '../model/model.ts';
import { isAdministrator } from './administrator.ts';
import { assumableRoles } from './assumable.ts';
import type { Edge } from './edge.ts';
import type { Foundation } from './foundation.ts';
import type { Holding, Shed } from './holdings.ts';
import { append, isImmutable, takeInventory } from './inventory.ts';
import { type Node, powerNodeId, type PrincipalNode, principalNodeId } from './nodes.ts';
import { classEdges, edgesBeyondAccount, type EdgeSetting, personalEdges, shedHolding } from './technique-edges.ts';
import { techniqueTable } from './technique-plan.ts';

/** Who can become whom. Principals that hold the same share their edges through a class. */
export interface EscalationGraph {
  readonly nodes: ReadonlyMap<string, Node>;
  /** Edges that leave a node; those of a principal do not repeat those of its class. */
  readonly edgesFrom: (id: string) => readonly Edge[];
  /** The class a principal's node belongs to. */
  readonly classOf: (id: string) => string | undefined;
  readonly holdingOf: (node: PrincipalNode) => Holding;
  readonly edgeCount: number;
}

interface Building {
  readonly foundation: Foundation;
  readonly setting: EdgeSetting;
  readonly own: EdgeSetting;
  readonly nodes: Map<string, Node>;
  readonly edges: Map<string, readonly Edge[]>;
  readonly classes: Map<string, string>;
  readonly holdings: Map<string, Holding>;
}

/** Finds the edges of all principals, and of what they become by getting rid of limits. */
export function buildGraph(foundation: Foundation): EscalationGraph {
  const inventory = takeInventory(foundation);
  const assumable = assumableRoles(foundation);
  const table = techniqueTable();
  const setting: EdgeSetting = { foundation, inventory, table, assuming: table.positionOf('sts:AssumeRole'), assumable: assumable.ofClass };
  const building: Building = { foundation, setting, own: { ...setting, assumable: assumable.ofOne }, nodes: new Map(), edges: new Map(), classes: new Map(), holdings: new Map() };
  for (const principal of foundation.model.principals) addPrincipal(principal, undefined, building);
  addAdministrators(building);
  let edgeCount = 0;
  for (const edges of building.edges.values()) edgeCount += edges.length;
  return {
    nodes: building.nodes,
    edgesFrom: (id) => building.edges.get(id) ?? [],
    classOf: (id) => building.classes.get(id),
    holdingOf: (node) => building.holdings.get(node.id) ?? foundation.holdingOf(node.principal),
    edgeCount,
  };
}

function addPrincipal(principal: Principal, shed: Shed | undefined, building: Building): void {
  const open: { readonly principal: Principal; readonly shed: Shed | undefined }[] = [{ principal, shed }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const id = principalNodeId(next.principal, next.shed);
    if (building.holdings.has(id)) continue;
    building.nodes.set(id, { kind: 'principal', id, principal: next.principal, shed: next.shed });
    const edges = addEdges(id, next.principal, next.shed, building);
    for (const { to } of edges) if (to.kind === 'principal' && to.shed !== undefined && !building.holdings.has(to.id)) open.push({ principal: to.principal, shed: to.shed });
  }
}

function addEdges(id: string, principal: Principal, shed: Shed | undefined, building: Building): readonly Edge[] {
  const { foundation, setting, own } = building;
  const holding = shed === undefined ? foundation.holdingOf(principal) : shedHolding(principal, shed, foundation);
  building.holdings.set(id, holding);
  const classId = `class|${holding.key}${shed === undefined ? '' : `|${shed}`}`;
  building.classes.set(id, classId);
  let shared = building.edges.get(classId);
  if (shared === undefined) {
    const [administers] = administratorEdge(classId, holding, foundation);
    shared = administers?.verdict === 'yes' ? [administers, ...edgesBeyondAccount(classId, holding, setting)] : [...(administers === undefined ? [] : [administers]), ...classEdges(classId, holding, setting)];
    building.nodes.set(classId, { kind: 'class', id: classId });
    building.edges.set(classId, shared);
    for (const { to } of shared) if (!building.nodes.has(to.id) && to.kind !== 'principal') building.nodes.set(to.id, to);
  }
  if (shared[0]?.technique === 'administrator' && shared[0].verdict === 'yes') return shared;
  const personal = [...personalEdges(id, holding, setting), ...(own.assumable(holding).size === 0 ? [] : classEdges(id, holding, own))];
  for (const { to } of personal) if (!building.nodes.has(to.id) && to.kind !== 'principal') building.nodes.set(to.id, to);
  if (personal.length > 0) building.edges.set(id, personal);
  return [...shared, ...personal];
}

function administratorEdge(from: string, holding: Holding, foundation: Foundation): readonly Edge[] {
  const verdict = isAdministrator(holding, foundation);
  if (verdict === 'no') return [];
  const { account } = holding;
  return [{ from, to: { kind: 'administrator', id: powerNodeId('administrator', account), account }, technique: 'administrator', row: undefined, verdict, asked: [], needs: [], through: undefined }];
}

/** An administrator of an account acts as any principal of it that AWS lets it change. */
function addAdministrators(building: Building): void {
  const { nodes, edges, foundation } = building;
  const added = new Map<string, Edge[]>();
  for (const principal of foundation.model.principals) {
    const from = powerNodeId('administrator', principal.entity.account);
    if (!nodes.has(from) || isImmutable(principal.entity)) continue;
    append(added, from, { from, to: { kind: 'principal', id: principalNodeId(principal), principal, shed: undefined }, technique: 'administers', row: undefined, verdict: 'yes', asked: [], needs: [], through: undefined });
  }
  for (const [from, list] of added) edges.set(from, list);
}
