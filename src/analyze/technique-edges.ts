import { and, type Verdict } from '../core/verdict.ts';
import type { Technique, TechniquePermission, TechniqueTarget } from '../data/techniques.ts';
import type { Entity, Principal } from '../model/model.ts';
import { couldAdminister } from './administrator.ts';
import { askAll, askChosen, type Granted, NOTHING, type Target, together } from './asking.ts';
import { sampleResource } from './candidates.ts';
import type { Edge } from './edge.ts';
import type { Foundation } from './foundation.ts';
import { type Holding, holdingOf, type Shed } from './holdings.ts';
import { type AccountInventory, type Inventory, isImmutable } from './inventory.ts';
import { type Node, powerNodeId, principalNodeId } from './nodes.ts';
import { actorCircumstances, type Circumstances, targetCircumstances } from './requirements.ts';
import type { TechniquePlan, TechniqueTable } from './technique-plan.ts';

/** Everything techniques are judged with. */
export interface EdgeSetting {
  readonly foundation: Foundation;
  readonly inventory: Inventory;
  readonly table: TechniqueTable;
  /** Position of `sts:AssumeRole` among the actions. */
  readonly assuming: number;
  /** Roles that the holders may assume, with the requests that show it. */
  readonly assumable: (holding: Holding) => ReadonlyMap<Principal, Granted>;
}

/** An actor: who starts from where. */
interface Acting {
  readonly from: string;
  readonly holding: Holding;
  readonly account: AccountInventory;
  readonly setting: EdgeSetting;
}

/** Parts of a plan by what they are aimed at. */
interface Aims {
  readonly plan: TechniquePlan;
  readonly of: ReadonlyMap<TechniqueTarget, readonly TechniquePermission[]>;
  readonly circumstances: Circumstances;
  /** The permissions on things of the actor's choice. */
  readonly chosen: Granted;
}

/** Edges of all techniques that do not touch the actor itself: the same for all who hold the same. */
export function classEdges(from: string, holding: Holding, setting: EdgeSetting): readonly Edge[] {
  return edges(from, holding, setting, (plan) => !isPersonal(plan));
}

/** What an administrator of its account gains still: roles of other accounts, and the organization. */
export function edgesBeyondAccount(from: string, holding: Holding, setting: EdgeSetting): readonly Edge[] {
  return edges(from, holding, setting, (plan) => BEYOND.has(plan.technique.effect) || plan.permissions.every(({ action }) => action.startsWith('sts:'))).filter(({ to }) => !(to.kind === 'principal' && to.principal.entity.account === holding.account));
}

const BEYOND: ReadonlySet<Technique['effect']> = new Set(['administers-accounts', 'loosens-guardrails', 'becomes-account-root']);

/** Edges of the techniques by which a principal changes itself. */
export function personalEdges(from: string, holding: Holding, setting: EdgeSetting): readonly Edge[] {
  return edges(from, holding, setting, isPersonal);
}

function isPersonal(plan: TechniquePlan): boolean {
  return plan.permissions.some((permission) => permission.target === 'self' || permission.heldBy === 'self');
}

function edges(from: string, holding: Holding, setting: EdgeSetting, chosen: (plan: TechniquePlan) => boolean): readonly Edge[] {
  const account = setting.inventory.accounts.get(holding.account);
  if (account === undefined) return [];
  const granted = setting.table.grantedBy(holding);
  const acting: Acting = { from, holding, account, setting };
  const found: Edge[] = [];
  for (const plan of setting.table.plans) {
    // A trust policy that names the actor lets it assume the role without a policy of its own.
    if (!plan.actions.every((action) => granted[action] === 1 || action === setting.assuming) || !chosen(plan) || !canAct(plan.technique, holding.principal)) continue;
    const aims = aimsOf(plan, acting);
    if (aims !== undefined) found.push(...edgesOf(aims, acting));
  }
  return found;
}

function canAct(technique: Technique, principal: Principal): boolean {
  return technique.actor === undefined || technique.actor === principal.kind || (technique.actor === 'user' && principal.kind === 'group');
}

const OF_CHOICE: ReadonlySet<TechniqueTarget> = new Set(['any', 'target-instance-profile', 'permission-set', 'identity-center-group', 'organization']);

