import { and, or, type Verdict, verdictOf } from '../core/verdict.ts';
import { readActionName } from '../iam/action.ts';
import { type Arn, isAccountId, parseArn } from '../iam/arn.ts';
import { sameText } from '../iam/holes.ts';
import { type Caller, accountOf, readCaller } from '../iam/principal.ts';
import type { CompiledPolicy } from './compile.ts';
import { emptyOutcome, judgeDocuments, judgeLevels, type LayerOutcome } from './layer-outcome.ts';
import { RCP_EXEMPT_ACTIONS, RCP_SERVICES } from './rcp-services.ts';
import { RequestContext } from './request-context.ts';
import type { PreparedRequest } from './statement-match.ts';
import { type Decision, type Layer, LAYERS, type PolicySet, type Request, type RequestSettings, type StatementReference } from './types.ts';

/** The layers of a request with their documents compiled. */
export type CompiledLayers = PolicySet<CompiledPolicy>;

/**
 * Decides one request. `unknown` only when what is not known can change the answer.
 * Source: IAM User Guide, "Policy evaluation logic" (single account, cross account) and Organizations User Guide, "SCP evaluation".
 */
export function evaluateCompiled(request: Request, layers: CompiledLayers): Decision {
  const decision = decideCall(request, layers);
  const implied = impliedActions(request);
  if (implied.length === 0 || decision.decision !== 'allowed') return decision;
  const others = implied.map((action) => decideCall({ ...request, action }, layers));
  return others.find((other) => other.decision !== 'allowed') ?? decision;
}

/**
 * Passing session tags or a source identity needs a permission of its own in the same call.
 * Source: IAM User Guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed roles".
 */
function impliedActions(request: Request): readonly string[] {
  if (request.context === undefined || request.action[3] !== ':' || !ASSUME_ACTIONS.has(request.action.toLowerCase())) return NONE;
  const keys = Object.keys(request.context).map((key) => key.toLowerCase());
  const implied: string[] = [];
  if (keys.some((key) => key.startsWith('aws:requesttag/'))) implied.push('sts:TagSession');
  if (keys.includes('sts:sourceidentity')) implied.push('sts:SetSourceIdentity');
  return implied;
}

const NONE: readonly never[] = [];

const FEDERATED_ASSUME: ReadonlySet<string> = new Set(['sts:assumerolewithsaml', 'sts:assumerolewithwebidentity']);
const ASSUME_ACTIONS: ReadonlySet<string> = new Set([...FEDERATED_ASSUME, 'sts:assumerole']);
const TRUST_ACTIONS: ReadonlySet<string> = new Set([...ASSUME_ACTIONS, 'sts:tagsession', 'sts:setsourceidentity']);

/** What the combination of layers depends on, besides their documents. */
interface Situation {
  readonly prepared: PreparedRequest;
  readonly caller: Caller;
  readonly resource: Arn | undefined;
  readonly sameAccount: Verdict;
  readonly settings: RequestSettings;
  readonly layers: CompiledLayers;
  readonly resourceAccount: string | undefined;
}

function decideCall(request: Request, layers: CompiledLayers): Decision {
  const action = readActionName(request.action);
  if (action === undefined) return { decision: 'implicit-deny', blockedBy: ['identity'], because: [], unknowns: [] };
  const caller = withGivenRole(readCaller(request.principal, request.anonymous === true), request);
  if (action.text === 'sts:getcalleridentity' && caller.kind !== 'anonymous') return ALWAYS_ALLOWED;
  const resource = parseArn(request.resource);
  const account = accountOf(caller);
  const resourceAccount = request.resourceAccount ?? namedAccount(resource) ?? account;
  const situation: Situation = {
    prepared: { action, resource: request.resource, caller, context: new RequestContext(request, caller, resourceAccount), boundary: presence(layers.boundary) },
    caller,
    resource,
    sameAccount: account === undefined || resourceAccount === undefined ? 'no' : sameText(account, resourceAccount),
    settings: request.settings === undefined ? (layers.settings ?? NO_SETTINGS) : { ...layers.settings, ...request.settings },
    layers,
    resourceAccount,
  };
  return account === undefined || FEDERATED_ASSUME.has(action.text) ? decideWithoutAccount(situation) : decideWithAccount(situation);
}

/** The call needs no permission and cannot be denied. Source: STS API Reference, GetCallerIdentity. */
const ALWAYS_ALLOWED: Decision = { decision: 'allowed', blockedBy: [], because: [], unknowns: [] };

