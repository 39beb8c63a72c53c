import type { Verdict } from '../core/verdict.ts';
import type { PrincipalEntry } from '../iam/policy-document.ts';
import { matchAction } from '../engine/statement-match.ts';
import { type ActionName, readActionName } from '../iam/action.ts';
import type { Policy, Principal } from '../model/model.ts';
import { type AccessQuery, questionOf } from './access.ts';
import { type Answer, answerOf } from './answer.ts';
import type { InternedDocument } from './documents.ts';
import type { Foundation } from './foundation.ts';
import type { Holding } from './holdings.ts';
import type { KnownResource } from './resources.ts';

/** Someone who can do it, or may. */
export interface Grantee {
  /** ARN, account, service, identity provider, or `*`. */
  readonly name: string;
  readonly principal: Principal | undefined;
  readonly answer: Exclude<Verdict, 'no'>;
  readonly details: () => Answer;
}

export interface WhoCan {
  readonly grantees: readonly Grantee[];
  readonly resource: KnownResource;
  /** Why the list may lack someone. */
  readonly unknowns: readonly string[];
}

/** Who may do an action on a resource: principals of the model, and outsiders that a policy on the resource names. */
export function whoCan(query: Omit<AccessQuery, 'principal'>, foundation: Foundation): WhoCan {
  const { model } = foundation;
  const resource = foundation.resources.find(query.resource);
  const action = readActionName(query.action);
  if (action === undefined) return { grantees: [], resource, unknowns: [`\`${query.action}\` is no action`] };
  const named = entriesOf(resource);
  const grants = new Map<number, boolean>();
  const answers = new Map<string, Verdict>();
  const grantees: Grantee[] = [];
  const personal = resource.policies !== 'unknown' && resource.policies.some((policy) => foundation.store.intern(policy.document).personal);
  for (const principal of model.principals) {
    if (principal.kind === 'group') continue;
    const holding = foundation.holdingOf(principal);
    if (!mayGrant(holding, action, grants) && !named.has(principal.entity.arn) && !named.has('*') && !holding.open) continue;
    if (holding.account !== resource.account && resource.account !== undefined && !named.has('*') && !named.has(principal.entity.arn) && !named.has(holding.account) && resource.policies !== 'unknown') continue;
    const key = personal ? principal.entity.id : holding.key;
    let verdict = answers.get(key);
    const asked = { ...query, principal: principal.entity.arn };
    const question = questionOf(asked, principal, resource, foundation);
    if (verdict === undefined) {
      verdict = answerOf(question, foundation.judge.ask(question), foundation.judge, model).answer;
      answers.set(key, verdict);
    }
    if (verdict !== 'no') grantees.push({ name: principal.entity.arn, principal, answer: verdict, details: () => answerOf(question, foundation.judge.ask(question), foundation.judge, model) });
  }
  for (const name of named) {
    if (foundation.principalNamed(name) !== undefined || name === resource.account) continue;
    const question = questionOf({ ...query, principal: name }, undefined, resource, foundation);
    const outsider = /^\d{12}$/.test(name) || name.startsWith('arn:aws:iam::');
    // What an outsider's own account allows it is not ours to know: the resource's side decides.
    const asked = outsider ? { ...question, holding: undefined, principal: name } : question;
    const judged = outsider ? outsiderVerdict(asked.principal ?? '', query, resource, foundation) : foundation.judge.ask(asked).verdict;
    if (judged !== 'no') grantees.push({ name, principal: undefined, answer: judged, details: () => answerOf(asked, foundation.judge.ask(asked), foundation.judge, model) });
  }
  return { grantees, resource, unknowns: resource.policies === 'unknown' ? [`\`${resource.arn}\` is not in the inputs: a policy on it may admit others`] : [] };
}

/** Does the resource's side admit someone whose own policies are elsewhere? */
function outsiderVerdict(name: string, query: Omit<AccessQuery, 'principal'>, resource: KnownResource, foundation: Foundation): Verdict {
  const question = questionOf({ ...query, principal: name }, undefined, resource, foundation);
  const decision = foundation.judge.ask(question).decision;
  if (decision.decision === 'explicit-deny') return 'no';
  return decision.decision === 'allowed' || decision.blockedBy.every((layer) => layer === 'identity') ? 'yes' : decision.blockedBy.includes('resource') && decision.decision === 'implicit-deny' ? 'no' : 'unknown';
}

function entriesOf(resource: KnownResource): ReadonlySet<string> {
  const names = new Set<string>();
  for (const policy of resource.policies === 'unknown' ? [] : resource.policies) for (const entry of allowEntries(policy)) names.add(nameOf(entry));
  return names;
}

/** The principals that a policy's Allow statements name. */
export function allowEntries(policy: Policy): readonly PrincipalEntry[] {
  return policy.document.statements.flatMap((statement) => (statement.effect === 'Deny' || statement.principal === undefined || statement.principal.negated ? [] : statement.principal.entries));
}

/** An account by its id, everyone as `*`, others as written. */
export function nameOf(entry: PrincipalEntry): string {
  if (entry.type === 'anyone') return '*';
  const account = /^arn:[^:]*:iam::([^:]+):root$/.exec(entry.text);
  return account?.[1] ?? entry.text;
}

function mayGrant(holding: Holding, action: ActionName, memo: Map<number, boolean>): boolean {
  return holding.identity.some((document) => documentGrants(document, action, memo));
}

function documentGrants(document: InternedDocument, action: ActionName, memo: Map<number, boolean>): boolean {
  const known = memo.get(document.id);
  if (known !== undefined) return known;
  const grants = document.compiled.openReasons.length > 0 || document.compiled.statements.some((statement) => statement.effect !== 'Deny' && matchAction(statement.action, statement.gaps.action, action) !== 'no');
  memo.set(document.id, grants);
  return grants;
}
