import { unreachable } from '../../core/unreachable.ts';
import { holds } from '../../core/guard.ts';
import { compileArnPattern } from '../../iam/arn.ts';
import { parseDate } from '../../iam/condition/date.ts';
import { parseDecimal } from '../../iam/condition/decimal.ts';
import type { CompiledCondition } from '../../iam/condition/index.ts';
import { parseIpRange } from '../../iam/condition/ip.ts';
import type { Operator, OperatorUse } from '../../iam/condition/operator.ts';
import type { Text } from '../../iam/policy-document.ts';
import { hasHole } from '../../iam/token.ts';
import { compilePattern } from '../../iam/wildcard.ts';
import { type AddressSet, uniteAddresses } from './address-set.ts';
import { type Glob, NO_LOOP, globOf, literalGlob, partsOfGlob } from './glob.ts';
import type { KeyAtom } from './key-set.ts';
import { type NumberSet, numbersComparing, uniteNumbers } from './number-set.ts';
import { type Assignment, globOfPattern, type LetterTable } from './pattern-glob.ts';
import type { Union, UnionTable } from './union.ts';
import { complementAtom, type ValueAtom } from './value-set.ts';

/** What a condition is compiled with: the names it shares with the others of its comparison. */
export interface Vocabulary {
  readonly unions: UnionTable;
  readonly letters: LetterTable;
  readonly assignment: Assignment;
}

/** A condition as a constraint on its key; `unclear` when nothing is known of what it admits, `never` when it admits nothing. */
export type ConditionRegion = { readonly kind: 'atom'; readonly atom: KeyAtom } | { readonly kind: 'unclear' } | { readonly kind: 'never' };

/** Turns one condition into a constraint; the operator must be one of AWS's. */
export function regionOfCondition(condition: CompiledCondition, use: OperatorUse, vocabulary: Vocabulary): ConditionRegion {
  if (hasHole(condition.key)) return { kind: 'unclear' };
  const { values } = condition.source;
  const { operator } = use;
  if (operator.family === 'null') return nullRegion(values);
  const positive = valueAtomOf(operator, values, condition.variables, vocabulary);
  if (positive === undefined) return { kind: 'unclear' };
  return { kind: 'atom', atom: quantified(operator.negated ? complementAtom(positive) : positive, use, vocabulary.unions) };
}

function nullRegion(values: readonly Text[]): ConditionRegion {
  if (values.some((value) => hasHole(value.text) || holds(value.when) !== 'yes')) return { kind: 'unclear' };
  const wanted = values.map((value) => value.text.toLowerCase());
  const absent = wanted.includes('true');
  const present = wanted.includes('false');
  return absent || present ? { kind: 'atom', atom: { absent, single: present ? 'all' : 'none', many: present ? 'all' : 'none' } } : { kind: 'never' };
}

/** An absent key, a single value and an array under a plain operator, `ForAllValues` or `ForAnyValue`. */
function quantified(atom: ValueAtom, use: OperatorUse, unions: UnionTable): KeyAtom {
  const absent = use.ifExists || use.quantifier === 'all' || (use.quantifier === 'one' && use.operator.negated);
  if (use.quantifier === 'one') return { absent, single: atom, many: 'none' };
  const quantifier = use.quantifier === 'all' ? 'every' : 'any';
  return { absent, single: atom.kind === 'text' ? forEmptyText(atom, quantifier, unions) : atom, many: { quantifier, atom } };
}

/** Under a set operator an empty single value counts as no value: it satisfies `every`, and never `any`. */
function forEmptyText(atom: Extract<ValueAtom, { kind: 'text' }>, quantifier: 'any' | 'every', unions: UnionTable): ValueAtom {
  const takesEmpty = quantifier === 'every';
  return { ...atom, union: takesEmpty === atom.sign ? withEmpty(atom.union, unions) : withoutEmpty(atom.union, unions) };
}

