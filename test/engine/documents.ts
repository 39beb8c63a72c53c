import { type CompiledPolicy, compilePolicy, type PolicyJson } from '../../src/engine/index.ts';
import { parsePolicy, valueOfJson } from '../../src/iam/parse-policy.ts';
import type { Condition, PatternElement, PolicyDocument, PolicyKind, PrincipalElement, Text } from '../../src/iam/policy-document.ts';
import { type HoleMark, hole } from '../../src/iam/token.ts';

/** `{{@account}}`, `{{~name}}` or `{{?text}}` in a string become holes. */
export function withHoles(text: string): string {
  return text.replace(/\{\{([@~?=])([^}]*)\}\}/g, (_, mark: string, name: string) => hole(markOf(mark), name));
}

function markOf(mark: string): HoleMark {
  return mark === '@' || mark === '~' || mark === '=' ? mark : '?';
}

/** Compiles a JSON document whose strings may hold holes. */
export function compileWithHoles(document: PolicyJson, kind: PolicyKind): CompiledPolicy {
  return compilePolicy(documentWithHoles(document, kind));
}

export function documentWithHoles(document: PolicyJson, kind: PolicyKind): PolicyDocument {
  const parsed = parsePolicy(valueOfJson(document), kind);
  return {
    ...parsed,
    statements: parsed.statements.map((statement) => ({
      ...statement,
      action: element(statement.action),
      resource: element(statement.resource),
      principal: principal(statement.principal),
      conditions: statement.conditions.map((condition): Condition => ({ ...condition, operator: fill(condition.operator), key: fill(condition.key), values: condition.values.map(fill) })),
    })),
  };
}

function fill<Item extends Text>(text: Item): Item {
  return { ...text, text: withHoles(text.text) };
}

function element(given: PatternElement | undefined): PatternElement | undefined {
  return given === undefined ? undefined : { ...given, patterns: given.patterns.map(fill) };
}

function principal(given: PrincipalElement | undefined): PrincipalElement | undefined {
  return given === undefined ? undefined : { ...given, entries: given.entries.map(fill) };
}

/** A document of one statement. */
export function allow(statement: PolicyJson, version = '2012-10-17'): PolicyJson {
  return { Version: version, Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }] };
}

export function document(...statements: readonly PolicyJson[]): PolicyJson {
  return { Version: '2012-10-17', Statement: statements };
}
