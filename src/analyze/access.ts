import { parseArn } from '../iam/arn.ts';
import type { Entity, Policy, Principal } from '../model/model.ts';
import { readCaller, accountOf } from '../iam/principal.ts';
import { type Answer, answerOf } from './answer.ts';
import { callerArn } from './holdings.ts';
import type { Foundation } from './foundation.ts';
import type { Question } from './judge.ts';
import type { KnownResource } from './resources.ts';
import type { RequestValue } from '../engine/types.ts';

/** Who wants to do what to which resource. `principal` is an ARN, a name of the model, a service principal, or `*` for anyone. */
export interface AccessQuery {
  readonly principal: string;
  readonly action: string;
  /** ARN, a name of the model, or `*`. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, RequestValue>> | undefined;
}

export interface AccessAnswer extends Answer {
  /** The principal of the model, where it is one. */
  readonly principal: Principal | undefined;
  readonly resource: KnownResource;
}

/** May the principal do it? Keys that `context` does not name are not known, and say so in the answer where they decide. */
export function can(query: AccessQuery, foundation: Foundation): AccessAnswer {
  const principal = foundation.principalNamed(query.principal);
  const resource = foundation.resources.find(query.resource);
  const question = questionOf(query, principal, resource, foundation);
  return { ...answerOf(question, foundation.judge.ask(question), foundation.judge, foundation.model), principal, resource };
}

/** The request as the judge takes it. */
export function questionOf(query: AccessQuery, principal: Principal | undefined, resource: KnownResource, foundation: Foundation): Question {
  const holding = principal === undefined ? undefined : foundation.holdingOf(principal);
  const caller = query.principal === '*' ? null : (principal === undefined ? query.principal : callerArn(principal));
  const callerAccount = holding?.account ?? accountOf(readCaller(caller, caller === null));
  const resourceAccount = resource.account ?? (resource.entity === undefined ? callerAccount : resource.entity.account);
  return {
    principal: caller,
    holding,
    action: query.action,
    resource: resource.arn,
    resourceAccount,
    resourcePolicies: policiesFor(query.action, resource, callerAccount !== undefined && callerAccount === resourceAccount),
    target: resource.entity,
    context: query.context,
  };
}

/** Actions of STS that trust policies judge. */
const ASSUMING = /^sts:(?:assumerole(?:withsaml|withwebidentity)?|tagsession|setsourceidentity)$/i;

/**
 * Policies on a resource that decide a request. Within one account most resources need none, so one that is not in the inputs is
 * taken to have none; keys and roles always have one. Source: IAM User Guide, "Policy evaluation logic".
 */
function policiesFor(action: string, resource: KnownResource, sameAccount: boolean): readonly Policy[] | 'unknown' {
  if (resource.policies !== 'unknown') return relevant(action, resource.policies, resource.entity);
  if (!sameAccount) return resource.arn === '*' ? [] : 'unknown';
  const arn = parseArn(resource.arn);
  const ownPolicy = (arn?.service === 'kms' && arn.resource.startsWith('key/')) || (arn?.service === 'iam' && ASSUMING.test(action));
  return ownPolicy ? 'unknown' : [];
}

/** A trust policy judges only who becomes the role, not who may change it. */
function relevant(action: string, policies: readonly Policy[], entity: Entity | undefined): readonly Policy[] {
  if (entity?.entity !== 'role') return policies;
  return ASSUMING.test(action) ? policies.filter((policy) => policy.kind === 'trust') : [];
}