function aimsOf(plan: TechniquePlan, { holding, setting }: Acting): Aims | undefined {
  const circumstances = actorCircumstances(plan.technique, holding, setting.foundation);
  if (circumstances.verdict === 'no') return undefined;
  const chosen = askChosen(plan.permissions.filter((permission) => OF_CHOICE.has(permission.target)), holding, setting.foundation);
  if (chosen === undefined) return undefined;
  const of = new Map<TechniqueTarget, TechniquePermission[]>();
  for (const permission of plan.permissions) {
    const list = of.get(permission.target);
    if (list === undefined) of.set(permission.target, [permission]);
    else list.push(permission);
  }
  return { plan, of, circumstances, chosen };
}

function edgesOf(aims: Aims, acting: Acting): readonly Edge[] {
  const { technique } = aims.plan;
  if (technique.kind === 'pass-role') return passRoleEdges(aims, acting);
  if (technique.kind === 'existing-role') return existingRoleEdges(aims, acting);
  if (aims.of.has('target-provider')) return providerEdges(aims, acting);
  if (aims.of.has('target-account')) return accountEdges(aims, acting);
  if (aims.of.has('target-role')) return roleEdges(aims, acting);
  if (aims.of.has('target-user')) return userEdges(aims, acting);
  return selfEdges(aims, acting);
}

/** Roles whose trust policy admits the service, which the actor may pass. */
function passRoleEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { technique } = aims.plan;
  const { inventory } = acting.setting;
  const pass = aims.of.get('target-role') ?? [];
  const existing = existingFor(aims, acting);
  if (existing === undefined || technique.trustedService === undefined) return [];
  return inventory.trusting(acting.holding.account, technique.trustedService).flatMap(({ role, verdict, question }) => {
    const passed = askAll(pass, acting.holding, targetOf(role.entity), acting.setting.foundation);
    const granted = together(aims.chosen, existing.granted, passed, { verdict: verdict === 'no' ? 'unknown' : verdict, asked: [{ question, decision: acting.setting.foundation.judge.ask(question).decision }] });
    return edgeTo(role, granted, targetCircumstances(technique, role, inventory), aims, acting, existing.through);
  });
}

interface Existing {
  readonly granted: Granted;
  readonly through: string | undefined;
}

/** A resource that must be there already: one of the model, or one that may be there. */
function existingFor(aims: Aims, { account, holding, setting }: Acting): Existing | undefined {
  const needed = aims.of.get('existing-resource') ?? [];
  if (needed.length === 0) return { granted: NOTHING, through: undefined };
  let possible: Existing | undefined;
  const kind = needed[0]?.resourceType ?? '';
  for (const entity of account.resources.get(kind) ?? []) {
    const granted = askOnKind(needed, kind, entity.arn, holding, setting.foundation);
    if (granted?.verdict === 'yes') return { granted, through: entity.arn };
    if (granted !== undefined) possible ??= { granted, through: entity.arn };
  }
  if (possible !== undefined) return possible;
  const unseen = askChosen(needed, holding, setting.foundation);
  return unseen === undefined ? undefined : { granted: { ...unseen, verdict: 'unknown' }, through: undefined };
}

/** Permissions on one resource; those of another type, such as the tasks of a definition, on any of theirs. */
function askOnKind(permissions: readonly TechniquePermission[], kind: string, arn: string, holding: Holding, foundation: Foundation): Granted | undefined {
  const own = permissions.filter((permission) => permission.resourceType === kind);
  const target: Target = { arn, account: holding.account, entity: foundation.model.entityByArn(arn) };
  return together(askAll(own, holding, target, foundation), askChosen(permissions.filter((permission) => permission.resourceType !== kind), holding, foundation));
}

/** Resources that run as a role, which the actor may take over. */
function existingRoleEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { technique } = aims.plan;
  const { account, holding, setting } = acting;
  const permissions = aims.of.get('existing-resource') ?? [];
  if (technique.resourceKinds?.includes('cloudformation:stack') === true) return stackEdges(aims, acting);
  return (technique.resourceKinds ?? []).flatMap((kind) =>
    (account.bound.get(kind) ?? []).flatMap((bound) => {
      if (bound.role.entity.id === holding.principal.entity.id) return [];
      const granted = together(aims.chosen, askOnKind(permissions, kind, bound.arn, holding, setting.foundation));
      return edgeTo(bound.role, granted, NO_NEEDS, aims, acting, bound.arn);
    }),
  );
}

