import type { Verdict } from '../../core/verdict.ts';
import { nearestAction, nearestConditionKey, nearestService } from '../../data/nearest.ts';
import { displayText, hasHole } from '../../iam/token.ts';
import { arnFaults } from '../facts/arn-format.ts';
import { ActionSet, knowsService } from '../facts/action.ts';
import { isKnownAction, isKnownKey } from '../facts/catalogue.ts';
import { nearestServicePrincipal, servicePrincipal } from '../../data/service-principals.ts';
import { addressScope, coversEveryAddress, isAlwaysTrue, isInverse, isNeverTrue, mfaFault, operandMismatch, usesPattern, valueCount } from '../facts/condition-judgement.ts';
import { valueFaults } from '../facts/condition-values.ts';
import { nearestOperator } from '../facts/operator.ts';
import { hasWildcard, isWhollyOpen } from '../facts/outline.ts';
import { placeholdersOf, placeholderWord } from '../facts/placeholder.ts';
import { ownerName, policyNoun } from '../facts/policy-name.ts';
import type { StatementFacts } from '../facts/statement.ts';
import { whyGap, whyUnknown } from '../facts/unknown.ts';
import { usesVariable, variablesOf } from '../facts/variables.ts';
import { isWritten } from '../facts/written.ts';
import { type FieldValue, type ListView, listView, NotKnown, type View } from './view.ts';

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
  unremembered: new Set(['owner', 'emptyCondition']),
};

function effectOf({ statement }: StatementFacts): FieldValue {
  if (statement.effect !== 'unknown') return statement.effect;
  const gap = statement.gaps.find((one) => one.element === 'Effect');
  return gap === undefined ? 'none' : new NotKnown(whyGap(gap));
}

function elementOf(name: string, element: { readonly negated: boolean } | undefined): string {
  return element === undefined ? 'none' : element.negated ? `Not${name}` : name;
}

function countOf({ statement }: StatementFacts, element: string, count: number): FieldValue {
  const gap = statement.gaps.find((one) => one.element.replace(/^Not/, '').startsWith(element));
  return gap === undefined ? count : new NotKnown(whyGap(gap));
}

function verdictField(verdict: Verdict, because: string | undefined): FieldValue {
  return verdict === 'unknown' ? new NotKnown(because ?? 'a condition is not known') : verdict === 'yes';
}

function actionList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => facts.actions,
    fields: {
      text: ({ at }) => displayText(at.text),
      width: ({ at, pattern }) => (pattern.width === 'unknown' ? new NotKnown(whyUnknown(at.text)) : pattern.width),
      service: ({ at, pattern }) => pattern.service ?? (pattern.width === 'unknown' && isWhollyOpen(at.text) ? new NotKnown(whyUnknown(at.text)) : undefined),
      serviceKnown: ({ pattern }) => pattern.service === undefined ? pattern.width !== 'across' || knowsService(pattern.text.slice(0, pattern.text.indexOf(':'))) : knowsService(pattern.service),
      known: ({ at, pattern }, facts) => (pattern.width === 'unknown' ? new NotKnown(whyUnknown(at.text)) : !isWritten(at) || isKnownAction(pattern, facts.knownActions)),
      variable: ({ at }) => usesVariable(at.text),
      suggestion: ({ pattern }) => didYouMean(pattern.service !== undefined && !knowsService(pattern.service) ? nearestService(pattern.service) : nearestAction(pattern.text)),
    },
    at: ({ at }) => at.origin,
    when: ({ at }) => at.when,
    evidence: ({ at }) => ({ actions: [at.text] }),
  });
}

const NO_FAULTS: readonly string[] = [];

function resourceList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => facts.resources,
    fields: {
      text: ({ at }) => displayText(at.text),
      width: ({ at, pattern }) => (pattern.width === 'unknown' ? new NotKnown(whyUnknown(at.text)) : pattern.width),
      service: ({ pattern }) => pattern.arn?.service,
      serviceWildcard: ({ pattern }) => pattern.arn !== undefined && hasWildcard(pattern.arn.service) && pattern.width !== 'everything',
      account: ({ pattern }) => pattern.arn?.account,
      accountFixed: ({ pattern }) => pattern.accountFixed,
      faults: ({ at, pattern }) => (isWritten(at) && placeholderWord(at.text) === undefined ? arnFaults(pattern) : NO_FAULTS),
    },
    at: ({ at }) => at.origin,
    when: ({ at }) => at.when,
    evidence: ({ at }) => ({ resources: [at.text] }),
  });
}

function principalList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => facts.principals,
    fields: {
      text: ({ at }) => displayText(at.text),
      type: ({ at }) => at.type,
      typeText: ({ at }) => at.typeText,
      kind: ({ at, kind }) => (kind === 'unknown' ? new NotKnown(whyUnknown(at.text)) : kind),
      host: ({ host }) => host,
      serviceKnown: ({ at, kind, host }) => (kind === 'unknown' && at.type === 'Service' ? new NotKnown(whyUnknown(at.text)) : kind !== 'service' || host === undefined || hasHole(host) || servicePrincipal(host) !== undefined),
      suggestion: ({ at }) => didYouMean(nearestServicePrincipal(at.text)),
      variable: ({ at }) => usesVariable(at.text),
      relation: (principal, facts) => {
        const relation = facts.relationOf(principal);
        return relation === 'undecided' ? new NotKnown(whyUnknown(principal.at.text)) : relation;
      },
    },
    at: ({ at }) => at.origin,
    when: ({ at }) => at.when,
    evidence: ({ at }) => ({ principals: [at.text] }),
  });
}

