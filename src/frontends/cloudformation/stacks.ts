import type { Guard } from '../../core/guard.ts';
import type { Problem } from '../../core/problem.ts';
import type { Source } from '../../core/source.ts';
import type { Value } from '../../core/value.ts';
import type { Node } from '../../parse/node.ts';
import type { ParsedText } from '../../parse/yaml.ts';
import type { Files, Scope } from '../frontend.ts';

/** What opening a template needs. */
export interface OpenOptions {
  readonly source: Source;
  readonly scope: Scope;
  /** Parameter values from outside. */
  readonly given: ReadonlyMap<string, Value>;
  /** The same values while the parameters of the stack that gives them are open; conditions are judged by these. */
  readonly givenOpenly?: ReadonlyMap<string, Value>;
  readonly files: Files;
  readonly report: (problem: Problem) => void;
  /** Finds the template file of a nested stack where its `TemplateURL` does not name it (cloud assemblies). */
  readonly nestedPath?: (logicalId: string, resource: Node) => string | undefined;
  /** When the stack exists at all: the condition of the nested stack. */
  readonly when?: Guard;
  /** The stacks above, for cycles: file paths. */
  readonly ancestors?: readonly string[];
  /** What the stacks that are opened from one template share. */
  readonly family?: StackFamily;
}

/** Shared by a template, its deployments and all stacks nested in it: files parsed once, and a bound on how many stacks there are. */
export interface StackFamily {
  readonly parsed: Map<string, ParsedText>;
  /** Files whose comments were given already, so that a suppression used in one stack is not unused in another. */
  readonly commented: Set<string>;
  remaining: number;
}

/** More stacks are not opened from one template; CloudFormation's own quota for all stacks of an account is 2,000. */
const MAX_STACKS = 500;

/** A new family; `commented` may be shared by all families of a run. */
export function createFamily(commented: Set<string> = new Set()): StackFamily {
  return { parsed: new Map(), commented, remaining: MAX_STACKS };
}
