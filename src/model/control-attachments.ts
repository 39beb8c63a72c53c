import { describeGuard } from '../core/guard.ts';
import type { Declaration, EntityDeclaration, OrganizationDeclaration } from '../extract/declaration.ts';
import type { Text } from '../iam/policy-document.ts';
import { displayText, hasHole } from '../iam/token.ts';
import { ownId } from './account-identity.ts';
import type { Binder } from './bind.ts';
import { FULL_ACCESS, FULL_ACCESS_IDS } from './full-access.ts';
import type { AttachedControlPolicies, NodePolicies, Organization, Policy } from './model.ts';
import type { OrganizationFactSet } from './organization-facts.ts';
import type { OrganizationTree } from './organization-tree.ts';

export type ControlKind = 'scp' | 'rcp';
const KINDS = ['scp', 'rcp'] as const;

/** Everything that is needed to tell which policy hangs where. */
export interface AttachmentInput {
  readonly declarations: readonly Declaration[];
  readonly entities: ReadonlyMap<string, EntityDeclaration>;
  readonly binder: Binder;
  readonly tree: OrganizationTree;
  readonly facts: OrganizationFactSet;
  readonly configured: Organization;
  /** Policies by the entity that is the policy. */
  readonly managed: ReadonlyMap<string, Policy>;
  readonly policies: readonly Policy[];
}

/** A policy of the organization: its kind and, when its document is in the run, the policy. */
interface Known {
  readonly name: string;
  readonly kind: ControlKind | 'other' | 'unknown';
  readonly policy: Policy | undefined;
}

interface Collected {
  readonly declared: Map<string, Record<ControlKind, Map<string, Known>>>;
  /** Complete lists that AWS gave, by target. */
  readonly listed: Map<string, Partial<Record<ControlKind, readonly Known[]>>>;
  readonly fullAccess: Map<string, 'yes' | 'no' | 'unknown'>;
  /** Reasons that hold for one node. */
  readonly doubts: Map<string, Record<ControlKind, string[]>>;
  /** Policies that hang on something that is not known: they may hang anywhere. */
  readonly adrift: Record<ControlKind, string[]>;
}

/** The control policies of every node of the tree, each list with the reasons why it may lack something. */
export function attachControlPolicies(input: AttachmentInput): ReadonlyMap<string, NodePolicies> {
  const known = knownPolicies(input);
  const collected: Collected = { declared: new Map(), listed: new Map(), fullAccess: new Map(), doubts: new Map(), adrift: { scp: [], rcp: [] } };
  for (const declaration of input.declarations) if (declaration.kind === 'organization') collect(declaration, known, input, collected);
  collectListsByPolicy(known, input, collected);
  collectConfigured(input, collected);
  const { tree } = input;
  const nodes = [...(tree.root === undefined ? [] : [tree.root.id]), ...tree.units.keys(), ...tree.accounts.keys(), ...collected.declared.keys(), ...collected.listed.keys()];
  return new Map([...new Set(nodes)].map((node) => [node, { scp: finish(node, 'scp', input, collected), rcp: finish(node, 'rcp', input, collected) }]));
}

/** Policies by what references to them yield, and by the resource that declares them. */
function knownPolicies(input: AttachmentInput): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>([
    [FULL_ACCESS_IDS.scp, { name: FULL_ACCESS.scp.name, kind: 'scp', policy: FULL_ACCESS.scp }],
    [FULL_ACCESS_IDS.rcp, { name: FULL_ACCESS.rcp.name, kind: 'rcp', policy: FULL_ACCESS.rcp }],
  ]);
  for (const declaration of input.declarations) {
    if (declaration.kind !== 'organization' || declaration.node !== 'policy') continue;
    const id = input.binder.bind(ownId(declaration, input.entities));
    const key = keyOf(declaration);
    const policy = input.managed.get(key);
    const described: Known = { name: input.binder.bind(declaration.name?.text ?? declaration.from.displayName), kind: kindOf(declaration.policyType), policy };
    // Several outputs tell of one policy, of which only one holds its document.
    const best = known.get(id)?.policy !== undefined && policy === undefined ? known.get(id) : described;
    if (best === undefined) continue;
    if (id !== '') known.set(id, best);
    known.set(key, best);
  }
  return known;
}

function kindOf(type: Text | undefined): Known['kind'] {
  if (type === undefined || type.text === 'SERVICE_CONTROL_POLICY') return 'scp';
  if (type.text === 'RESOURCE_CONTROL_POLICY') return 'rcp';
  return hasHole(type.text) ? 'unknown' : 'other';
}

function collect(declaration: OrganizationDeclaration, known: ReadonlyMap<string, Known>, input: AttachmentInput, into: Collected): void {
  const named = (text: string): Known => known.get(text) ?? { name: displayText(text), kind: 'unknown', policy: undefined };
  switch (declaration.node) {
    case 'policy-attachment': {
      const text = declaration.policy === undefined ? keyOf(declaration) : input.binder.bind(declaration.policy.text);
      const guard = [...declaration.from.when, ...(declaration.target.when ?? [])];
      attach(text, named(text), input.tree.nodeOf(input.binder.bind(declaration.target.text)), describeGuard(guard), into);
      return;
    }
    case 'target-policies': {
      const node = input.tree.nodeOf(input.binder.bind(declaration.target.text));
      if (node === undefined) return;
      const list = declaration.policies.map((policy) => named(input.binder.bind(policy.text)));
      into.listed.set(node, { ...into.listed.get(node), [declaration.policyType]: list });
      return;
    }
    case 'policy-targets':
      for (const target of declaration.targets) {
        const text = input.binder.bind(declaration.policy.text);
        attach(text, named(text), input.tree.nodeOf(input.binder.bind(target.text)), '', into);
      }
      return;
    case 'full-access': {
      const node = input.tree.nodeOf(input.binder.bind(declaration.target.text));
      if (node === undefined) return;
      const before = into.fullAccess.get(node);
      into.fullAccess.set(node, before === undefined || before === declaration.attached ? declaration.attached : 'unknown');
      return;
    }
    default:
  }
}

