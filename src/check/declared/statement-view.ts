import type { Verdict } from '../../core/verdict.ts';
import { hasHole } from '../../iam/token.ts';
import { ActionSet } from '../facts/action.ts';
import { ownerName, policyNoun } from '../facts/policy-name.ts';
import type { StatementFacts } from '../facts/statement.ts';
import { whyGap, whyUnknown } from '../facts/unknown.ts';
import { conditionList, valueList } from './condition-lists.ts';
import { countOf } from './counts.ts';
import { actionList, fixedTextList, placeholderList, principalList, resourceList, variableList } from './statement-lists.ts';
import { type FieldValue, NotKnown, type View } from './view.ts';

/** A statement as declared rules see it. */
export const statementView: View<StatementFacts> = {
  fields: {
    kind: ({ kind }) => kind,
    managed: ({ managed }) => managed,
    synthetic: ({ synthetic }) => synthetic,
    service: ({ service }) => service,
    owner: ({ policy }) => ownerName(policy),
    noun: (facts) => policyNoun(facts, facts.service),
    version: ({ version }) => version,
    effect: (facts) => effectOf(facts),
    grants: ({ grants }) => grants,
    sid: ({ statement }) => (statement.sid !== undefined && hasHole(statement.sid.text) ? new NotKnown(whyUnknown(statement.sid.text)) : statement.sid?.text),
    hasSid: ({ statement }) => statement.sid !== undefined,
    action: ({ statement }) => elementOf('Action', statement.action),
    resource: ({ statement }) => elementOf('Resource', statement.resource),
    principal: ({ statement }) => elementOf('Principal', statement.principal),
    principalForm: (facts) => principalForm(facts),
    assumes: (facts) => facts.matching(ASSUMING).names,
    actionCount: (facts) => countOf(facts, 'Action', facts.actions.length),
    resourceCount: (facts) => countOf(facts, 'Resource', facts.resources.length),
    principalCount: (facts) => countOf(facts, 'Principal', facts.principals.length),
    conditionCount: (facts) => countOf(facts, 'Condition', facts.conditions.length),
    callerConfined: (facts) => verdictField(facts.callerScope.confined, facts.callerScope.because),
    resourceConfined: (facts) => verdictField(facts.resourceScope.confined, facts.resourceScope.because),
    emptyCondition: (facts) => facts.hasEmptyCondition,
  },
  lists: { actions: actionList(), resources: resourceList(), principals: principalList(), conditions: conditionList(), values: valueList(), variables: variableList(), fixedTexts: fixedTextList(), placeholders: placeholderList() },
  places: {
    statement: ({ statement }) => statement.origin,
    sid: ({ statement }) => statement.sid?.origin ?? statement.origin,
    action: ({ statement }) => statement.action?.origin ?? statement.origin,
    resource: ({ statement }) => statement.resource?.origin ?? statement.origin,
    principal: ({ statement }) => statement.principal?.origin ?? statement.origin,
    condition: ({ statement }) => statement.conditions[0]?.origin ?? statement.origin,
  },
  when: ({ statement }) => statement.when,
  evidence: () => ({}),
  // They look beyond the statement's shape, which every rule that reads them must be seen to do.
  unremembered: new Set(['owner', 'emptyCondition', 'actionCount', 'resourceCount', 'principalCount']),
};

function effectOf({ statement }: StatementFacts): FieldValue {
  if (statement.effect !== 'unknown') return statement.effect;
  const gap = statement.gaps.find((one) => one.element === 'Effect');
  return gap === undefined ? 'none' : new NotKnown(whyGap(gap));
}

function elementOf(name: string, element: { readonly negated: boolean } | undefined): string {
  return element === undefined ? 'none' : element.negated ? `Not${name}` : name;
}

function verdictField(verdict: Verdict, because: string | undefined): FieldValue {
  return verdict === 'unknown' ? new NotKnown(because ?? 'a condition is not known') : verdict === 'yes';
}

/** The ways to take on a role. */
const ASSUMING = new ActionSet(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']);

function principalForm({ statement, principals }: StatementFacts): string {
  if (statement.principal === undefined) return 'none';
  if (statement.principal.negated) return 'not-principal';
  return principals.length === 1 && principals[0]?.kind === 'anyone' ? 'everyone' : 'some';
}
