import type { CliContext } from './context.ts';
import type { OptionSpec, OptionValues } from './option.ts';

/** A command as data. Its code is loaded when it is called. */
export interface CommandSpec {
  readonly name: string;
  /** Operands as commander writes them, e.g. `[paths...]`. */
  readonly operands: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  readonly load: () => Promise<CommandRun>;
}

/** Does a command's work and gives the exit code. */
export type CommandRun = (invocation: Invocation, context: CliContext) => Promise<number>;

/** What the user asked a command to do. */
export interface Invocation {
  readonly operands: readonly string[];
  readonly values: OptionValues;
  /** All commands there are. */
  readonly commands: readonly CommandSpec[];
}
