import { type Verdict, verdictOf } from '../core/verdict.ts';
import type { Origin } from '../core/source.ts';
import type { CompiledPolicy } from '../engine/compile.ts';
import { type CompiledLayers, evaluateCompiled } from '../engine/evaluate.ts';
import { RequestContext } from '../engine/request-context.ts';
import { matchPrincipals, matchStatement, type PreparedRequest } from '../engine/statement-match.ts';
import type { Decision, Layer, Request, RequestValue } from '../engine/types.ts';
import { readActionName } from '../iam/action.ts';
import type { Condition, Statement } from '../iam/policy-document.ts';
import { readCaller } from '../iam/principal.ts';
import type { Entity, PermissionModel, Policy } from '../model/model.ts';
import type { AccountControls } from './controls.ts';
import type { DocumentStore } from './documents.ts';
import type { Holding } from './holdings.ts';

/** A statement that takes part in an answer, with the policy and the place it stands in. */
export interface Ground {
  readonly layer: Layer;
  readonly policy: Policy;
  readonly statement: Statement;
  readonly origin: Origin;
}

/** A condition that no fact of the model settles: the answer holds when it does (for a Deny: when it does not). */
export interface CarriedCondition {
  readonly effect: 'Allow' | 'Deny';
  readonly condition: Condition;
}

/** One request put to the model. `holding` is missing for callers that no input declares. */
export interface Question {
  readonly principal: string | null;
  readonly holding?: Holding | undefined;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount?: string | undefined;
  /** The policies on the resource; `unknown` when they may exist unseen. */
  readonly resourcePolicies?: readonly Policy[] | 'unknown' | undefined;
  /** Who owns the resource, for its tags. */
  readonly target?: Entity | undefined;
  readonly context?: Readonly<Record<string, RequestValue>> | undefined;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly decision: Decision;
}

/** Asks the engine on behalf of the model. */
export interface Judge {
  readonly ask: (question: Question) => Judgement;
  /** The statements that allow or may allow, those that deny or may deny, and the conditions left open. */
  readonly explain: (question: Question, decision: Decision) => Explanation;
  readonly requestOf: (question: Question) => Request;
}

export interface Explanation {
  readonly because: readonly Ground[];
  readonly conditions: readonly CarriedCondition[];
}

/** Makes the judge of a model. */
export function createJudge(model: PermissionModel, store: DocumentStore, controlsOf: (account: string) => AccountControls): Judge {
  const requestOf = (question: Question): Request => toRequest(question, model);
  const layersOf = (question: Question): CompiledLayers => toLayers(question, model, store, controlsOf);
  return {
    requestOf,
    ask: (question) => {
      const decision = evaluateCompiled(requestOf(question), layersOf(question));
      return { decision, verdict: decision.decision === 'unknown' ? 'unknown' : verdictOf(decision.decision === 'allowed') };
    },
    explain: (question, decision) => explain(requestOf(question), question, decision, { layers: layersOf(question), store, controlsOf }),
  };
}