const NO_SETTINGS: RequestSettings = Object.freeze({});

/** A session's ARN lacks the role's path; the context may hold the role's whole ARN. */
function withGivenRole(caller: Caller, request: Request): Caller {
  if (request.context === undefined || caller.kind !== 'role' || caller.pathKnown) return caller;
  for (const [key, value] of Object.entries(request.context)) {
    if (key.toLowerCase() === 'aws:principalarn' && typeof value === 'string' && value.includes(':role/')) return { ...caller, roleArn: value, pathKnown: true };
  }
  return caller;
}

function namedAccount(arn: Arn | undefined): string | undefined {
  return arn !== undefined && (isAccountId(arn.account) || arn.account.includes('\uE000')) ? arn.account : undefined;
}

function presence(documents: readonly CompiledPolicy[] | 'unknown' | undefined): Verdict {
  return documents === 'unknown' ? 'unknown' : verdictOf(documents !== undefined && documents.length > 0);
}

/** Services, identity providers and anonymous callers: only the resource's side decides. */
function decideWithoutAccount(situation: Situation): Decision {
  const outcomes = [resourceOutcome(situation), ...controlOutcomes(situation, false)];
  const [resource] = outcomes;
  const granted = resource === undefined ? 'no' : resource.allow;
  return conclude(outcomes, and(granted, ...outcomes.slice(1).map((outcome) => outcome.allow)), situation);
}

function decideWithAccount(situation: Situation): Decision {
  const { layers, prepared, caller } = situation;
  const resource = resourceOutcome(situation);
  const controls = controlOutcomes(situation, true);
  const identity = caller.kind === 'root' ? rootIdentity(situation) : judgeDocuments('identity', layers.identity ?? [], prepared);
  const hasOwnLayers = caller.kind !== 'root';
  const boundary = hasOwnLayers && layers.boundary !== undefined && layers.boundary.length > 0 ? judgeDocuments('boundary', layers.boundary, prepared) : undefined;
  const sessions = hasOwnLayers ? listOf(layers.session) : NONE;
  const session = sessions.length > 0 ? judgeDocuments('session', sessions, prepared) : undefined;
  const limits = and(boundary?.allow ?? 'yes', session?.allow ?? 'yes');
  // A federated user without a session policy has no permissions of its own (IAM User Guide, "Permissions for GetFederationToken").
  const own = caller.kind === 'federated-user' && session === undefined ? 'no' : identity.allow;
  const delegated = isDelegatedResource(situation) ? resource.account : 'yes';
  const same = or(resource.direct, and(resource.role, limits), and(own, delegated, limits));
  const cross = and(resource.allow, own, limits);
  const core = same === cross ? same : situation.sameAccount === 'yes' ? same : situation.sameAccount === 'no' ? cross : 'unknown';
  const outcomes = [resource, ...controls];
  outcomes.push(own === identity.allow ? identity : { ...identity, allow: own });
  if (boundary !== undefined) outcomes.push(boundary);
  if (session !== undefined) outcomes.push(session);
  let granted: Verdict = core;
  for (const outcome of controls) granted = and(granted, outcome.allow);
  return conclude(outcomes, granted, situation);
}

function listOf(documents: CompiledPolicy | readonly CompiledPolicy[] | null | 'unknown' | undefined): readonly CompiledPolicy[] | 'unknown' {
  if (documents === 'unknown') return 'unknown';
  if (documents === null || documents === undefined) return NONE;
  return 'statements' in documents ? [documents] : documents;
}

/** The root user needs no policy, but cannot assume roles. Source: STS API Reference, AssumeRole. */
function rootIdentity(situation: Situation): LayerOutcome {
  const allow = verdictOf(situation.prepared.action.text !== 'sts:assumerole');
  return { layer: 'identity', deny: 'no', allow, direct: allow, role: 'no', account: 'no', denyBy: [], allowBy: [], unknowns: [] };
}

/**
 * The bucket owner's root user can always read, replace and remove the bucket policy, whatever it denies.
 * Source: S3 User Guide, "Bucket policies", and S3 API Reference, PutBucketPolicy.
 */
const ROOT_BUCKET_ACTIONS: ReadonlySet<string> = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

const NO_RESOURCE_POLICY = emptyOutcome('resource');

function resourceOutcome(situation: Situation): LayerOutcome {
  const { caller, prepared, layers, sameAccount } = situation;
  const documents = listOf(layers.resource);
  if (documents.length === 0) return NO_RESOURCE_POLICY;
  const outcome = judgeDocuments('resource', documents, prepared);
  if (caller.kind === 'root' && sameAccount === 'yes' && ROOT_BUCKET_ACTIONS.has(prepared.action.text)) return { ...outcome, deny: 'no', denyBy: [] };
  return outcome;
}