/** Stacks are not declared by what they deploy: one may run as any role that trusts CloudFormation. */
function stackEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { holding, setting } = acting;
  const permissions = aims.of.get('existing-resource') ?? [];
  const granted = together(aims.chosen, askChosen(permissions, holding, setting.foundation));
  return setting.inventory.trusting(holding.account, 'cloudformation.amazonaws.com').flatMap(({ role }) => edgeTo(role, granted, { verdict: 'unknown', needs: ['stack-with-role'] }, aims, acting, undefined));
}

const NO_NEEDS: Circumstances = { verdict: 'yes', needs: [] };

/** Takes over a role: by rewriting what it is or who may assume it, or by assuming it. */
function roleEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { technique } = aims.plan;
  const { account, holding, setting } = acting;
  const permissions = (aims.of.get('target-role') ?? []).filter(({ action }) => action !== 'sts:AssumeRole');
  const tagging = permissions.filter(({ action }) => action.startsWith('sts:'));
  const writing = permissions.filter(({ action }) => !action.startsWith('sts:'));
  const assuming = aims.plan.permissions.some(({ action }) => action === 'sts:AssumeRole');
  const policies = aims.of.get('target-policy') ?? [];
  const assumable = assuming ? setting.assumable(holding) : undefined;
  const targets = assumable === undefined ? account.roles : [...assumable.keys()];
  return targets.flatMap((role) => {
    if (role.entity.id === holding.principal.entity.id && !assuming) return [];
    const changing = writing.length > 0 || policies.length > 0;
    if (changing && (isImmutable(role.entity) || role.entity.account !== holding.account)) return [];
    if (technique.requires?.includes('management-account') === true && !isAccountAccessRole(role)) return [];
    const target = targetOf(role.entity);
    const granted = together(
      aims.chosen,
      assumable === undefined ? NOTHING : assumable.get(role),
      askAll(writing, holding, target, setting.foundation),
      tagging.length === 0 ? NOTHING : askAll(tagging, holding, { ...target, policies: role.trust === undefined ? [] : [role.trust] }, setting.foundation),
      policies.length === 0 ? NOTHING : anyPolicy(policies, role, acting),
    );
    return edgeTo(role, granted, NO_NEEDS, aims, acting, undefined);
  });
}

/** Made by AWS with each account that the organization creates. */
function isAccountAccessRole(role: Principal): boolean {
  return role.madeBy === 'organizations' || role.entity.name === 'OrganizationAccountAccessRole';
}

/** One of the customer managed policies that a principal holds may be rewritten. */
function anyPolicy(permissions: readonly TechniquePermission[], holder: Principal, { holding, setting }: Acting): Granted | undefined {
  let found: Granted | undefined;
  for (const { arn } of setting.inventory.customerPolicies(holder)) {
    const granted = askAll(permissions, holding, { arn, account: holding.account, entity: setting.foundation.model.entityByArn(arn) }, setting.foundation);
    if (granted?.verdict === 'yes') return granted;
    found ??= granted;
  }
  return found;
}

function userEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { holding, account, setting } = acting;
  const permissions = aims.of.get('target-user') ?? [];
  return account.users.flatMap((user) => {
    if (user.entity.id === holding.principal.entity.id) return [];
    const granted = together(aims.chosen, askAll(permissions, holding, targetOf(user.entity), setting.foundation));
    return edgeTo(user, granted, targetCircumstances(aims.plan.technique, user, setting.inventory), aims, acting, undefined);
  });
}

