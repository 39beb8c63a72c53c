import type { CommandSpec } from './command.ts';
import type { OptionSpec } from './option.ts';
import { SCAN_OPTIONS } from './scan-options.ts';

const FORMAT: OptionSpec = { flags: '-f, --format <terminal|json>', description: 'how to print', group: 'Output:', choices: ['terminal', 'json'] };

/** What runs without a command's name. */
export const SCAN: CommandSpec = {
  name: 'scan',
  operands: '[paths...]',
  description: 'check files, folders and globs (default: the folder you are in)',
  options: SCAN_OPTIONS,
  load: async () => (await import('./scan-command.ts')).scanCommand,
};

/** All commands, in the order `--help` lists them. A command is one file plus one line here. */
export const COMMANDS: readonly CommandSpec[] = [
  SCAN,
  { name: 'explain', operands: '<rule>', description: 'say what a rule finds, why it matters and what to do', options: [], load: async () => (await import('./explain-command.ts')).explainCommand },
  { name: 'rules', operands: '', description: 'list all rules', options: [FORMAT], load: async () => (await import('./rules-command.ts')).rulesCommand },
  { name: 'init', operands: '', description: 'write a first .iamlintrc', options: [], load: async () => (await import('./init-command.ts')).initCommand },
  { name: 'completion', operands: '<shell>', description: 'print completions for bash, zsh or fish', options: [], load: async () => (await import('./completion-command.ts')).completionCommand },
];
