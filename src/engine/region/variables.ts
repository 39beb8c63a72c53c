import type { CompiledStatement } from '../compile.ts';
import { PRINCIPAL_KEYS } from '../request-context.ts';
import { compilePattern, type Pattern } from '../../iam/wildcard.ts';
import type { Vocabulary } from './condition-region.ts';
import type { Atom, Cube } from './cube.ts';
import { type Glob, globOf, literalGlob, partsOfGlob } from './glob.ts';
import { accepts } from './glob-relations.ts';
import type { KeyAtom } from './key-set.ts';
import type { Assignment } from './pattern-glob.ts';
import { regionOfPrincipalKey } from './principal-region.ts';
import { type TextOracle, textSetOf } from './text-set.ts';

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
export function assignmentsFor(
  variables: readonly string[],
  statements: readonly CompiledStatement[],
  captured: ReadonlyMap<string, readonly string[]>,
): { readonly assignments: readonly Assignment[]; readonly exhaustive: boolean } {
  const finite = variables.map((key) => pinnedValues(key, statements));
  const lists = variables.map((key, index) => finite[index] ?? distinct([freshValue(key, index), null, ...(captured.get(key) ?? []), ...wordsOf(statements)]).slice(0, MAX_CANDIDATES + 2));
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

function distinct(values: readonly (string | null)[]): readonly (string | null)[] {
  return [...new Set(values)];
}

/**
 * Values that would put a variable's pattern where a part of the question lies: a text of that part is read back through
 * the pattern.
 */
export function capturedValues(parts: readonly Cube[], oracle: TextOracle): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const cube of parts) {
    const sets = [cube.resource, ...[...cube.keys.values()].flatMap((set) => (set.single === undefined ? [] : [set.single.text]))];
    for (const set of sets) {
      const lettered = set.inside.filter((union) => union.hasLetters);
      if (lettered.length === 0) continue;
      const plain = { inside: set.inside.map((union) => oracle.unions.relaxed(union)), outside: set.outside.filter((union) => !union.hasLetters) };
      const text = oracle.find(textSetOf(plain.inside, plain.outside));
      if (text.kind !== 'text') continue;
      for (const glob of lettered.flatMap((union) => union.globs)) {
        const capture = readBack(glob, text.text);
        if (capture !== undefined) found.set(capture.key, [...(found.get(capture.key) ?? []), capture.value]);
      }
    }
  }
  return found;
}

/** The value that a glob's only variable would have in a text the glob takes. */
function readBack(glob: Glob, text: string): { readonly key: string; readonly value: string } | undefined {
  const parts = partsOfGlob(glob);
  const at = parts.findIndex((part) => part.kind === 'letter');
  const part = parts[at];
  if (part?.kind !== 'letter' || part.letter.source.kind !== 'variable' || parts.slice(at + 1).some((other) => other.kind === 'letter')) return undefined;
  const before = globOf(parts.slice(0, at));
  const after = globOf(parts.slice(at + 1));
  for (let start = 0; start <= text.length; start += 1) {
    if (!accepts(before, text.slice(0, start))) continue;
    for (let end = text.length; end >= start; end -= 1) if (accepts(after, text.slice(end))) return { key: part.letter.source.key, value: text.slice(start, end) };
  }
  return undefined;
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