function conditionList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => facts.conditions,
    fields: {
      text: (condition) => condition.text,
      operator: (condition) => condition.condition.operator.text,
      operatorKnown: ({ operator }) => operator.base !== undefined,
      operatorSuggestion: ({ condition }) => didYouMean(nearestOperator(condition.operator.text)),
      operatorVariable: ({ condition }) => condition.operator.text.includes('${') || condition.key.text.startsWith('${'),
      base: ({ operator }) => operator.base,
      family: ({ operator }) => operator.family,
      negated: ({ operator }) => operator.negated,
      ifExists: ({ operator }) => operator.ifExists,
      qualifier: ({ operator }) => operator.qualifier ?? 'none',
      key: ({ condition }) => condition.key.text,
      keyLower: ({ key }) => key,
      keyPrefix: ({ key }) => (key.includes(':') ? key.slice(0, key.indexOf(':')) : ''),
      keyKnown: (condition) => isKnownKey(condition),
      keySuggestion: ({ condition }) => didYouMean(nearestConditionKey(condition.key.text)),
      keyType: (condition) => condition.info?.type ?? 'unknown',
      keyMultivalued: (condition) => condition.info?.multivalued === true,
      meaning: ({ meaning }) => meaning,
      admitsAbsence: (condition) => condition.admitsAbsence,
      presenceDemanded: ({ presenceDemanded }) => presenceDemanded,
      valueCount: (condition, facts) => (condition.values.length === 0 ? countOf(facts, 'Condition', 0) : valueCount(condition)),
      values: ({ values }) => values.map((value) => displayText(value.text)),
      addressScope: (condition) => addressScope(condition),
      everyAddress: (condition) => coversEveryAddress(condition),
      alwaysTrue: (condition) => isAlwaysTrue(condition),
      neverTrue: (condition) => isNeverTrue(condition),
      inverse: (condition, { statement }) => isInverse(condition, statement.effect),
      mfaFault: (condition, { statement }) => mfaFault(condition, statement.effect),
      operands: (condition) => operandMismatch(condition),
      pattern: (condition) => usesPattern(condition),
    },
    at: ({ condition }) => condition.origin,
    when: ({ condition }) => condition.key.when,
  });
}

function valueList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => facts.conditions.flatMap((condition) => condition.values.map((value) => ({ condition, value }))),
    fields: {
      text: ({ value }) => displayText(value.text),
      key: ({ condition }) => condition.condition.key.text,
      keyLower: ({ condition }) => condition.key,
      operator: ({ condition }) => condition.condition.operator.text,
      family: ({ condition }) => condition.operator.family,
      negated: ({ condition }) => condition.operator.negated,
      variable: ({ value }) => usesVariable(value.text),
      faults: ({ condition, value }) => (isWhollyOpen(value.text) ? undefined : placeholderWord(value.text) === undefined ? valueFaults(condition, value.text) : NO_FAULTS),
    },
    at: ({ value }) => value.origin,
    when: ({ value }) => value.when,
  });
}

/** Policy variables of resources and condition values, where AWS fills them in. */
function variableList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) =>
      [...facts.resources.map(({ at }) => at), ...facts.conditions.flatMap((condition) => condition.values)].flatMap((text) =>
        text.text.includes('${') ? variablesOf(text.text).map((variable) => ({ variable, text })) : [],
      ),
    fields: {
      text: ({ variable }) => variable.text,
      name: ({ variable }) => variable.name,
      fault: ({ variable }) => variable.fault,
    },
    at: ({ text }) => text.origin,
    when: ({ text }) => text.when,
  });
}

/** Texts that somebody was to replace. A policy in a file of its own is often a template that something fills in. */
function placeholderList(): ListView<StatementFacts> {
  return listView({
    items: (facts: StatementFacts) => {
      const found = [...facts.resources.map(({ at }) => at), ...facts.principals.map(({ at }) => at), ...facts.conditions.flatMap(({ values }) => values)].flatMap(placeholdersOf);
      return found.length > 0 && facts.policy.from.type.startsWith('policy:') ? [] : found;
    },
    fields: { text: ({ text }) => text },
    at: ({ at }) => at.origin,
    when: ({ at }) => at.when,
  });
}

/** Texts of elements in which AWS fills in no variables. */
function fixedTextList(): ListView<StatementFacts> {
  return listView({
    items: ({ statement }: StatementFacts) => [
      ...(statement.sid === undefined ? [] : [{ element: 'Sid', text: statement.sid }]),
      ...(statement.action?.patterns ?? []).map((text) => ({ element: 'Action', text })),
      ...(statement.principal?.entries ?? []).map((text) => ({ element: 'Principal', text })),
      ...statement.conditions.map((condition) => ({ element: 'Condition', text: condition.key })),
    ],
    fields: {
      text: ({ text }) => displayText(text.text),
      element: ({ element }) => element,
      variable: ({ text }) => usesVariable(text.text),
    },
    at: ({ text }) => text.origin,
    when: ({ text }) => text.when,
  });
}

/** The ways to take on a role. */
const ASSUMING = new ActionSet(['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']);

function principalForm({ statement, principals }: StatementFacts): string {
  if (statement.principal === undefined) return 'none';
  if (statement.principal.negated) return 'not-principal';
  return principals.length === 1 && principals[0]?.kind === 'anyone' ? 'everyone' : 'some';
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
}
