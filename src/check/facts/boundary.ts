import type { Policy } from '../../model/model.ts';
import { ActionSet } from './action.ts';
import type { ModelFacts } from './model.ts';
import { reachOf } from './reach.ts';
import { StatementFacts } from './statement.ts';

const REMOVAL = new ActionSet(['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary', 'iam:PutUserPermissionsBoundary']);

/** Does a policy allow every action on every resource, and deny nothing? */
export function allowsEverything(policy: Policy, model: ModelFacts): boolean {
  const statements = factsOf(policy, model);
  return statements.some(isAdministrator) && !statements.some((facts) => facts.statement.effect === 'Deny');
}

/** The rights to change boundaries that a policy allows on broad resources and does not deny. */
export function boundaryRemovals(policy: Policy, model: ModelFacts): readonly string[] {
  const statements = factsOf(policy, model);
  const allowed = new Set(statements.flatMap((facts) => (facts.statement.effect === 'Allow' && facts.unconditional === 'yes' && reachOf(facts, 'iam').verdict === 'yes' ? facts.matching(REMOVAL).names : [])));
  for (const facts of statements) if (facts.statement.effect === 'Deny') for (const name of facts.matching(REMOVAL).names) allowed.delete(name);
  return [...allowed];
}

function isAdministrator(facts: StatementFacts): boolean {
  return facts.statement.effect === 'Allow' && !facts.actionsNegated && facts.unconditional === 'yes' && facts.statement.when.length === 0 && facts.actions.some(({ pattern }) => pattern.width === 'any') && reachOf(facts).verdict === 'yes' && !facts.resourcesNegated;
}

function factsOf(policy: Policy, model: ModelFacts): readonly StatementFacts[] {
  return policy.document.statements.map((statement) => new StatementFacts(policy, statement, model));
}
