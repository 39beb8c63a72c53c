import type { ConfigProblem } from '../config/problem.ts';
import type { Origin } from '../core/source.ts';
import { type Decision, evaluateCompiled, type Layer, type Request, type RequestValue, type StatementReference } from '../engine/index.ts';
import { accountOf, readCaller } from '../iam/principal.ts';
import { displayText } from '../iam/token.ts';
import { isServiceLinked } from '../model/control-policies.ts';
import { accountOfResource, compiledLayers, type Estate, type Layers, layersFor, principalOf } from './layers.ts';
import type { AssertedRequest, Assertion } from './suite.ts';
import { actionsNamed } from './actions.ts';
import { principalNamed, resourceNamed, type Named } from './names.ts';

/** A statement that decided. `origin` is missing for policies that stand in no file. */
export interface DecidingStatement {
  readonly layer: Layer;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  readonly policy: string;
  readonly sid: string | undefined;
  readonly index: number;
  readonly origin: Origin;
}

/** One request with its answer. */
export interface JudgedRequest {
  readonly request: Request;
  readonly decision: Decision['decision'];
  readonly blockedBy: readonly Layer[];
  readonly because: readonly DecidingStatement[];
  readonly unknowns: readonly string[];
}

export interface AssertionResult {
  readonly assertion: Assertion;
  readonly outcome: 'pass' | 'fail' | 'undecided';
  /** How many requests it stands for. */
  readonly requests: number;
  /** The requests that made the outcome, a few of many; of a pass the first. */
  readonly shown: readonly JudgedRequest[];
  /** What decided, though the outcome was right, is not what was expected. */
  readonly otherwise: string | undefined;
}

/** More requests than any assertion means. */
const MAX_REQUESTS = 20_000;
const MAX_SHOWN = 3;

/** Judges an assertion. Names that stand for nothing are problems: an assertion about nothing must not pass. */
export function judgeAssertion(assertion: Assertion, estate: Estate, isKnownAction: (action: string) => boolean): AssertionResult | { readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const chains = chainsOf(assertion.request, estate, isKnownAction, problems);
  if (chains.length > MAX_REQUESTS) problems.push({ message: `this stands for more than ${MAX_REQUESTS} requests`, origin: assertion.origin });
  problems.push(...assertion.because.filter((word) => !isReason(word.text, estate)).map((word) => ({ message: `\`${word.text}\` is neither a layer nor the \`Sid\` of a statement here`, origin: word.origin })));
  if (problems.length > 0) return { problems };
  const judged = chains.map((chain) => judgeChain(chain, estate));
  const wanted = (one: JudgedRequest): 'pass' | 'fail' | 'undecided' => (one.decision === 'unknown' ? 'undecided' : (one.decision === 'allowed') === (assertion.expected === 'allow') ? 'pass' : 'fail');
  for (const outcome of ['fail', 'undecided'] as const) {
    const offending = judged.filter((one) => wanted(one) === outcome);
    if (offending.length > 0) return { assertion, outcome, requests: judged.length, shown: offending.slice(0, MAX_SHOWN), otherwise: undefined };
  }
  const other = judged.find((one) => !assertion.because.every((word) => decidedBy(one, word.text)));
  if (other === undefined) return { assertion, outcome: 'pass', requests: judged.length, shown: judged.slice(0, 1), otherwise: undefined };
  const missing = assertion.because.filter((word) => !decidedBy(other, word.text)).map((word) => `\`${word.text}\``);
  return { assertion, outcome: 'fail', requests: judged.length, shown: [other], otherwise: `as expected, but not because of ${missing.join(' and ')}` };
}

const LAYER_NAMES: ReadonlySet<string> = new Set(['identity', 'resource', 'boundary', 'session', 'scp', 'rcp', 'vpce', 'explicit-deny', 'implicit-deny']);

/** A mistyped reason would only fail; still it is better called what it is. */
function isReason(text: string, { foundation, given }: Estate): boolean {
  if (LAYER_NAMES.has(text)) return true;
  const documents = [
    ...foundation.model.policies.map((policy) => policy.document),
    ...foundation.model.principals.flatMap((principal) => principal.policies.map((attached) => attached.policy.document)),
    ...given.principals.flatMap((one) => [...one.identity, ...one.boundary, ...one.trust]),
    ...given.resources.flatMap((one) => one.policies),
    ...[...given.scp, ...given.rcp].flatMap((level) => level.policies),
    ...given.endpoint,
  ];
  return documents.some((document) => document.statements.some((statement) => statement.sid?.text === text));
}

function decidedBy(judged: JudgedRequest, text: string): boolean {
  if (text === judged.decision) return true;
  return judged.blockedBy.some((layer) => layer === text) || judged.because.some((statement) => statement.sid === text || statement.layer === text);
}

/** The roles that are assumed on the way and the request itself: all have to be allowed. */
type Chain = readonly AskedRequest[];

