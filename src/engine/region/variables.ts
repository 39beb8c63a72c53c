import type { CompiledStatement } from '../compile.ts';
import { PRINCIPAL_KEYS } from '../request-context.ts';
import { compilePattern, type Pattern } from '../../iam/wildcard.ts';
import type { Vocabulary } from './condition-region.ts';
import type { Atom } from './cube.ts';
import { literalGlob } from './glob.ts';
import type { KeyAtom } from './key-set.ts';
import type { Assignment } from './pattern-glob.ts';
import { regionOfPrincipalKey } from './principal-region.ts';

/** The policy variables that statements use, by lower-case key. */
export function variablesOf(statements: readonly CompiledStatement[]): readonly string[] {
  const keys = new Set<string>();
  for (const pattern of patternsOf(statements)) for (const token of pattern.tokens) if (token.kind === 'variable') keys.add(token.key);
  return [...keys];
}

function patternsOf(statements: readonly CompiledStatement[]): readonly Pattern[] {
  return statements.flatMap((statement) => [
    ...(statement.resource?.patterns.map(({ pattern }) => pattern) ?? []),
    ...statement.conditions.flatMap((condition) => condition.source.values.map((value) => compilePattern(value.text, { wildcards: true, variables: condition.variables }))),
  ]);
}

const MAX_CANDIDATES = 12;
const MAX_ASSIGNMENTS = 64;

/**
 * Values to try for variables: one that nothing mentions, none at all, and the words the statements spell out.
 * `exhaustive` when the statements leave every variable only finitely many values and all of them are tried.
 */
export function assignmentsFor(variables: readonly string[], statements: readonly CompiledStatement[]): { readonly assignments: readonly Assignment[]; readonly exhaustive: boolean } {
  const finite = variables.map((key) => pinnedValues(key, statements));
  const lists = variables.map((key, index) => finite[index] ?? [freshValue(key, index), null, ...wordsOf(statements)].slice(0, MAX_CANDIDATES + 2));
  const assignments: Assignment[] = [];
  const total = lists.reduce((count, list) => count * list.length, 1);
  if (total <= MAX_ASSIGNMENTS) {
    for (let number = 0; number < total; number += 1) assignments.push(combination(variables, lists, number));
  } else {
    const first = combination(variables, lists, 0);
    assignments.push(first);
    for (const [index, key] of variables.entries()) {
      for (const value of lists[index] ?? []) if (assignments.length < MAX_ASSIGNMENTS) assignments.push(new Map(first).set(key, value));
    }
  }
  return { assignments, exhaustive: total <= MAX_ASSIGNMENTS && finite.every((list) => list !== undefined) };
}

function combination(variables: readonly string[], lists: readonly (readonly (string | null)[])[], number: number): Assignment {
  const made = new Map<string, string | null>();
  let rest = number;
  for (const [index, key] of variables.entries()) {
    const list = lists[index] ?? [];
    made.set(key, list[rest % list.length] ?? null);
    rest = Math.floor(rest / list.length);
  }
  return made;
}

/** The values of a key when every allow that could be new access requires one of a list. */
function pinnedValues(key: string, statements: readonly CompiledStatement[]): readonly string[] | undefined {
  const values = new Set<string>();
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    const pin = statement.conditions.find(({ key: own, use, source, variables, present }) => {
      const exact = use?.operator.family === 'string' && !use.operator.negated && !use.ifExists && use.quantifier === 'one' && present === 'yes';
      return own === key && exact && source.values.every((value) => compilePattern(value.text, { wildcards: false, variables }).shape === 'literal');
    });
    if (pin === undefined) return undefined;
    for (const value of pin.source.values) values.add(value.text);
  }
  return values.size === 0 ? undefined : [...values];
}

function freshValue(key: string, index: number): string {
  switch (key) {
    case 'aws:principalaccount':
    case 'aws:resourceaccount':
    case 'aws:sourceaccount':
      return '123456789012';
    case 'aws:principalarn':
      return 'arn:aws:iam::123456789012:user/example';
    case 'aws:principaltype':
      return 'User';
    default:
      return `zq${'xjvkw'[index % 5] ?? 'x'}${index}`;
  }
}

/** Words the statements spell out: literal stretches between wildcards, slashes and colons. */
function wordsOf(statements: readonly CompiledStatement[]): readonly string[] {
  const words = new Set<string>();
  for (const pattern of patternsOf(statements)) {
    for (const token of pattern.tokens) {
      if (token.kind !== 'text') continue;
      for (const word of token.text.split(/[:/]/)) if (word !== '' && word !== 'arn' && word !== 'aws') words.add(word);
    }
  }
  return [...words];
}

/** An assignment as constraints on the keys it gives values to. */
export function assignmentAtoms(assignment: Assignment, vocabulary: Vocabulary): readonly Atom[] {
  return [...assignment].flatMap(([key, value]): readonly Atom[] => {
    const atom: KeyAtom =
      value === null
        ? { absent: true, single: 'none', many: 'none' }
        : { absent: false, single: { kind: 'text', union: vocabulary.unions.of([literalGlob(value)]), sign: true }, many: 'none' };
    if (!PRINCIPAL_KEYS.has(key)) return [{ kind: 'key', key, atom }];
    const caller = regionOfPrincipalKey(key, atom, vocabulary);
    return caller === undefined ? [] : [{ kind: 'principal', atom: caller }];
  });
}
