import { nearestConditionKey } from '../../data/nearest.ts';
import { displayText } from '../../iam/token.ts';
import { isKnownKey } from '../facts/catalogue.ts';
import { addressScope, coversEveryAddress, isAlwaysTrue, isInverse, isNeverTrue, mfaFault, operandMismatch, usesPattern, valueCount } from '../facts/condition-judgement.ts';
import { valueFaults } from '../facts/condition-values.ts';
import { nearestOperator } from '../facts/operator.ts';
import { isWhollyOpen } from '../facts/outline.ts';
import { placeholderWord } from '../facts/placeholder.ts';
import type { StatementFacts } from '../facts/statement.ts';
import { usesVariable } from '../facts/variables.ts';
import { countOf } from './counts.ts';
import { didYouMean } from './suggestion.ts';
import { type ListView, listView } from './view.ts';

const NO_FAULTS: readonly string[] = [];

/** The conditions of a statement. */
export function conditionList(): ListView<StatementFacts> {
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

/** The values of all conditions, one by one. */
export function valueList(): ListView<StatementFacts> {
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