function toRequest(question: Question, model: PermissionModel): Request {
  const { holding, target } = question;
  const context: Record<string, RequestValue> = { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' };
  if (holding !== undefined) {
    const { organization } = model;
    if (organization.id !== undefined && organization.accounts.has(holding.account)) context['aws:PrincipalOrgID'] = organization.id;
    if (!holding.choosesTags) for (const [key, value] of holding.principal.entity.tags) context[`aws:PrincipalTag/${key}`] = value;
  }
  if (target !== undefined) {
    if (model.organization.id !== undefined && model.organization.accounts.has(target.account)) context['aws:ResourceOrgID'] = model.organization.id;
    for (const [key, value] of target.tags) {
      context[`aws:ResourceTag/${key}`] = value;
      context[`iam:ResourceTag/${key}`] = value;
    }
  }
  return {
    principal: question.principal,
    anonymous: question.principal === null,
    action: question.action,
    resource: question.resource,
    resourceAccount: question.resourceAccount,
    context: question.context === undefined ? context : { ...context, ...question.context },
    unknownContext: true,
    settings: { managementAccount: model.organization.managementAccount, ...(holding?.serviceLinked === true ? { serviceLinkedRole: true } : {}) },
  };
}

function toLayers(question: Question, model: PermissionModel, store: DocumentStore, controlsOf: (account: string) => AccountControls): CompiledLayers {
  const { holding, resourcePolicies } = question;
  const resourceAccount = question.resourceAccount ?? holding?.account;
  const rcp = resourceAccount === undefined || model.organization.attached === undefined ? [] : controlsOf(resourceAccount).rcp.levels;
  const resource = resourcePolicies === undefined ? null : resourcePolicies === 'unknown' ? resourcePolicies : resourcePolicies.map((policy) => store.intern(policy.document).compiled);
  if (holding === undefined) return { identity: [], resource, rcp };
  const { boundary } = holding;
  return {
    identity: holding.identity.map((document) => document.compiled),
    ...(boundary === undefined ? {} : { boundary: boundary === 'unknown' ? 'unknown' : [boundary.compiled] }),
    scp: holding.controls.scp.levels,
    rcp,
    resource,
  };
}

interface Explaining {
  readonly layers: CompiledLayers;
  readonly store: DocumentStore;
  readonly controlsOf: (account: string) => AccountControls;
}

function explain(request: Request, question: Question, decision: Decision, { store, controlsOf }: Explaining): Explanation {
  const action = readActionName(request.action);
  if (action === undefined) return { because: [], conditions: [] };
  const { holding } = question;
  const caller = readCaller(request.principal, request.anonymous === true);
  const prepared: PreparedRequest = { action, resource: request.resource, caller, context: new RequestContext(request, caller, request.resourceAccount ?? holding?.account), boundary: holding?.boundary === undefined ? 'no' : 'yes' };
  const because: Ground[] = [];
  const conditions: CarriedCondition[] = [];
  const denied = decision.decision === 'explicit-deny';
  const look = (layer: Layer, policy: Policy, compiled: CompiledPolicy): void => {
    for (const statement of compiled.statements) {
      let matched = matchStatement(statement, prepared, layer === 'resource');
      if (matched === 'no') continue;
      if (layer === 'resource' || layer === 'rcp') {
        const named = matchPrincipals(statement, prepared, layer === 'rcp');
        if (named.direct === 'no' && named.role === 'no' && named.account === 'no') continue;
        if (named.direct !== 'yes' && named.role !== 'yes' && named.account !== 'yes') matched = 'unknown';
      }
      const deny = statement.effect === 'Deny';
      const control = layer === 'scp' || layer === 'rcp';
      if (denied ? deny && matched === 'yes' : !deny && !control && layer !== 'boundary') because.push({ layer, policy, statement: statement.source, origin: placeOf(statement.source, action.text) });
      if (matched !== 'unknown' || denied || statement.effect === 'unknown') continue;
      if (control && !deny) continue;
      const effect = deny ? 'Deny' : 'Allow';
      for (const condition of statement.source.conditions) conditions.push({ effect, condition });
    }
  };
  if (holding !== undefined) {
    for (const [index, policy] of holding.attached.entries()) {
      const interned = holding.identity[index];
      if (interned !== undefined) look('identity', policy, interned.compiled);
    }
    if (typeof holding.boundary === 'object' && holding.principal.boundary?.policy !== undefined) look('boundary', holding.principal.boundary.policy, holding.boundary.compiled);
    for (const policies of holding.controls.scp.policies) for (const policy of policies) look('scp', policy, store.intern(policy.document).compiled);
  }
  const account = question.resourceAccount ?? holding?.account;
  if (account !== undefined) for (const policies of controlsOf(account).rcp.policies) for (const policy of policies) look('rcp', policy, store.intern(policy.document).compiled);
  if (question.resourcePolicies !== undefined && question.resourcePolicies !== 'unknown') for (const policy of question.resourcePolicies) look('resource', policy, store.intern(policy.document).compiled);
  return { because, conditions: decision.decision === 'allowed' ? [] : conditions };
}

/** The action string that names the action, else the statement. */
function placeOf(statement: Statement, action: string): Origin {
  const element = statement.action;
  if (element === undefined || element.negated) return element?.origin ?? statement.origin;
  const exact = element.patterns.find((text) => text.text.toLowerCase() === action);
  const service = action.slice(0, action.indexOf(':') + 1);
  const near = element.patterns.find((text) => text.text === '*' || text.text === '*:*' || (text.text.toLowerCase().startsWith(service) && text.text.includes('*')));
  return (exact ?? near)?.origin ?? statement.origin;
}
