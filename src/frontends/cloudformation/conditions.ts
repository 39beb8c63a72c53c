import { ALWAYS, both, type Guard, type GuardLiteral } from '../../core/guard.ts';
import type { Value } from '../../core/value.ts';
import { child, childText, type Node } from '../../parse/node.ts';
import { type ConditionAnalysis, resolve, type TemplateContext } from './context.ts';

/** A condition as a sum of guards it holds under: empty list never, a list with an empty guard always. */
export type Alternatives = readonly Guard[];

/** A condition with more alternatives is kept whole, as one literal of its own. */
const MAX_ALTERNATIVES = 8;
const MAX_DEPTH = 40;

/** The guards under which a named condition is true (or false). An unknown name or a cycle gives one opaque literal. */
export function conditionGuards(name: string, wanted: boolean, context: TemplateContext): Alternatives {
  const analysis = analyse(name, context, 0);
  return wanted ? analysis.holds : analysis.fails;
}

/** One guard for a condition, for places that take no sum. `undefined` when it can never be so. */
export function conditionGuard(name: string, wanted: boolean, context: TemplateContext): Guard | undefined {
  const analysis = analyse(name, context, 0);
  const alternatives = wanted ? analysis.holds : analysis.fails;
  if (alternatives.length <= 1) return alternatives[0];
  return [{ ...flip(analysis.marker, wanted), label: labelOf(name, wanted) }];
}

/** Is a condition, as a whole, assumed to be so already? */
export function isAssumed(name: string, wanted: boolean, context: TemplateContext): boolean {
  if (context.assumed.length === 0) return false;
  const marker = flip(analyse(name, context, 0).marker, wanted);
  return context.assumed.some((known) => implies(known, marker));
}

/** What a guard adds to what is assumed already: nothing when it is implied, `undefined` when it is excluded. */
export function beyond(assumed: Guard, guard: Guard): Guard | undefined {
  if (assumed.length === 0) return guard;
  if (both(assumed, guard) === undefined) return undefined;
  return guard.filter((literal) => !assumed.some((known) => implies(known, literal)));
}

/** The value a variable is assumed to have, or values it is assumed not to have. */
export function assumptionOn(variable: string, assumed: Guard): { readonly is: string | undefined; readonly isNot: readonly string[] } {
  const literals = assumed.filter((literal) => literal.variable === variable);
  return { is: literals.find((literal) => literal.is)?.value, isNot: literals.filter((literal) => !literal.is).map((literal) => literal.value) };
}

function implies(known: GuardLiteral, literal: GuardLiteral): boolean {
  if (known.variable !== literal.variable) return false;
  return known.value === literal.value ? known.is === literal.is : known.is && !literal.is;
}

function analyse(name: string, context: TemplateContext, depth: number): ConditionAnalysis {
  const { conditions } = context.stack.memo;
  const known = conditions.get(name);
  if (known !== undefined) return known;
  // A condition that contains itself is met here again and stands for itself.
  conditions.set(name, opaque(name, context));
  const definition = context.stack.sections.conditions.get(name);
  const found = definition === undefined || depth > MAX_DEPTH ? undefined : define(name, definition.node, { ...context, loops: definition.loops, assumed: ALWAYS, fan: 1, symbolic: true }, depth);
  const analysis = found ?? opaque(name, context);
  conditions.set(name, analysis);
  return analysis;
}

function define(name: string, node: Node, context: TemplateContext, depth: number): ConditionAnalysis | undefined {
  const alias = aliasOf(node, context);
  if (alias !== undefined) {
    const target = analyse(alias.name, context, depth + 1);
    const [holds, fails] = alias.same ? [target.holds, target.fails] : [target.fails, target.holds];
    return { holds: relabel(holds, name, true), fails: relabel(fails, name, false), marker: flip(target.marker, alias.same) };
  }
  const marker = opaqueLiteral(name, context);
  const holds = guardsOf(node, true, context, depth + 1);
  const fails = guardsOf(node, false, context, depth + 1);
  if (holds === undefined || fails === undefined) return undefined;
  const simple = holds.length <= 1 && fails.length <= 1;
  const mark = (guard: Guard, wanted: boolean): Guard => (simple || guard.length === 0 ? guard : [...guard, flip(marker, wanted)]);
  return {
    holds: relabel(holds.map((guard) => mark(guard, true)), name, true),
    fails: relabel(fails.map((guard) => mark(guard, false)), name, false),
    marker,
  };
}