function attach(key: string, policy: Known, node: string | undefined, condition: string, into: Collected): void {
  if (policy.kind === 'other') return;
  const kinds = policy.kind === 'unknown' ? KINDS : [policy.kind];
  for (const kind of kinds) {
    if (node === undefined) into.adrift[kind].push(`policy \`${policy.name}\` hangs on a target that is not known`);
    else if (condition !== '') doubt(node, kind, `policy \`${policy.name}\` is attached only ${condition}`, into);
    else of(into.declared, node, () => ({ scp: new Map(), rcp: new Map() }))[kind].set(key, policy);
  }
}

/** When AWS listed all policies of a type and all targets of each, every node's list is complete. */
function collectListsByPolicy(known: ReadonlyMap<string, Known>, input: AttachmentInput, into: Collected): void {
  const targeted = new Set<string>();
  const all = new Map<ControlKind, readonly string[]>();
  for (const declaration of input.declarations) {
    if (declaration.kind !== 'organization') continue;
    if (declaration.node === 'policy-targets') targeted.add(input.binder.bind(declaration.policy.text));
    if (declaration.node === 'policy-list') all.set(declaration.policyType, declaration.policies.map((policy) => input.binder.bind(policy.text)));
  }
  for (const [kind, policies] of all) {
    const own = policies.filter((policy) => policy !== FULL_ACCESS_IDS[kind]);
    if (!own.every((policy) => targeted.has(policy))) continue;
    for (const node of [...(input.tree.root === undefined ? [] : [input.tree.root.id]), ...input.tree.units.keys(), ...input.tree.accounts.keys()]) {
      if (into.listed.get(node)?.[kind] !== undefined) continue;
      const attached = [...(into.declared.get(node)?.[kind].values() ?? [])];
      // The targets of the policy that allows everything are seldom asked for; without them it is where AWS puts it.
      const full = targeted.has(FULL_ACCESS_IDS[kind]) ? undefined : known.get(FULL_ACCESS_IDS[kind]);
      into.listed.set(node, { ...into.listed.get(node), [kind]: full === undefined ? attached : [full, ...attached] });
    }
  }
}

function collectConfigured(input: AttachmentInput, into: Collected): void {
  for (const { file, policyType, targets } of input.configured.configuredPolicies ?? []) {
    const found = input.policies.find((policy) => policy.from.scope.id === file && policy.owners.length === 0);
    const policy: Known = { name: file, kind: policyType, policy: found === undefined ? undefined : { ...found, kind: policyType } };
    for (const target of targets) attach(file, policy, input.tree.nodeOf(target), '', into);
  }
}

function finish(node: string, kind: ControlKind, input: AttachmentInput, collected: Collected): AttachedControlPolicies {
  const listed = collected.listed.get(node)?.[kind];
  const attached = new Map<string, Known>();
  for (const one of listed ?? []) attached.set(one.policy?.id ?? one.name, one);
  for (const one of collected.declared.get(node)?.[kind].values() ?? []) attached.set(one.policy?.id ?? one.name, one);
  const full = FULL_ACCESS[kind];
  const unknowns = [...collected.adrift[kind], ...(collected.doubts.get(node)?.[kind] ?? [])];
  if (kind === 'rcp') attached.set(full.id, { name: full.name, kind, policy: full });
  else if (listed === undefined) {
    const state = collected.fullAccess.get(node) ?? 'yes';
    if (state === 'yes') attached.set(full.id, { name: full.name, kind, policy: full });
    if (state === 'unknown') unknowns.push(`whether \`${full.name}\` is attached depends on the order of deployment`);
  }
  if (listed === undefined && !isDeclaredInFull(input)) unknowns.push(notInFull(input, kind));
  for (const one of attached.values()) if (one.policy === undefined) unknowns.push(`the document of policy \`${one.name}\` is not known`);
  return { policies: [...attached.values()].flatMap((one) => one.policy ?? []), unknowns };
}

function isDeclaredInFull({ configured, facts }: AttachmentInput): boolean {
  return configured.controlPolicies === 'complete' || (facts.whole && !facts.shared);
}

function notInFull({ facts }: AttachmentInput, kind: ControlKind): string {
  const name = kind === 'scp' ? 'service control policies' : 'resource control policies';
  return facts.shared ? `${name} of another tool (Control Tower) are not in the run` : `nothing says that all ${name} are in the run`;
}

function doubt(node: string, kind: ControlKind, reason: string, into: Collected): void {
  of(into.doubts, node, () => ({ scp: [], rcp: [] }))[kind].push(reason);
}

function of<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function keyOf(declaration: OrganizationDeclaration): string {
  return `${declaration.from.scope.id}#${declaration.from.address}`;
}