/** Control policies and endpoint policies that apply to the call. */
function controlOutcomes(situation: Situation, scpApplies: boolean): readonly LayerOutcome[] {
  const { scp, rcp, vpce } = situation.layers;
  const { prepared } = situation;
  const hasScp = scpApplies && scp !== undefined && scp.length > 0;
  const hasRcp = rcp !== undefined && rcp.length > 0 && RCP_SERVICES.has(prepared.action.service) && !RCP_EXEMPT_ACTIONS.has(prepared.action.text);
  const hasVpce = vpce !== undefined && vpce.length > 0;
  if (!hasScp && !hasRcp && !hasVpce) return NONE;
  const outcomes: LayerOutcome[] = [];
  if (hasScp && !isExempt(situation, accountOf(situation.caller))) outcomes.push(judgeLevels('scp', scp, prepared));
  if (hasRcp && !isExempt(situation, situation.resourceAccount)) outcomes.push(judgeLevels('rcp', rcp, prepared));
  if (hasVpce) outcomes.push(judgeDocuments('vpce', vpce, prepared));
  return outcomes;
}

/**
 * Control policies leave the management account and service-linked roles alone.
 * Source: Organizations User Guide, "Tasks and entities not restricted by SCPs", "Resources and entities not restricted by RCPs".
 */
function isExempt(situation: Situation, account: string | undefined): boolean {
  const { settings, caller } = situation;
  const linked = settings.serviceLinkedRole ?? (caller.kind === 'role' && (caller.name.startsWith('AWSServiceRoleFor') || caller.roleArn.includes(':role/aws-service-role/')));
  if (linked) return true;
  return settings.managementAccount === true || (typeof settings.managementAccount === 'string' && settings.managementAccount === account);
}

/**
 * Keys and roles whose own policy must hand the decision to the account before identity policies count.
 * Source: KMS Developer Guide, "Key policies in AWS KMS"; IAM User Guide, "Policy evaluation logic" (role trust policies).
 */
function isDelegatedResource(situation: Situation): boolean {
  const { resource, prepared } = situation;
  if (resource === undefined) return false;
  if (resource.service === 'kms') return prepared.action.service === 'kms' && resource.resource.startsWith('key/');
  return resource.service === 'iam' && resource.resource.startsWith('role/') && TRUST_ACTIONS.has(prepared.action.text);
}

function conclude(outcomes: readonly LayerOutcome[], granted: Verdict, situation: Situation): Decision {
  let deny: Verdict = 'no';
  for (const outcome of outcomes) if (deny !== 'yes' && outcome.deny !== 'no') deny = outcome.deny;
  if (deny === 'no' && granted === 'yes') return { decision: 'allowed', blockedBy: NONE, because: references(outcomes, 'allowBy'), unknowns: NONE };
  if (deny === 'yes') {
    const denying = outcomes.filter((outcome) => outcome.deny === 'yes');
    return { decision: 'explicit-deny', blockedBy: inOrder(denying), because: references(denying, 'denyBy'), unknowns: NONE };
  }
  const needsResource = situation.sameAccount !== 'yes' || isDelegatedResource(situation);
  const blockedBy = inOrder(outcomes.filter((outcome) => outcome.deny !== 'no' || (outcome.allow !== 'yes' && (outcome.layer !== 'resource' || needsResource))));
  if (granted === 'no') return { decision: 'implicit-deny', blockedBy, because: NONE, unknowns: NONE };
  const unknowns = [...new Set(outcomes.flatMap((outcome) => outcome.unknowns))];
  return { decision: 'unknown', blockedBy, because: NONE, unknowns: unknowns.length > 0 ? unknowns : ['whether caller and resource share an account is not known'] };
}

function references(outcomes: readonly LayerOutcome[], side: 'allowBy' | 'denyBy'): readonly StatementReference[] {
  let found: readonly StatementReference[] = NONE;
  for (const outcome of outcomes) if (outcome[side].length > 0) found = found.length === 0 ? outcome[side] : [...found, ...outcome[side]];
  return found;
}

function inOrder(outcomes: readonly LayerOutcome[]): readonly Layer[] {
  const only = outcomes[0];
  if (outcomes.length === 1 && only !== undefined) return [only.layer];
  return LAYERS.filter((layer) => outcomes.some((outcome) => outcome.layer === layer));
}
