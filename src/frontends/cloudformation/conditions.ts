import { both, type Guard, type GuardLiteral } from '../../core/guard.ts';
import type { Value } from '../../core/value.ts';
import { child, type Node } from '../../parse/node.ts';
import type { TemplateContext } from './context.ts';
import { intrinsicName } from './intrinsics.ts';
import { resolve } from './resolve.ts';

/** A condition as a sum of guards it holds under: empty list never, a list with an empty guard always. */
type Alternatives = readonly Guard[];

/** A condition with more alternatives is kept whole, as one literal of its own. */
const MAX_ALTERNATIVES = 8;
const MAX_DEPTH = 40;

/**
 * The guards under which a named condition is true (or false). Conditions are equalities between parameters and constants
 * joined by And, Or and Not, so each becomes a short sum of products; a parameter given from outside decides its literals.
 */
export function conditionGuards(name: string, wanted: boolean, context: TemplateContext, depth = 0): Alternatives {
  const key = `${wanted}:${name}`;
  const known = context.memo.guards.get(key);
  if (known === 'open') return [opaque(name, wanted, context)];
  if (known !== undefined) return known;
  context.memo.guards.set(key, 'open');
  const node = child(context.conditions, name);
  const label = wanted ? name : `not ${name}`;
  const raw = node === undefined || depth > MAX_DEPTH ? undefined : guardsOf(node, wanted, context, depth + 1);
  const guards = raw === undefined || raw.length > MAX_ALTERNATIVES ? [opaque(name, wanted, context)] : raw.map((guard) => guard.map((one) => ({ ...one, label })));
  context.memo.guards.set(key, guards);
  return guards;
}

/** One guard for a condition, for places that take no sum (a resource's `Condition`). `undefined` when it can never hold. */
export function conditionGuard(name: string, wanted: boolean, context: TemplateContext): Guard | undefined {
  const alternatives = conditionGuards(name, wanted, context);
  if (alternatives.length <= 1) return alternatives[0];
  return opaque(name, wanted, context);
}

function opaque(name: string, wanted: boolean, context: TemplateContext): Guard {
  return [{ variable: `${context.scope.id}#condition ${name}`, value: 'true', is: wanted, label: wanted ? name : `not ${name}` }];
}

function guardsOf(node: Node, wanted: boolean, context: TemplateContext, depth: number): Alternatives | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const call = intrinsicName(node);
  const parts = call?.argument.kind === 'sequence' ? call.argument.items : [];
  switch (call?.name) {
    case 'Condition':
      return call.argument.kind === 'scalar' ? conditionGuards(call.argument.text, wanted, context, depth) : undefined;
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

/** `Fn::Equals`: decided when both sides are known and neither is a parameter that a deployment may set. */
function equality(left: Node, right: Node, wanted: boolean, context: TemplateContext): Alternatives | undefined {
  const leftSide = sideOf(left, context);
  const rightSide = sideOf(right, context);
  if (leftSide === undefined || rightSide === undefined) return undefined;
  if (leftSide.fixed && rightSide.fixed) return constant((leftSide.text === rightSide.text) === wanted);
  const literal: GuardLiteral = leftSide.fixed
    ? { variable: rightSide.text, value: leftSide.text, is: wanted, label: '' }
    : rightSide.fixed
      ? { variable: leftSide.text, value: rightSide.text, is: wanted, label: '' }
      : { variable: [leftSide.text, rightSide.text].sort().join(' = '), value: 'true', is: wanted, label: '' };
  return [[literal]];
}

interface Side {
  readonly text: string;
  readonly fixed: boolean;
}

function sideOf(node: Node, context: TemplateContext): Side | undefined {
  const call = intrinsicName(node);
  if (call?.name === 'Ref' && call.argument.kind === 'scalar') {
    const name = call.argument.text;
    const given = context.given.get(name);
    if (given?.kind === 'scalar') return { text: given.text, fixed: true };
    if (child(context.parameters, name) !== undefined) return { text: `${context.scope.id}#${name}`, fixed: false };
  }
  const value = resolve(node, context);
  if (value.kind === 'scalar') return { text: value.text, fixed: true };
  const text = canonical(value);
  return text === undefined ? undefined : { text, fixed: false };
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