/** A condition that is another one, or its negation, shares its marker. */
function aliasOf(node: Node, context: TemplateContext, same = true, depth = 0): { readonly name: string; readonly same: boolean } | undefined {
  const call = conditionCall(node);
  if (call?.name === 'Condition' && call.argument.kind === 'scalar') return { name: call.argument.text, same };
  const inner = call?.name === 'Fn::Not' && call.argument.kind === 'sequence' ? call.argument.items[0] : undefined;
  return inner === undefined || depth > MAX_DEPTH ? undefined : aliasOf(inner, context, !same, depth + 1);
}

function opaque(name: string, context: TemplateContext): ConditionAnalysis {
  const marker = opaqueLiteral(name, context);
  return { holds: [[{ ...marker, label: labelOf(name, true) }]], fails: [[{ ...flip(marker, false), label: labelOf(name, false) }]], marker };
}

function opaqueLiteral(name: string, context: TemplateContext): GuardLiteral {
  return { variable: `${context.stack.scope.id}#condition ${name}`, value: 'true', is: true, label: name };
}

function flip(literal: GuardLiteral, same: boolean): GuardLiteral {
  return same ? literal : { ...literal, is: !literal.is };
}

function relabel(guards: Alternatives, name: string, wanted: boolean): Alternatives {
  const label = labelOf(name, wanted);
  return guards.map((guard) => guard.map((literal) => ({ ...literal, label })));
}

function labelOf(name: string, wanted: boolean): string {
  return wanted ? name : `not ${name}`;
}