/** Whoever rewrites an identity provider signs in to every role that trusts it. */
function providerEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { holding, setting, account } = acting;
  const { foundation } = setting;
  const permissions = aims.of.get('target-provider') ?? [];
  const kind = permissions.some(({ resourceType }) => resourceType === 'iam:saml-provider') ? 'saml-provider' : 'oidc-provider';
  const action = kind === 'saml-provider' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
  return [...foundation.model.entities.values()].flatMap((provider) => {
    if (provider.entity !== kind || provider.account !== holding.account) return [];
    const granted = together(aims.chosen, askAll(permissions, holding, targetOf(provider), foundation));
    if (granted === undefined) return [];
    return account.roles.flatMap((role) => {
      if (role.trust === undefined) return [];
      const question = { principal: provider.arn, action, resource: role.entity.arn, resourceAccount: role.entity.account, resourcePolicies: [role.trust] };
      const { verdict, decision } = foundation.judge.ask(question);
      // The one who speaks for the provider says what its claims are.
      return verdict === 'no' ? [] : edgeTo(role, together(granted, { verdict: 'yes', asked: [{ question, decision }] }), NO_NEEDS, aims, acting, provider.arn);
    });
  });
}

function accountEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { holding, setting } = acting;
  const { technique } = aims.plan;
  const permissions = aims.of.get('target-account') ?? [];
  const known = [...setting.foundation.model.organization.accounts.keys()].filter((account) => account !== holding.account);
  const accounts = known.length > 0 ? known : [''];
  const type = permissions[0]?.resourceType;
  return accounts.flatMap((account) => {
    const sample = technique.effect === 'becomes-account-root' && account !== '' ? `arn:aws:iam::${account}:root` : type === undefined ? '*' : sampleResource(type, holding.account);
    const granted = together(aims.chosen, sample === undefined ? undefined : orChosen(permissions, holding, sample, setting.foundation));
    return power(technique.effect === 'becomes-account-root' ? 'root-session' : technique.effect === 'loosens-guardrails' ? 'guardrails' : 'organization', account === '' ? holding.account : account, granted, aims, acting);
  });
}

function orChosen(permissions: readonly TechniquePermission[], holding: Holding, arn: string, foundation: Foundation): Granted | undefined {
  return askAll(permissions, holding, { arn, account: holding.account, entity: undefined }, foundation) ?? askChosen(permissions, holding, foundation);
}

/** The actor widens what itself may do. */
function selfEdges(aims: Aims, acting: Acting): readonly Edge[] {
  const { technique } = aims.plan;
  const { holding, account, setting } = acting;
  const { principal } = holding;
  const { foundation } = setting;
  const own = aims.of.get('self') ?? [];
  if (own.length > 0 && isImmutable(principal.entity)) return [];
  const groups = aims.of.get('target-group') ?? [];
  const policies = aims.of.get('target-policy') ?? [];
  const base = together(aims.chosen, askAll(own, holding, targetOf(principal.entity), foundation), policies.length === 0 ? NOTHING : anyPolicy(policies, principal, acting));
  if (base === undefined) return [];
  if (technique.effect === 'gains-group-permissions') {
    return account.groups.flatMap((group) => (principal.groups.includes(group) || group === principal ? [] : edgeTo(group, together(base, askAll(groups, holding, targetOf(group.entity), foundation)), NO_NEEDS, aims, acting, undefined)));
  }
  const granted = groups.length === 0 ? base : together(base, anyGroup(groups, principal, acting));
  switch (technique.effect) {
    case 'administers-accounts':
      return power('organization', holding.account, granted, aims, acting);
    case 'loosens-guardrails':
      return power('guardrails', holding.account, granted, aims, acting);
    case 'gains-any-permission':
    case 'gains-managed-policy':
      return power('administrator', holding.account, limitedBy(granted, couldAdminister(holding, foundation)), aims, acting);
    case 'gains-earlier-permissions':
      return power('administrator', holding.account, limitedBy(limitedBy(granted, couldAdminister(holding, foundation)), 'unknown'), aims, acting);
    default: {
      const shed = shedBy(technique, principal, holding);
      if (shed === undefined || granted === undefined) return [];
      return [edge({ kind: 'principal', id: principalNodeId(principal, shed), principal, shed }, granted, NO_NEEDS, aims, acting, undefined)];
    }
  }
}

function anyGroup(permissions: readonly TechniquePermission[], principal: Principal, { holding, setting }: Acting): Granted | undefined {
  let found: Granted | undefined;
  for (const group of principal.kind === 'group' ? [principal] : principal.groups) {
    const granted = askAll(permissions, holding, targetOf(group.entity), setting.foundation);
    if (granted?.verdict === 'yes') return granted;
    found ??= granted;
  }
  return found;
}

