import { Command, CommanderError, Option } from 'commander';
import type { CommandSpec, Invocation } from './command.ts';
import { COMMANDS, SCAN } from './commands.ts';
import type { OptionSpec } from './option.ts';

/** What a command line asks for. */
export type Parsed =
  | { readonly kind: 'run'; readonly command: CommandSpec; readonly invocation: Invocation }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage-error'; readonly message: string };

/** How help is shown. */
export interface HelpShape {
  readonly columns: number;
  readonly color: boolean;
}

/** Reads a command line (without the program's name). Without a command's name it is a scan. Never prints and never exits. */
export function parseArguments(argv: readonly string[], { columns, color }: HelpShape = { columns: 100, color: false }): Parsed {
  const written = { out: '', error: '' };
  let run: Parsed | undefined;
  const take = (command: CommandSpec, parsed: Command): void => {
    run = { kind: 'run', command, invocation: { operands: [...parsed.args], values: { ...parsed.opts() }, commands: COMMANDS } };
  };
  const program = programOf(take);
  for (const one of [program, ...program.commands]) {
    one.exitOverride();
    one.configureOutput({ writeOut: (text) => void (written.out += text), writeErr: (text) => void (written.error += text), getOutHelpWidth: () => columns, getOutHasColors: () => color });
    // The choices stand in the flags already.
    // Operands stand in each command's own help; beside every name they would push the descriptions off the screen.
    one.configureHelp({ subcommandTerm: (command) => command.name(), optionDescription: (option) => option.description, styleTitle: (text) => (color ? `\u001b[1m${text}\u001b[22m` : text) });
  }
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'help', text: written.out };
    return { kind: 'usage-error', message: written.error.trim().replace(/^error: /, '') };
  }
  const version = program.opts()['version'] === true;
  return version || run === undefined ? { kind: 'version' } : run;
}

function programOf(take: (command: CommandSpec, parsed: Command) => void): Command {
  const program = define(new Command('iamlint'), SCAN, take)
    .usage('[paths...] [options]\n       iamlint <command>')
    .description('Finds what is dangerous in AWS IAM before it is deployed: CloudFormation, SAM, Terraform, CDK and plain policies. Offline.')
    .enablePositionalOptions()
    .addOption(new Option('-V, --version', 'version of iamlint and date of its AWS data'))
    .helpOption('-h, --help', 'this help')
    .helpCommand(false)
    .addHelpText('after', `\n${FOOTER}`);
  for (const spec of COMMANDS) program.addCommand(define(new Command(spec.name), spec, take).description(spec.description).helpOption('-h, --help', 'this help'));
  return program;
}

function define(command: Command, spec: CommandSpec, take: (command: CommandSpec, parsed: Command) => void): Command {
  for (const operand of spec.operands.split(' ')) if (operand !== '') command.argument(operand);
  for (const option of spec.options) command.addOption(optionOf(option));
  return command.allowExcessArguments(false).showSuggestionAfterError(true).action(() => take(spec, command));
}

function optionOf(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description).helpGroup(spec.group);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.repeatable === true) option.argParser((value: string, known: unknown) => [...(Array.isArray(known) ? known : []), value]);
  return option;
}

const FOOTER = `Examples:
  iamlint                                  check everything below this folder
  iamlint cdk.out plan.json                check CDK output and a plan together
  iamlint --format sarif:iamlint.sarif     write a file for code scanning
  iamlint explain admin-star-star          read up on a rule

Exit code:
  0  nothing at or above the gate
  1  findings
  2  wrong usage or configuration, nothing to read, or a fault of iamlint itself

A folder that bears a command's name is checked with \`iamlint ./name\`.
`;
