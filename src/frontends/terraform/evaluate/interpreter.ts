import type { Guard } from '../../../core/guard.ts';
import type { Problem } from '../../../core/problem.ts';
import type { Origin, Source } from '../../../core/source.ts';
import type { Scalar, Value } from '../../../core/value.ts';
import type { Scope } from '../../frontend.ts';
import type { Expression } from '../syntax/ast.ts';
import type { ModuleDefinition, ResourceDefinition } from '../module/definition.ts';

/** Evaluates the expressions of one root module and the modules it calls. */
export interface Interpreter {
  readonly scope: Scope;
  readonly root: ModuleInstance;
  /** Folder of the root module: relative paths in `file(…)` start here. */
  readonly folder: string;
  readonly budget: Budget;
  readonly evaluate: (expression: Expression, frame: Frame) => Value;
  /** Evaluates a known text as a template, with only the given names in reach. */
  readonly evaluateTemplate: (text: Scalar, names: Names | undefined, frame: Frame) => Value;
  /** A file named by an expression. */
  readonly readFile: (path: string) => Source | 'missing' | 'outside-root' | 'too-large';
  readonly listFiles: (folder: string) => readonly string[];
  readonly report: (problem: Problem) => void;
  /** Instances that references lead to, by address. */
  readonly instances: Map<string, ResourceInstance>;
  /** The module that a call leads to. */
  readonly moduleAt: (caller: ModuleInstance, call: ModuleCall) => ModuleDefinition | UnreachableModule;
  /** The outputs of the root of the run whose state a `terraform_remote_state` reads; `undefined` when no root keeps it. */
  readonly remoteOutputs: (config: RemoteStateConfig, at: Origin) => Value | undefined;
  readonly overlay: Overlay | undefined;
  /** Account and region behind a provider, e.g. for `aws_caller_identity`. */
  readonly providerFacts: (module: ModuleInstance, resource: ResourceDefinition) => ProviderFacts;
}

/** What a plan or state knows of the instances that the configuration declares. */
export interface Overlay {
  /** Instance keys as written (`''`, `[0]`, `["k"]`) of a resource or module call by its address without its own key; `undefined` when nothing is known of it. */
  readonly suffixes: (address: string) => readonly string[] | undefined;
  /** A known attribute of an instance. */
  readonly attribute: (address: string, name: string) => Value | undefined;
  /** The value of a variable of the root. */
  readonly variable: (name: string) => Value | undefined;
}

/** How much work is left. Evaluation stops, with everything unknown, when it is used up. */
export interface Budget {
  steps: number;
  depth: number;
  instances: number;
  modules: number;
  /** Set when a bound was hit, so that it is reported once. */
  readonly reached: Set<string>;
}

/** Where an expression is evaluated: what its names mean. */
export interface Frame {
  readonly interpreter: Interpreter;
  readonly module: ModuleInstance;
  readonly names: Names | undefined;
  readonly each?: { readonly key: Value; readonly value: Value };
  readonly count?: Value;
  /** Only `names` are in reach: inside a template file. */
  readonly closed?: boolean;
}

/** Names bound around an expression, innermost first: `for`, splats, iterators of dynamic blocks, template variables. */
export interface Names {
  readonly name: string;
  readonly value: Value;
  readonly outer: Names | undefined;
}

export interface ModuleCall {
  readonly name: string;
  readonly source: string | undefined;
  readonly origin: Origin;
}

/** A module whose sources are not in reach; `name` says which. */
export interface UnreachableModule {
  readonly kind: 'unreachable';
  readonly name: string;
}

/** One use of a module: the root itself, or one instance of a call. */
export interface ModuleInstance {
  readonly definition: ModuleDefinition;
  /** `module.a["k"].module.b`; '' for the root. */
  readonly path: string;
  /** Names of the calls that lead here, without instance keys. */
  readonly trail: readonly string[];
  readonly parent: ModuleInstance | undefined;
  /** What the caller passes, evaluated when asked for. */
  readonly inputs: ReadonlyMap<string, { readonly expression: Expression; readonly frame: Frame }>;
  /** Provider configuration names here to those of the caller: `aws` to `aws.audit`. */
  readonly providers: ReadonlyMap<string, string> | undefined;
  readonly when: Guard;
  readonly memo: ModuleMemo;
}

export interface ModuleMemo {
  readonly values: Map<string, Value | 'evaluating'>;
  readonly expansions: Map<string, Expansion | 'expanding'>;
  readonly calls: Map<string, CallExpansion | 'expanding'>;
}

/** The instances of a resource (or module call), by the alternatives that conditions leave. */
export interface Expansion {
  /** `single`: neither `count` nor `for_each`. */
  readonly by: 'single' | 'count' | 'for_each';
  readonly options: readonly ExpansionOption[];
  /** The keys are not known: the one instance stands for all of them. */
  readonly representative: boolean;
}

export interface ExpansionOption {
  readonly when: Guard;
  readonly instances: readonly Instance[];
}

export interface Instance {
  /** `["k"]`, `[0]`, `[*]` or ''. */
  readonly suffix: string;
  readonly key: string | undefined;
  readonly each?: { readonly key: Value; readonly value: Value };
  readonly count?: Value;
  readonly when: Guard;
}

export interface ResourceInstance {
  readonly module: ModuleInstance;
  readonly definition: ResourceDefinition;
  readonly instance: Instance;
  readonly address: string;
}

export interface CallExpansion {
  readonly expansion: Expansion;
  readonly instances: ReadonlyMap<string, ModuleInstance>;
  readonly unreachable: UnreachableModule | undefined;
}

export interface RemoteStateConfig {
  readonly backend: string | undefined;
  readonly config: ReadonlyMap<string, string>;
  /** Folder of the module that reads the state. */
  readonly folder: string;
}

export interface ProviderFacts {
  /** `aws`, `aws.audit`: the configuration in the root. */
  readonly name: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}