/** Which limit a technique takes off its actor; undefined when the actor has no such limit. */
function shedBy({ effect, permissions }: Technique, principal: Principal, holding: Holding): Shed | undefined {
  const [first] = permissions.all;
  switch (effect) {
    case 'sheds-boundary':
      return principal.boundary === undefined ? undefined : 'boundary';
    case 'changes-own-tags':
      return holding.identity.some((document) => document.personal) || holding.controls.personal ? 'tags' : undefined;
    case 'sheds-deny': {
      const action = first?.action ?? '';
      const shed = action.includes('Group') ? 'group-deny' : action.startsWith('iam:Detach') ? 'managed-deny' : 'inline-deny';
      const from = principal.policies.length;
      const places = holding.identity.map((document, at) => ({ denies: document.denies, place: at >= from ? 'group-deny' : holding.attached[at]?.managed === 'inline' ? 'inline-deny' : 'managed-deny' }));
      return places.some(({ denies, place }) => denies && place === shed) ? shed : undefined;
    }
    default:
      return undefined;
  }
}

function limitedBy(granted: Granted | undefined, limit: Verdict): Granted | undefined {
  const verdict = granted === undefined ? 'no' : and(granted.verdict, limit);
  return granted === undefined || verdict === 'no' ? undefined : { ...granted, verdict };
}

function power(kind: 'administrator' | 'root-session' | 'organization' | 'guardrails', account: string, granted: Granted | undefined, aims: Aims, acting: Acting): readonly Edge[] {
  return granted === undefined ? [] : [edge({ kind, id: powerNodeId(kind, account), account }, granted, NO_NEEDS, aims, acting, undefined)];
}

/** The edge to a principal taken over, and what the technique adds to what it holds. */
function edgeTo(target: Principal, granted: Granted | undefined, circumstances: Circumstances, aims: Aims, acting: Acting, through: string | undefined): readonly Edge[] {
  if (granted === undefined || circumstances.verdict === 'no') return [];
  const { technique } = aims.plan;
  const { foundation } = acting.setting;
  const adds = technique.effect === 'becomes-target-with-any-permission' || technique.effect === 'becomes-target-with-managed-policy';
  if (adds) {
    const after = limitedBy(granted, couldAdminister(foundation.holdingOf(target), foundation));
    if (after !== undefined) return [edge({ kind: 'administrator', id: powerNodeId('administrator', target.entity.account), account: target.entity.account }, after, circumstances, aims, acting, target.entity.arn)];
  }
  const shed = technique.effect === 'sheds-boundary' ? 'boundary' : technique.effect === 'becomes-target-with-chosen-tags' ? chosenTags(target, foundation) : undefined;
  if (technique.effect === 'sheds-boundary' && target.boundary === undefined) return [];
  if (technique.effect === 'becomes-target-with-chosen-tags' && shed === undefined) return [];
  const limited = technique.effect === 'uses-target-for-service-calls' ? limitedBy(granted, 'unknown') : granted;
  return limited === undefined ? [] : [edge({ kind: 'principal', id: principalNodeId(target, shed), principal: target, shed }, limited, circumstances, aims, acting, through)];
}

/** Session tags matter only where something compares them. */
function chosenTags(target: Principal, foundation: Foundation): Shed | undefined {
  const holding = foundation.holdingOf(target);
  return holding.identity.some((document) => document.personal) || holding.controls.personal ? 'tags' : undefined;
}

function edge(to: Node, granted: Granted, circumstances: Circumstances, aims: Aims, acting: Acting, through: string | undefined): Edge {
  const verdict = and(granted.verdict, aims.circumstances.verdict, circumstances.verdict);
  return { from: acting.from, to, technique: aims.plan.technique.id, row: aims.plan.technique, verdict: verdict === 'no' ? 'unknown' : verdict, asked: granted.asked, needs: [...aims.circumstances.needs, ...circumstances.needs], through };
}

function targetOf(entity: Entity): Target {
  return { arn: entity.arn, account: entity.account, entity };
}

/** A principal without what it has shed. */
export function shedHolding(principal: Principal, shed: Shed, { store, controlsOf }: Foundation): Holding {
  return holdingOf(principal, store, controlsOf, shed);
}

