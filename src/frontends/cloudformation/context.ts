import type { Guard, GuardLiteral } from '../../core/guard.ts';
import type { Problem } from '../../core/problem.ts';
import type { Origin, Source } from '../../core/source.ts';
import type { Unknown, UnknownReason, Value } from '../../core/value.ts';
import type { Node } from '../../parse/node.ts';
import type { ParsedText } from '../../parse/yaml.ts';
import type { Files, Scope } from '../frontend.ts';

/** Where a node is resolved: the stack it belongs to, and what holds around it. */
export interface TemplateContext {
  readonly stack: Stack;
  /** Names bound by `Fn::ForEach` around the node. */
  readonly loops: ReadonlyMap<string, Value>;
  /** What is known to hold here: the resource's condition and the `Fn::If` branches around the node. */
  readonly assumed: Guard;
  /** In how many alternatives the branches around the node were multiplied out. */
  readonly fan: number;
  /** Parameters stand for any value they may get, not for their default: in conditions. */
  readonly symbolic: boolean;
}

/** One template as one stack; made once per template and deployment. */
export interface Stack {
  readonly source: Source;
  readonly scope: Scope;
  readonly sections: Sections;
  /** Values given from outside: parameter files, a parent stack. */
  readonly given: ReadonlyMap<string, Value>;
  /** What a parent stack may give, its own parameters being open: for conditions. */
  readonly givenOpenly: ReadonlyMap<string, Value>;
  readonly files: Files;
  readonly report: (problem: Problem) => void;
  readonly memo: StackMemo;
  /** The value of a nested stack's output, when its template is in reach. */
  readonly nestedOutput: (logicalId: string, output: string) => Value | undefined;
  readonly resolver: (node: Node, context: TemplateContext) => Value;
}

/** The sections that functions look names up in. */
export interface Sections {
  readonly parameters: Map<string, Node>;
  readonly mappings: Map<string, Node>;
  readonly conditions: Map<string, ConditionDefinition>;
  /** Written resources, and those that transforms add. */
  readonly resources: Map<string, RawResource>;
  /** Names that a transform gives to resources it makes: `Function.Alias` and the like, with their logical ids. */
  readonly aliases: Map<string, string>;
}

/**
 * A named condition, both ways. Conditions are equalities between parameters and constants joined by And, Or and Not, so each
 * side is a short sum of products. `marker` stands for the condition as a whole: it is part of every alternative of a sum, so
 * that places that take one guard only (a resource's `Condition`) still exclude the other side.
 */
export interface ConditionAnalysis {
  readonly holds: readonly Guard[];
  readonly fails: readonly Guard[];
  readonly marker: GuardLiteral;
}

export interface ConditionDefinition {
  readonly node: Node;
  readonly loops: TemplateContext['loops'];
}

/** A resource before its properties are resolved. */
export interface RawResource {
  readonly logicalId: string;
  readonly type: string;
  /** The logical id in the file. */
  readonly origin: Origin;
  readonly body: Node;
  readonly context: TemplateContext;
  /** The written resource that a transform made this one of. */
  readonly owner?: RawResource;
}

/** What was worked out already, and how much work is left. */
export interface StackMemo {
  readonly conditions: Map<string, ConditionAnalysis>;
  readonly parameters: Map<string, Value>;
  readonly includes: Map<string, ParsedText | 'open'>;
  /** Nodes that may still be resolved; shared YAML anchors make texts small and trees huge. */
  budget: number;
  depth: number;
  exhausted: boolean;
}

const NODE_BUDGET = 400_000;

/** A fresh state for one stack. */
export function createMemo(): StackMemo {
  return { conditions: new Map(), parameters: new Map(), includes: new Map(), budget: NODE_BUDGET, depth: 0, exhausted: false };
}

/** The value of a node: functions applied as far as the template allows, everything else as written. Never throws. */
export function resolve(node: Node, context: TemplateContext): Value {
  return context.stack.resolver(node, context);
}

/** The value of a function's argument; in tag form (`!Base64 text`) the argument is the tagged node itself, without its tag. */
export function resolveArgument(argument: Node, at: Node, context: TemplateContext): Value {
  return resolve(argument === at ? untagged(argument) : argument, context);
}

/** Stops work that the template's bounds forbid, reporting it once. */
export function refuse(at: Origin, context: TemplateContext): Value {
  const { memo, report } = context.stack;
  if (!memo.exhausted) {
    memo.exhausted = true;
    report({ code: 'bound-reached', message: `the template nests too deep or expands to more than ${NODE_BUDGET} values; the rest is not read`, origin: at });
  }
  return unknown('bound-reached', `${context.stack.scope.id}#template too large`, at);
}

/** A value that is not known, and why. */
export function unknown(reason: UnknownReason, name: string, origin: Origin, shape: 'atom' | 'text' | 'any' = 'any'): Unknown {
  return { kind: 'unknown', reason, name, origin, shape };
}

/** An unknown named within the stack, so that the same name of two stacks stays two values. */
export function unknownHere(reason: UnknownReason, name: string, at: Origin, context: TemplateContext, shape: 'atom' | 'text' | 'any' = 'any'): Unknown {
  return unknown(reason, `${context.stack.scope.id}#${name}`, at, shape);
}

function untagged(node: Node): Node {
  return { ...node, tag: '' };
}