function withEmpty(union: Union, unions: UnionTable): Union {
  return unions.of([...union.sure, literalGlob('')], union.globs);
}

function withoutEmpty(union: Union, unions: UnionTable): Union {
  const strip = (globs: readonly Glob[]): readonly Glob[] =>
    globs.flatMap((glob) => {
      if (glob.units.length > 0) return [glob];
      const loop = glob.loops[0] ?? NO_LOOP;
      return loop === NO_LOOP ? [] : [globOf([{ kind: 'one', except: loop }, ...partsOfGlob(glob)])];
    });
  return unions.of(strip(union.sure), strip(union.globs));
}

/** The values a condition lists, before negation; `undefined` when a value is not known and cannot stand as a letter. */
function valueAtomOf(operator: Operator, values: readonly Text[], variables: boolean, vocabulary: Vocabulary): ValueAtom | undefined {
  switch (operator.family) {
    case 'numeric':
    case 'date': {
      const parse = operator.family === 'numeric' ? parseDecimal : parseDate;
      let set: NumberSet = [];
      for (const value of values) {
        if (isDoubtful(value)) return undefined;
        const number = parse(value.text);
        if (number !== undefined) set = uniteNumbers(set, numbersComparing(operator.comparison, number));
      }
      return { kind: operator.family === 'numeric' ? 'number' : 'date', set, other: false };
    }
    case 'ip': {
      let set: AddressSet = [];
      for (const value of values) {
        if (isDoubtful(value)) return undefined;
        const range = parseIpRange(value.text);
        if (range !== undefined) set = uniteAddresses(set, [range]);
      }
      return { kind: 'address', set, other: false };
    }
    default:
      return { kind: 'text', union: textUnion(operator, values, variables, vocabulary), sign: true };
  }
}

function isDoubtful(value: Text): boolean {
  return hasHole(value.text) || holds(value.when) !== 'yes';
}

function textUnion(operator: Operator, values: readonly Text[], variables: boolean, vocabulary: Vocabulary): Union {
  const sure: Glob[] = [];
  const perhaps: Glob[] = [];
  for (const value of values) {
    const made = textGlob(operator, value.text, variables, vocabulary);
    if (made !== undefined) (made.certain && holds(value.when) === 'yes' ? sure : perhaps).push(made.glob);
  }
  return vocabulary.unions.of(sure, perhaps);
}

function textGlob(operator: Operator, text: string, variables: boolean, vocabulary: Vocabulary): { readonly glob: Glob; readonly certain: boolean } | undefined {
  const { letters, assignment } = vocabulary;
  const certainly = (glob: Glob | undefined): { readonly glob: Glob; readonly certain: boolean } | undefined => (glob === undefined ? undefined : { glob, certain: true });
  switch (operator.family) {
    case 'string':
      return certainly(globOfPattern(compilePattern(text, { wildcards: false, variables }), letters, assignment));
    case 'binary':
      return certainly(globOfPattern(compilePattern(text, { wildcards: false, variables: false }), letters, assignment));
    case 'string-like':
      return certainly(globOfPattern(compilePattern(text, { wildcards: true, variables }), letters, assignment));
    case 'string-ignore-case':
      return certainly(globOfPattern(compilePattern(text, { wildcards: false, variables }), letters, assignment, true));
    case 'bool': {
      const pattern = compilePattern(text, { wildcards: false, variables });
      const boolean = pattern.shape !== 'literal' || text.toLowerCase() === 'true' || text.toLowerCase() === 'false';
      return boolean ? certainly(globOfPattern(pattern, letters, assignment, true)) : undefined;
    }
    case 'arn': {
      const { pattern, malformed } = compileArnPattern(text, variables);
      const glob = globOfPattern(pattern, letters, assignment);
      return glob === undefined ? undefined : { glob, certain: !malformed };
    }
    case 'numeric':
    case 'date':
    case 'ip':
    case 'null':
      return undefined;
    default:
      return unreachable(operator.family);
  }
}

