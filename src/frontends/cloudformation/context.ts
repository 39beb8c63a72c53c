import type { Guard } from '../../core/guard.ts';
import type { Problem } from '../../core/problem.ts';
import type { Origin, Source } from '../../core/source.ts';
import type { UnknownReason, Value } from '../../core/value.ts';
import type { Files, Scope } from '../frontend.ts';
import { child, type MappingNode, type Node } from '../../parse/node.ts';

/** Everything resolving a node of one template needs. Made once per template and deployment. */
export interface TemplateContext {
  readonly source: Source;
  readonly scope: Scope;
  readonly root: MappingNode;
  readonly resources: Node | undefined;
  readonly parameters: Node | undefined;
  readonly mappings: Node | undefined;
  readonly conditions: Node | undefined;
  /** Values given from outside: parameter files, a parent stack. */
  readonly given: ReadonlyMap<string, Value>;
  /** Names bound by `Fn::ForEach` around the node, and by `Fn::Sub`'s own map. */
  readonly bound: ReadonlyMap<string, Value>;
  readonly files: Files;
  readonly report: (problem: Problem) => void;
  readonly memo: ContextMemo;
  /** The value of a nested stack's output, when its template is in reach. */
  readonly stackOutput: (logicalId: string, output: string, at: Origin) => Value | undefined;
  /** Logical ids that a transform adds (SAM's generated roles), which references may name. */
  readonly generated: ReadonlySet<string>;
}

/** Per-template state: what was worked out already, and how much work is left. */
export interface ContextMemo {
  readonly guards: Map<string, readonly Guard[] | 'open'>;
  readonly parameters: Map<string, Value>;
  /** Nodes that may still be resolved; shared YAML anchors make texts small and trees huge. */
  budget: number;
  exhausted: boolean;
}

const NODE_BUDGET = 400_000;

export function createMemo(): ContextMemo {
  return { guards: new Map(), parameters: new Map(), budget: NODE_BUDGET, exhausted: false };
}

/** Counts one resolved node; false when the template's budget is used up (reported once). */
export function spend(context: TemplateContext, at: Origin): boolean {
  if (context.memo.budget > 0) {
    context.memo.budget -= 1;
    return true;
  }
  if (!context.memo.exhausted) {
    context.memo.exhausted = true;
    context.report({ code: 'bound-reached', message: `the template expands to more than ${NODE_BUDGET} values; the rest is not read`, origin: at });
  }
  return false;
}

export function unknown(reason: UnknownReason, name: string, origin: Origin, shape: 'atom' | 'text' | 'any' = 'any'): Value {
  return { kind: 'unknown', reason, name, origin, shape };
}

/** Is there a resource with this logical id (written or generated)? */
export function hasResource(context: TemplateContext, logicalId: string): boolean {
  return child(context.resources, logicalId) !== undefined || context.generated.has(logicalId);
}

export function withBound(context: TemplateContext, names: readonly (readonly [string, Value])[]): TemplateContext {
  return { ...context, bound: new Map([...context.bound, ...names]) };
}
