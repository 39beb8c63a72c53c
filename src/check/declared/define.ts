import type { PolicyKind } from '../../iam/policy-document.ts';
import type { Detection, Rule, RuleDescription, StatementGate } from '../rule.ts';
import type { DeclaredRule } from './definition.ts';
import { evaluate } from './evaluate.ts';
import { policyView } from './policy-view.ts';
import { settingView } from './setting-view.ts';
import { statementView } from './statement-view.ts';
import { fieldReader } from './view.ts';

const NONE: readonly Detection[] = [];
const readStatement = fieldReader(statementView);
const readPolicy = fieldReader(policyView);
const readSetting = fieldReader(settingView);

/** Turns a declared rule into a rule like any other; engine, documentation and presets cannot tell them apart. */
export function declareRule(definition: DeclaredRule): Rule {
  const description = describe(definition);
  switch (definition.on) {
    case 'statement':
      return { ...description, on: 'statement', gate: gateOf(definition), check: ({ facts }) => (facts.managed === 'aws' ? NONE : evaluate(definition, statementView, facts, readStatement(facts))) };
    case 'policy':
      return { ...description, on: 'policy', check: (policy) => (policy.managed === 'aws' ? NONE : evaluate(definition, policyView, policy, readPolicy(policy))) };
    case 'setting':
      return { ...description, on: 'setting', check: (setting) => evaluate(definition, settingView, setting, readSetting(setting)) };
  }
}

const KINDS: readonly PolicyKind[] = ['identity', 'resource', 'trust', 'boundary', 'session', 'endpoint', 'scp', 'rcp'];

/**
 * Which statements a rule on statements can apply to at all, worked out from its own tests of `kind` and `effect` and from the
 * list it looks through. An effect that is not known passes: the rule is then undecided, which must be said.
 */
function gateOf({ where, find, match }: DeclaredRule): StatementGate {
  const passes = (field: string, value: string): boolean => where.every(([name, test]) => name !== field || test(value));
  const kinds = new Set(KINDS.filter((kind) => passes('kind', kind)));
  const effects = new Set(['Allow', 'Deny', 'unknown'].filter((effect) => effect === 'unknown' || passes('effect', effect)));
  const needsCondition = match !== undefined && (find === 'conditions' || find === 'values');
  return (kind, effect, hasConditions) => kinds.has(kind) && effects.has(effect) && (!needsCondition || hasConditions);
}

function describe(definition: DeclaredRule): RuleDescription {
  const { id, title, category, status, since, severity, securitySeverity, confidence, docs, peers, standards, preset, supersededBy } = definition;
  return { id, title, category, status, since, severity, securitySeverity, confidence, docs, peers, standards, preset, ...(supersededBy === undefined ? {} : { supersededBy }) };
}

/** The field, list and place names that declared rules may use, by subject. */
export const VOCABULARY = { statement: vocabulary(statementView), policy: vocabulary(policyView), setting: vocabulary(settingView) } as const;

function vocabulary(view: { readonly fields: object; readonly lists: Readonly<Record<string, { readonly fieldNames: readonly string[] }>>; readonly places: object }): { readonly fields: readonly string[]; readonly lists: ReadonlyMap<string, readonly string[]>; readonly places: readonly string[] } {
  return { fields: Object.keys(view.fields), lists: new Map(Object.entries(view.lists).map(([name, list]) => [name, list.fieldNames])), places: Object.keys(view.places) };
}
