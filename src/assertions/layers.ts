import type { Foundation } from '../analyze/foundation.ts';
import { type CompiledLayers, type CompiledPolicy, compilePolicy, type ControlLevel } from '../engine/index.ts';
import { isAccountId, parseArn } from '../iam/arn.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import { accountOf, type Caller, principalArnOf } from '../iam/principal.ts';
import { displayText } from '../iam/token.ts';
import type { Policy, Principal } from '../model/model.ts';
import { wholeSource, Source } from '../core/source.ts';
import type { GivenLevel, GivenPolicies } from './suite.ts';

/** A document of a layer, with what people call it. */
export interface LayerEntry {
  readonly compiled: CompiledPolicy;
  readonly document: PolicyDocument;
  readonly name: string;
}

/** A level of the organization, with the names of its policies. */
export interface LayerLevel {
  readonly id: string;
  readonly entries: readonly LayerEntry[];
}

/** Everything that decides a request. References of a decision point into these lists. */
export interface Layers {
  readonly identity: readonly LayerEntry[];
  readonly resource: readonly LayerEntry[];
  readonly boundary: readonly LayerEntry[];
  readonly session: readonly LayerEntry[];
  readonly vpce: readonly LayerEntry[];
  readonly scp: readonly LayerLevel[];
  readonly rcp: readonly LayerLevel[];
}

/** What assertions are judged by: the model, and the policies given beside it. */
export interface Estate {
  readonly foundation: Foundation;
  readonly given: GivenPolicies;
}

/** What a request is about. */
export interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string | undefined;
  readonly session: readonly PolicyDocument[];
}

/** The policies that decide a request, layer by layer. What may exist unseen stands there as a policy of which nothing is known. */
export function layersFor(asked: Asked, estate: Estate): Layers {
  const { caller, session } = asked;
  const account = accountOf(caller);
  return {
    ...ownLayers(caller, estate),
    resource: resourceLayer(asked, estate),
    session: session.map((document) => entryOf(document, 'session policy')),
    vpce: estate.given.endpoint.map((document) => entryOf(document, 'endpoint policy')),
    scp: account === undefined ? [] : controlLevels('scp', account, estate),
    rcp: asked.resourceAccount === undefined ? [] : controlLevels('rcp', asked.resourceAccount, estate),
  };
}

/** The layers as the engine takes them. */
export function compiledLayers(layers: Layers): CompiledLayers {
  const list = (entries: readonly LayerEntry[]): readonly CompiledPolicy[] => entries.map((entry) => entry.compiled);
  const levels = (given: readonly LayerLevel[]): readonly ControlLevel<CompiledPolicy>[] => given.map((level) => ({ id: level.id, policies: list(level.entries) }));
  return { identity: list(layers.identity), resource: list(layers.resource), boundary: list(layers.boundary), session: list(layers.session), vpce: list(layers.vpce), scp: levels(layers.scp), rcp: levels(layers.rcp) };
}

/** The principal of the model that a caller is: of a session, its role. */
export function principalOf(caller: Caller, { foundation }: Estate): Principal | undefined {
  const arn = caller.kind === 'user' || caller.kind === 'role' ? caller.arn : undefined;
  return arn === undefined ? undefined : foundation.principalNamed(arn);
}

function ownLayers(caller: Caller, estate: Estate): Pick<Layers, 'identity' | 'boundary'> {
  if (caller.kind !== 'user' && caller.kind !== 'role') return { identity: [], boundary: [] };
  const principal = principalOf(caller, estate);
  const arn = principalArnOf(caller);
  const given = estate.given.principals.filter((one) => one.arn === arn || one.arn === principal?.entity.arn);
  const identity = given.flatMap((one) => one.identity.map((document) => entryOf(document, `policy of ${one.name}`)));
  const boundary = given.flatMap((one) => one.boundary.map((document) => entryOf(document, `boundary of ${one.name}`)));
  const name = displayText(principal?.entity.name ?? arn ?? caller.name);
  if (principal === undefined) return { identity: given.length > 0 ? identity : [openEntry(`what is attached to ${name}`)], boundary };
  const holding = estate.foundation.holdingOf(principal);
  for (const [index, policy] of holding.attached.entries()) {
    const interned = holding.identity[index];
    if (interned !== undefined) identity.push({ compiled: interned.compiled, document: policy.document, name: policy.name });
  }
  const unseen = principal.entity.external && given.length === 0 && !estate.foundation.model.coverage.completeAccounts.has(holding.account);
  if (unseen) identity.push(openEntry(`what is attached to ${name}`));
  else if (holding.open) identity.push(openEntry(`all that is attached to ${name}`));
  if (holding.boundary === 'unknown') boundary.push(openEntry(`the boundary of ${name}`));
  else if (holding.boundary !== undefined && principal.boundary?.policy !== undefined) boundary.push(policyEntry(principal.boundary.policy, holding.boundary.compiled));
  return { identity, boundary };
}

