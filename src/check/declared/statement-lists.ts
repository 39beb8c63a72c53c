import { nearestAction, nearestService } from '../../data/nearest.ts';
import { nearestServicePrincipal, servicePrincipal } from '../../data/service-principals.ts';
import { displayText, hasHole } from '../../iam/token.ts';
import { knowsService } from '../facts/action.ts';
import { arnFaults } from '../facts/arn-format.ts';
import { isKnownAction } from '../facts/catalogue.ts';
import { hasWildcard, isWhollyOpen } from '../facts/outline.ts';
import { placeholdersOf, placeholderWord } from '../facts/placeholder.ts';
import type { StatementFacts } from '../facts/statement.ts';
import { whyUnknown } from '../facts/unknown.ts';
import { usesVariable, variablesOf } from '../facts/variables.ts';
import { isWritten } from '../facts/written.ts';
import { didYouMean } from './suggestion.ts';
import { type ListView, listView, NotKnown } from './view.ts';

/** The action strings of a statement. */
export function actionList(): ListView<StatementFacts> {
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

/** The resource strings of a statement. */
export function resourceList(): ListView<StatementFacts> {
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

/** The principal entries of a statement. */
export function principalList(): ListView<StatementFacts> {
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

/** Policy variables of resources and condition values, where AWS fills them in. */
export function variableList(): ListView<StatementFacts> {
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
export function placeholderList(): ListView<StatementFacts> {
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
export function fixedTextList(): ListView<StatementFacts> {
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