interface AskedRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly asserted: AssertedRequest;
  /** Context, session policy and the resource's account belong to the last request. */
  readonly last: boolean;
}

function chainsOf(asserted: AssertedRequest, estate: Estate, isKnownAction: (action: string) => boolean, problems: ConfigProblem[]): readonly Chain[] {
  const settle = (named: Named): string => {
    if ('text' in named) return named.text;
    problems.push(named.problem);
    return '';
  };
  let principal = settle(principalNamed(asserted.principal, estate));
  const way: AskedRequest[] = [];
  for (const word of asserted.through) {
    const role = settle(principalNamed(word, estate));
    if (role !== '' && !role.includes(':role/')) problems.push({ message: `\`${word.text}\` is no role that could be assumed`, origin: word.origin });
    way.push({ principal, action: 'sts:AssumeRole', resource: role, asserted, last: false });
    principal = role;
  }
  const requests = asserted.resources.flatMap((resourceWord) => {
    const resource = settle(resourceNamed(resourceWord, estate));
    if (resource === '') return [];
    return asserted.actions.flatMap((word) => {
      const named = actionsNamed(word, displayText(resource), isKnownAction);
      if ('actions' in named) return named.actions.map((action): AskedRequest => ({ principal, action, resource, asserted, last: true }));
      problems.push(named.problem);
      return [];
    });
  });
  return requests.map((request) => [...way, request]);
}

/** The first request that is denied decides, else the first that cannot be decided, else the last. */
function judgeChain(chain: Chain, estate: Estate): JudgedRequest {
  const judged = chain.map((asked) => judgeRequest(asked, estate));
  const last = judged.at(-1);
  if (last === undefined) throw new Error('a chain has a request');
  return judged.find((one) => one.decision === 'explicit-deny' || one.decision === 'implicit-deny') ?? judged.find((one) => one.decision === 'unknown') ?? last;
}

function judgeRequest({ principal, action, resource, asserted, last }: AskedRequest, estate: Estate): JudgedRequest {
  const anonymous = principal === '*';
  const caller = readCaller(anonymous ? null : principal, anonymous);
  const resourceAccount = (last ? asserted.resourceAccount : undefined) ?? accountOfResource(resource, estate) ?? accountOf(caller);
  const layers = layersFor({ caller, action, resource, resourceAccount, session: last ? asserted.session : [] }, estate);
  const entity = principalOf(caller, estate)?.entity;
  const { managementAccount } = estate.foundation.model.organization;
  const derived = derivedContext(principal, resource, estate);
  const request: Request = {
    principal: anonymous ? null : principal,
    anonymous,
    action,
    resource,
    resourceAccount,
    context: last ? { ...derived, ...asserted.context } : derived,
    settings: { managementAccount, ...(entity !== undefined && isServiceLinked(entity) ? { serviceLinkedRole: true } : {}) },
  };
  const decision = evaluateCompiled(request, compiledLayers(layers));
  return {
    request: { ...request, context: last ? asserted.context : {}, resourceAccount: last ? asserted.resourceAccount : undefined },
    decision: decision.decision,
    blockedBy: decision.blockedBy,
    because: decision.because.flatMap((reference) => statementAt(reference, layers) ?? []),
    unknowns: decision.unknowns.map(displayText),
  };
}

/** What the model tells of every request: tags of caller and resource, and the organization they belong to. */
function derivedContext(principal: string, resource: string, estate: Estate): Readonly<Record<string, RequestValue>> {
  const { organization } = estate.foundation.model;
  const context: Record<string, RequestValue> = { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' };
  const caller = readCaller(principal === '*' ? null : principal, false);
  const account = accountOf(caller);
  if (organization.id !== undefined && account !== undefined && organization.accounts.has(account)) context['aws:PrincipalOrgID'] = organization.id;
  for (const [key, value] of principalOf(caller, estate)?.entity.tags ?? []) context[`aws:PrincipalTag/${key}`] = value;
  const target = estate.foundation.resources.find(resource).entity;
  if (target === undefined) return context;
  if (organization.id !== undefined && organization.accounts.has(target.account)) context['aws:ResourceOrgID'] = organization.id;
  for (const [key, value] of target.tags) context[`aws:ResourceTag/${key}`] = value;
  return context;
}

function statementAt({ layer, levelIndex, policyIndex, statementIndex }: StatementReference, layers: Layers): DecidingStatement | undefined {
  const entries = layer === 'scp' || layer === 'rcp' ? layers[layer][levelIndex ?? 0]?.entries : layers[layer];
  const entry = entries?.[policyIndex];
  const statement = entry?.document.statements.find((one) => one.index === statementIndex);
  if (entry === undefined || statement === undefined) return undefined;
  return { layer, effect: statement.effect, policy: displayText(entry.name), sid: statement.sid === undefined ? undefined : displayText(statement.sid.text), index: statementIndex, origin: statement.origin };
}