const FUNCTIONS: ReadonlySet<string> = new Set(['Condition', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals']);

/** A condition function in its long form or as a tag. */
function conditionCall(node: Node): { readonly name: string; readonly argument: Node } | undefined {
  if (node.tag.startsWith('!')) {
    const name = node.tag === '!Condition' ? 'Condition' : `Fn::${node.tag.slice(1)}`;
    return FUNCTIONS.has(name) ? { name, argument: node } : undefined;
  }
  const only = node.kind === 'mapping' && node.entries.length === 1 ? node.entries[0] : undefined;
  return only !== undefined && FUNCTIONS.has(only.key.text) ? { name: only.key.text, argument: only.value } : undefined;
}

function guardsOf(node: Node, wanted: boolean, context: TemplateContext, depth: number): Alternatives | undefined {
  const { memo } = context.stack;
  memo.budget -= 1;
  if (depth > MAX_DEPTH || memo.budget <= 0) return undefined;
  const call = conditionCall(node);
  const parts = call?.argument.kind === 'sequence' ? call.argument.items : [];
  switch (call?.name) {
    case 'Condition': {
      if (call.argument.kind !== 'scalar') return call.argument === node ? undefined : guardsOf(call.argument, wanted, context, depth + 1);
      const analysis = analyse(call.argument.text, context, depth);
      return wanted ? analysis.holds : analysis.fails;
    }
    case 'Fn::Not':
      return parts[0] === undefined ? undefined : guardsOf(parts[0], !wanted, context, depth + 1);
    case 'Fn::And':
      return wanted ? product(parts, true, context, depth) : sum(parts, false, context, depth);
    case 'Fn::Or':
      return wanted ? sum(parts, true, context, depth) : product(parts, false, context, depth);
    case 'Fn::Equals':
      return parts[0] === undefined || parts[1] === undefined ? undefined : equality(parts[0], parts[1], wanted, context);
    default:
      return node.kind === 'scalar' && (node.text === 'true' || node.text === 'false') ? constant((node.text === 'true') === wanted) : undefined;
  }
}

function sum(parts: readonly Node[], wanted: boolean, context: TemplateContext, depth: number): Alternatives | undefined {
  const all: Guard[] = [];
  for (const part of parts) {
    const guards = guardsOf(part, wanted, context, depth + 1);
    if (guards === undefined) return undefined;
    all.push(...guards);
    if (all.length > MAX_ALTERNATIVES) return undefined;
  }
  return all.some((guard) => guard.length === 0) ? [[]] : all;
}

function product(parts: readonly Node[], wanted: boolean, context: TemplateContext, depth: number): Alternatives | undefined {
  let all: Alternatives = [[]];
  for (const part of parts) {
    const guards = guardsOf(part, wanted, context, depth + 1);
    if (guards === undefined) return undefined;
    all = all.flatMap((left) => guards.map((right) => both(left, right)).filter((joined) => joined !== undefined));
    if (all.length > MAX_ALTERNATIVES) return undefined;
  }
  return all;
}

function constant(truth: boolean): Alternatives {
  return truth ? [[]] : [];
}

/** `Fn::Equals`: decided when neither side depends on the deployment, else a literal over what it depends on. */
function equality(left: Node, right: Node, wanted: boolean, context: TemplateContext): Alternatives | undefined {
  const leftSides = sidesOf(left, context);
  const rightSides = sidesOf(right, context);
  if (leftSides === undefined || rightSides === undefined) return undefined;
  const all: Guard[] = [];
  for (const one of leftSides) {
    for (const other of rightSides) {
      const when = both(one.when, other.when);
      const equal = comparison(one, other, wanted);
      const guard = when === undefined || equal === undefined ? undefined : both(when, equal);
      if (guard !== undefined) all.push(guard);
    }
  }
  return all.length > MAX_ALTERNATIVES ? undefined : all;
}

/** When two sides are (not) equal; `undefined` for never. */
function comparison(left: Side, right: Side, wanted: boolean): Guard | undefined {
  if (left.fixed && right.fixed) return (left.text === right.text) === wanted ? ALWAYS : undefined;
  if (!left.fixed && !right.fixed) {
    if (left.text === right.text) return wanted ? ALWAYS : undefined;
    return [{ variable: [left.text, right.text].sort().join(' = '), value: 'true', is: wanted, label: '' }];
  }
  const [variable, fixed] = left.fixed ? [right, left] : [left, right];
  const { domain } = variable;
  if (domain !== undefined && !domain.includes(fixed.text)) return wanted ? undefined : ALWAYS;
  // Of two values, not being one is being the other: so guards over both exclude each other.
  const other = !wanted && domain?.length === 2 ? domain.find((value) => value !== fixed.text) : undefined;
  return [{ variable: variable.text, value: other ?? fixed.text, is: other !== undefined || wanted, label: '' }];
}

interface Side {
  readonly text: string;
  readonly fixed: boolean;
  /** The values a parameter allows, where it says so. */
  readonly domain?: readonly string[] | undefined;
  readonly when: Guard;
}

function sidesOf(node: Node, context: TemplateContext): readonly Side[] | undefined {
  const parameter = parameterOf(node, context);
  if (parameter !== undefined) return [parameter];
  return sidesOfValue(resolve(node, context), ALWAYS);
}

function sidesOfValue(value: Value, when: Guard): readonly Side[] | undefined {
  if (value.kind === 'scalar') return [{ text: value.text, fixed: true, when }];
  if (value.kind === 'absent') return [{ text: '', fixed: true, when }];
  if (value.kind === 'choice') {
    const sides: Side[] = [];
    for (const option of value.options) {
      const guard = both(when, option.when);
      const found = guard === undefined ? [] : sidesOfValue(option.value, guard);
      if (found === undefined || sides.length > MAX_ALTERNATIVES) return undefined;
      sides.push(...found);
    }
    return sides;
  }
  const text = canonical(value);
  return text === undefined ? undefined : [{ text, fixed: false, when }];
}

/** A side that is just a parameter which the deployment may set. */
function parameterOf(node: Node, context: TemplateContext): Side | undefined {
  const name = node.tag === '!Ref' && node.kind === 'scalar' ? node.text : node.kind === 'mapping' && node.entries.length === 1 ? childText(node, 'Ref') : undefined;
  const definition = name === undefined || context.loops.has(name) ? undefined : context.stack.sections.parameters.get(name);
  if (name === undefined || definition === undefined || context.stack.given.has(name)) return undefined;
  const allowed = child(definition, 'AllowedValues');
  const domain = allowed?.kind === 'sequence' && allowed.items.length > 0 ? allowed.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : [])) : undefined;
  return { text: `${context.stack.scope.id}#${name}`, fixed: false, domain, when: ALWAYS };
}

/** A stable name for an unresolved side, so that two conditions over the same expression share their variable. */
function canonical(value: Value): string | undefined {
  switch (value.kind) {
    case 'unknown':
      return value.name;
    case 'reference':
      return `${value.scope}#${value.address}.${value.attribute}`;
    case 'concat': {
      const parts = value.parts.map((part) => (part.kind === 'scalar' ? part.text : canonical(part)));
      return parts.includes(undefined) ? undefined : parts.join('');
    }
    default:
      return undefined;
  }
}
