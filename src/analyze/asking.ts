import { and, type Verdict } from '../core/verdict.ts';
import type { TechniquePermission } from '../data/techniques.ts';
import type { Decision, RequestValue } from '../engine/types.ts';
import type { Entity, Policy } from '../model/model.ts';
import { chosenResources } from './candidates.ts';
import type { Foundation } from './foundation.ts';
import { callerArn, type Holding } from './holdings.ts';
import { append } from './inventory.ts';
import type { Question } from './judge.ts';

/** A request of a technique with its answer. */
export interface Asked {
  readonly question: Question;
  readonly decision: Decision;
}

/** Requests that are all allowed, or may be. */
export interface Granted {
  readonly verdict: Exclude<Verdict, 'no'>;
  readonly asked: readonly Asked[];
}

/** What a permission is asked for. */
export interface Target {
  readonly arn: string;
  readonly account: string;
  readonly entity: Entity | undefined;
  /** Policies on the target that take part: the trust policy of a role to be assumed. */
  readonly policies?: readonly Policy[];
}

/** AWS's policy that an actor would attach: it gives everything. */
const ATTACHED = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Asks for one permission on one resource; `undefined` when it is denied. */
export function askFor(permission: TechniquePermission, holding: Holding, target: Target, foundation: Foundation): Granted | undefined {
  const context: Record<string, RequestValue> = {};
  if (permission.passedTo !== undefined) context['iam:PassedToService'] = permission.passedTo;
  if (POLICY_CHOICE.has(permission.action)) context['iam:PolicyARN'] = ATTACHED;
  const question: Question = {
    principal: callerArn(holding.principal),
    holding,
    action: permission.action,
    resource: target.arn,
    resourceAccount: target.account,
    resourcePolicies: target.policies,
    target: target.entity,
    context,
  };
  const { verdict, decision } = foundation.judge.ask(question);
  return verdict === 'no' ? undefined : { verdict, asked: [{ question, decision }] };
}

/** Attaching a policy names it in the request; a technique needs a mighty one. Source: service authorization reference, IAM, `iam:PolicyARN`. */
const POLICY_CHOICE: ReadonlySet<string> = new Set(['iam:AttachUserPolicy', 'iam:AttachRolePolicy', 'iam:AttachGroupPolicy']);

/** All of them; `undefined` when one is missing. */
export function together(...parts: readonly (Granted | undefined)[]): Granted | undefined {
  let verdict: Verdict = 'yes';
  const asked: Asked[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    verdict = and(verdict, part.verdict);
    asked.push(...part.asked);
  }
  return verdict === 'no' ? undefined : { verdict, asked };
}

/** All permissions on the same target. */
export function askAll(permissions: readonly TechniquePermission[], holding: Holding, target: Target, foundation: Foundation): Granted | undefined {
  let sum: Granted | undefined = NOTHING;
  for (const permission of permissions) {
    sum = together(sum, askFor(permission, holding, target, foundation));
    if (sum === undefined) return undefined;
  }
  return sum;
}

export const NOTHING: Granted = { verdict: 'yes', asked: [] };

/**
 * Permissions on resources of the actor's choice: for each type of resource there must be one on which all permissions of that type
 * are allowed, since the call that makes it and the call that uses it mean the same thing.
 */
export function askChosen(permissions: readonly TechniquePermission[], holding: Holding, foundation: Foundation): Granted | undefined {
  const groups = new Map<string, TechniquePermission[]>();
  for (const permission of permissions) append(groups, permission.resourceType ?? '', permission);
  let sum: Granted | undefined = NOTHING;
  for (const [type, group] of groups) {
    sum = together(sum, best(group, type === '' ? undefined : type, holding, foundation));
    if (sum === undefined) return undefined;
  }
  return sum;
}

function best(group: readonly TechniquePermission[], type: string | undefined, holding: Holding, foundation: Foundation): Granted | undefined {
  const resources = new Set(group.flatMap(({ action }) => chosenResources(holding, action, type)));
  let found: Granted | undefined;
  for (const arn of resources) {
    const granted = askAll(group, holding, { arn, account: holding.account, entity: undefined }, foundation);
    if (granted?.verdict === 'yes') return granted;
    found ??= granted;
  }
  return found;
}
