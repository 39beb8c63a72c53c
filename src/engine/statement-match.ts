import { and, not, or, type Verdict, verdictOf } from '../core/verdict.ts';
import { type ActionName, matchActions } from '../iam/action.ts';
import { matchFilled } from '../iam/condition/context.ts';
import { evaluateCondition } from '../iam/condition/index.ts';
import { type Caller, type GrantKind, matchPrincipal } from '../iam/principal.ts';
import type { ActionElement, CompiledPrincipals, CompiledStatement, ResourceElement } from './compile.ts';
import type { RequestContext } from './request-context.ts';

/** A request, read once for all the statements it is held against. */
export interface PreparedRequest {
  readonly action: ActionName;
  readonly resource: string;
  readonly caller: Caller;
  readonly context: RequestContext;
  /** Has the caller a permissions boundary? It decides how `NotPrincipal` with `Deny` applies. */
  readonly boundary: Verdict;
}

/** Do action, resource and conditions of a statement match? The principal is judged apart. */
export function matchStatement(statement: CompiledStatement, request: PreparedRequest, resourceOptional: boolean): Verdict {
  let verdict = matchAction(statement.action, statement.gaps.action, request.action);
  if (verdict === 'no') return 'no';
  verdict = and(verdict, matchResource(statement.resource, statement.gaps.resource, request, resourceOptional));
  if (verdict === 'no') return 'no';
  if (statement.conditions.length > 0) verdict = and(verdict, matchConditions(statement, request));
  if (statement.gaps.condition && verdict === 'yes') verdict = 'unknown';
  return and(verdict, statement.present);
}

/** Does an `Action` or `NotAction` element cover the action? */
export function matchAction(element: ActionElement | undefined, gap: boolean, action: ActionName): Verdict {
  if (element === undefined) return gap ? 'unknown' : 'no';
  let verdict = matchActions(element.sure, action);
  if (verdict === 'no' && element.perhaps !== undefined && matchActions(element.perhaps, action) !== 'no') verdict = 'unknown';
  if (verdict === 'no' && gap) verdict = 'unknown';
  return element.negated ? not(verdict) : verdict;
}

function matchResource(element: ResourceElement | undefined, gap: boolean, request: PreparedRequest, optional: boolean): Verdict {
  if (element === undefined) return optional ? 'yes' : gap ? 'unknown' : 'no';
  if (element.everything) return verdictOf(!element.negated);
  let verdict: Verdict = 'no';
  for (const { pattern, present } of element.patterns) {
    verdict = or(verdict, and(matchFilled(pattern, request.resource, request.context), present));
    if (verdict === 'yes') break;
  }
  if (verdict === 'no' && gap) verdict = 'unknown';
  return element.negated ? not(verdict) : verdict;
}

/** An operator that AWS does not have makes the document one AWS refuses: an Allow grants nothing, a Deny may be meant. */
function matchConditions(statement: CompiledStatement, request: PreparedRequest): Verdict {
  let verdict: Verdict = 'yes';
  for (const condition of statement.conditions) {
    const refused = condition.use === undefined && !condition.openOperator && statement.effect === 'Allow' && condition.present === 'yes';
    verdict = and(verdict, refused ? 'no' : evaluateCondition(condition, request.context));
    if (verdict === 'no') return 'no';
  }
  return verdict;
}

/** How far a resource policy's statement names the caller, by kind of grant. */
export interface PrincipalMatch {
  readonly direct: Verdict;
  readonly role: Verdict;
  readonly account: Verdict;
}

const NOBODY: PrincipalMatch = { direct: 'no', role: 'no', account: 'no' };
/** What holds where a statement names no principals because it is attached to one. */
export const EVERYBODY: PrincipalMatch = { direct: 'yes', role: 'no', account: 'no' };

/** Judges `Principal`/`NotPrincipal` of one statement; a statement without either names nobody unless `optional`. */
export function matchPrincipals(statement: CompiledStatement, request: PreparedRequest, optional: boolean): PrincipalMatch {
  const { principal } = statement;
  if (principal === undefined) return statement.gaps.principal ? { ...NOBODY, direct: 'unknown' } : optional ? EVERYBODY : NOBODY;
  if (principal.negated) {
    const spared = statement.effect === 'Deny' ? isSpared(principal, request) : isListed(principal, request.caller);
    const verdict = not(statement.gaps.principal ? or(spared, 'unknown') : spared);
    return { ...NOBODY, direct: verdict };
  }
  const found: Record<GrantKind, Verdict> = { direct: statement.gaps.principal ? 'unknown' : 'no', role: 'no', account: 'no' };
  for (const { pattern, present } of principal.entries) {
    const match = matchPrincipal(pattern, request.caller);
    if (match.verdict !== 'no') found[match.grant] = or(found[match.grant], and(match.verdict, present));
    if (found.direct === 'yes') break;
  }
  return found;
}

function isListed(principal: CompiledPrincipals, caller: Caller): Verdict {
  let verdict: Verdict = 'no';
  for (const { pattern, present } of principal.entries) verdict = or(verdict, and(matchPrincipal(pattern, caller).verdict, present));
  return verdict;
}

/**
 * `Deny` with `NotPrincipal` spares a caller only when every identity it acts under is listed: session, role and account,
 * or user and account; a caller with a permissions boundary is never spared.
 * Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
 */
function isSpared(principal: CompiledPrincipals, request: PreparedRequest): Verdict {
  const { caller } = request;
  const listed = (kinds: readonly string[]): Verdict => {
    const chosen = principal.entries.filter(({ pattern }) => kinds.includes(pattern.kind));
    return isListed({ negated: false, entries: chosen }, caller);
  };
  const everyone = listed(['anyone', 'unclear']);
  switch (caller.kind) {
    case 'user':
      return or(everyone, and(listed(['user']), listed(['account']), not(request.boundary)));
    case 'role':
      return or(everyone, and(listed(['session']), listed(['role']), listed(['account']), not(request.boundary)));
    case 'federated-user':
      return or(everyone, and(listed(['federated-user']), listed(['user']), listed(['account'])));
    default:
      return isListed(principal, caller);
  }
}
