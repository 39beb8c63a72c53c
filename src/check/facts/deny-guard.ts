import type { ConditionFact } from './condition.ts';
import { globCovers } from './glob.ts';
import { StatementFacts } from './statement.ts';

/**
 * Is what a statement allows denied again, by another statement of the policy, to whoever lies outside a fixed set of callers?
 * A `Deny` for everyone whose every condition is negated and names accounts, an organization, principals or a network does that;
 * carve-outs for AWS services do not matter.
 */
export function isGuardedByDeny(facts: StatementFacts): boolean {
  return facts.policy.document.statements.some((statement) => {
    if (statement.effect !== 'Deny' || statement === facts.statement || statement.when.length > 0) return false;
    const deny = new StatementFacts(facts.policy, statement, facts.model);
    return deniesEveryone(deny) && coversActions(deny, facts) && coversResources(deny, facts) && deniesOutsiders(deny.conditions);
  });
}

function deniesEveryone(deny: StatementFacts): boolean {
  return !deny.principalsNegated && deny.principals.some((principal) => principal.kind === 'anyone');
}

function coversActions(deny: StatementFacts, allow: StatementFacts): boolean {
  if (deny.actionsNegated || allow.actionsNegated) return false;
  return allow.actions.every((action) => deny.actions.some((denied) => denied.pattern.width === 'any' || globCovers(denied.at.text.toLowerCase(), action.at.text.toLowerCase())));
}

function coversResources(deny: StatementFacts, allow: StatementFacts): boolean {
  if (deny.statement.resource === undefined) return true;
  if (deny.resourcesNegated || allow.resourcesNegated) return false;
  return allow.resources.every((resource) => deny.resources.some((denied) => denied.pattern.width === 'any' || globCovers(denied.at.text, resource.at.text)));
}

const CARVE_OUTS: ReadonlySet<string> = new Set(['aws:principalisawsservice', 'aws:viaawsservice', 'aws:principalservicename']);

function deniesOutsiders(conditions: readonly ConditionFact[]): boolean {
  const outsiders = conditions.filter((condition) => !CARVE_OUTS.has(condition.key));
  return outsiders.length > 0 && outsiders.every((condition) => condition.excludesOutsiders);
}
