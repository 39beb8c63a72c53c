import type { Problem } from '../../../core/problem.ts';
import type { Source } from '../../../core/source.ts';
import type { Attribute, Block } from '../syntax/ast.ts';
import type { SuppressionMark } from '../../frontend.ts';

/** A folder of configuration files, read as one module. */
export interface ModuleDefinition {
  /** Relative to the root of the run; '' for the root of the run itself. */
  readonly folder: string;
  readonly sources: readonly Source[];
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Block>;
  /** By `type.name` for managed resources, `data.type.name` and `ephemeral.type.name` for what is read. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly calls: ReadonlyMap<string, Block>;
  readonly providers: readonly Block[];
  /** The `terraform` blocks. */
  readonly settings: readonly Block[];
  readonly suppressions: readonly SuppressionMark[];
  readonly problems: readonly Problem[];
}

export interface ResourceDefinition {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** `type.name`, `data.type.name` or `ephemeral.type.name`. */
  readonly id: string;
  readonly block: Block;
}