/** Actions of STS that trust policies judge. */
const ASSUMING = /^sts:(?:assumerole(?:withsaml|withwebidentity)?|tagsession|setsourceidentity)$/i;

/**
 * Policies on the resource. Within one account most resources need none, so one that nothing tells of is taken to have none;
 * keys and roles always have one, and what another account has is not seen. Source: IAM User Guide, "Policy evaluation logic".
 */
function resourceLayer({ caller, action, resource, resourceAccount }: Asked, { foundation, given }: Estate): readonly LayerEntry[] {
  const assuming = ASSUMING.test(action);
  const known = foundation.resources.find(resource);
  const parts = wholes(resource);
  const givenHere = given.resources.filter((one) => parts.includes(one.arn));
  const trusts = given.principals.filter((one) => one.arn === resource && (one.trust.length > 0 || assuming));
  const entries = [
    ...givenHere.flatMap((one) => one.policies.map((document) => entryOf(document, `policy of ${one.arn}`))),
    ...(assuming ? trusts.flatMap((one) => one.trust.map((document) => entryOf(document, `trust policy of ${one.name}`))) : []),
  ];
  if (known.policies !== 'unknown') {
    const isRole = known.entity?.entity === 'role';
    const relevant = known.policies.filter((policy) => (policy.kind === 'trust') === (isRole && assuming));
    return [...entries, ...relevant.map((policy) => policyEntry(policy, foundation.store.intern(policy.document).compiled))];
  }
  if (givenHere.length > 0 || trusts.length > 0 || resource === '*') return entries;
  const arn = parseArn(resource);
  const hasOwn = (arn?.service === 'kms' && arn.resource.startsWith('key/')) || (arn?.service === 'iam' && assuming);
  const foreign = accountOf(caller) === undefined || (resourceAccount !== undefined && resourceAccount !== accountOf(caller));
  return hasOwn || foreign ? [openEntry(`the policy of ${displayText(resource)}`)] : entries;
}

/** The resource and what it is part of: an object's bucket, an index's table. */
export function wholes(arn: string): readonly string[] {
  const found = [arn];
  const start = arn.split(':', 5).join(':').length;
  for (let at = arn.length - 1; at > start && found.length < 16; at -= 1) if (arn[at] === '/' || arn[at] === ':') found.push(arn.slice(0, at));
  return found;
}

/** Root first. Where nothing at all is told of control policies, there are taken to be none. */
function controlLevels(kind: 'scp' | 'rcp', account: string, { foundation, given }: Estate): readonly LayerLevel[] {
  const levels: LayerLevel[] = [];
  if (toldOfControls(foundation)) {
    const controls = foundation.controlsOf(account);
    const layer = controls[kind];
    for (const [index, level] of layer.levels.entries()) levels.push({ id: level.id, entries: (layer.policies[index] ?? []).flatMap((policy, at) => compiledAt(level, at, policy)) });
    if (!layer.complete) levels.push({ id: '', entries: controls.unknowns.map((reason) => openEntry(`whether a control policy denies it (${reason})`)) });
  }
  return [...levels, ...given[kind].filter((level) => level.accounts === undefined || level.accounts.includes(account)).map(givenLevel)];
}

/** Do the inputs tell anything of control policies? */
export function toldOfControls(foundation: Foundation): boolean {
  return foundation.model.organization.controlPolicies !== 'unknown';
}

function compiledAt(level: ControlLevel<CompiledPolicy>, index: number, policy: Policy): readonly LayerEntry[] {
  const compiled = level.policies[index];
  return compiled === undefined ? [] : [policyEntry(policy, compiled)];
}

function givenLevel(level: GivenLevel): LayerLevel {
  return { id: level.name, entries: level.policies.map((document) => entryOf(document, level.name)) };
}

function policyEntry(policy: Policy, compiled: CompiledPolicy): LayerEntry {
  return { compiled, document: policy.document, name: policy.name };
}

const compiledDocuments = new WeakMap<PolicyDocument, CompiledPolicy>();

function entryOf(document: PolicyDocument, name: string): LayerEntry {
  const compiled = compiledDocuments.get(document) ?? compilePolicy(document);
  compiledDocuments.set(document, compiled);
  return { compiled, document, name };
}

/** A policy of which nothing is known: it may allow or deny anything. */
function openEntry(what: string): LayerEntry {
  const origin = wholeSource(new Source('', ''));
  const document: PolicyDocument = { version: undefined, id: undefined, statements: [], syntax: [], gaps: [], origin, value: { kind: 'absent', origin } };
  return { compiled: { document, statements: [], openReasons: [`${what} is not known`] }, document, name: what };
}

/** The account of a resource, as far as the ARN, the model or what is given tells. */
export function accountOfResource(resource: string, estate: Estate): string | undefined {
  const account = parseArn(resource)?.account ?? '';
  if (isAccountId(account)) return account;
  const parts = wholes(resource);
  const given = estate.given.resources.find((one) => one.account !== undefined && parts.includes(one.arn));
  return given?.account ?? estate.foundation.resources.find(resource).account;
}
