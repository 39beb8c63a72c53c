import type { CommandSpec } from './command.ts';
import { completionCommand } from './completion-command.ts';
import { explainCommand } from './explain-command.ts';
import { initCommand } from './init-command.ts';
import type { OptionSpec } from './option.ts';
import { rulesCommand } from './rules-command.ts';
import { scanCommand } from './scan-command.ts';
import { SCAN_OPTIONS } from './scan-options.ts';

const FORMAT: OptionSpec = { flags: '-f, --format <terminal|json>', description: 'how to print', group: 'Output:', choices: ['terminal', 'json'] };

const COMPARE_OPTIONS: readonly OptionSpec[] = [
  { flags: '--type <identity|resource|trust|scp|rcp>', description: 'kind of policy (default: by its shape; control policies have to be named)', group: 'Policies:', choices: ['identity', 'resource', 'trust', 'scp', 'rcp'] },
  FORMAT,
];

const TEST_OPTIONS: readonly OptionSpec[] = [
  { flags: '-f, --format <terminal|json|junit>', description: 'how to print', group: 'Output:', choices: ['terminal', 'json', 'junit'] },
  { flags: '--allow-undecided', description: 'do not fail for what cannot be decided', group: 'Exit code:' },
];

const MODEL_FORMAT: OptionSpec = { flags: '-f, --format <json|dot|mermaid>', description: 'how to print', group: 'Output:', choices: ['json', 'dot', 'mermaid'] };
const FROM: OptionSpec = { flags: '--from <principal>', description: 'where to start; default: everyone who is no administrator', group: 'Question:' };
const TO: OptionSpec = { flags: '--to <principal>', description: 'principal to become; default: `admin`', group: 'Question:' };

/** What runs without a command's name. */
export const SCAN: CommandSpec = {
  name: 'scan',
  operands: '[paths...]',
  description: 'check files, folders and globs (default: the folder you are in)',
  options: SCAN_OPTIONS,
  load: async () => scanCommand,
};

/**
 * All commands, in the order `--help` lists them. A command is one file plus one line here. `load` may import what is large;
 * these are small, and a file more to open costs more than they do.
 */
export const COMMANDS: readonly CommandSpec[] = [
  SCAN,
  { name: 'explain', operands: '<rule>', description: 'say what a rule finds, why it matters and what to do', options: [], load: async () => explainCommand },
  { name: 'rules', operands: '', description: 'list all rules', options: [FORMAT], load: async () => rulesCommand },
  { name: 'test', operands: '<paths...>', description: 'check access assertions: who may and who may not do what', options: TEST_OPTIONS, load: async () => (await import('./test-command.ts')).testCommand },
  { name: 'compare', operands: '<old> <new>', description: 'say whether a new version of a policy allows what the old one does not', options: COMPARE_OPTIONS, load: async () => (await import('./compare-command.ts')).compareCommand },
  { name: 'init', operands: '', description: 'write a first .iamlintrc', options: [], load: async () => initCommand },
  { name: 'can', operands: '<principal> <action> <resource> [paths...]', description: 'may a principal do an action on a resource', options: [FORMAT], load: async () => (await import('./question-commands/questions.ts')).canCommand },
  { name: 'who-can', operands: '<action> <resource> [paths...]', description: 'who may do an action on a resource', options: [FORMAT], load: async () => (await import('./question-commands/questions.ts')).whoCanCommand },
  { name: 'what-can', operands: '<principal> [paths...]', description: 'what a principal may do', options: [FORMAT], load: async () => (await import('./question-commands/inventory-commands.ts')).whatCanCommand },
  { name: 'paths', operands: '[paths...]', description: 'ways by which a principal becomes another, or an administrator', options: [FROM, TO, FORMAT], load: async () => (await import('./question-commands/questions.ts')).pathsCommand },
  { name: 'reach', operands: '[paths...]', description: 'who reaches into which account, and what outsiders reach', options: [FORMAT], load: async () => (await import('./question-commands/inventory-commands.ts')).reachCommand },
  { name: 'model', operands: '[paths...]', description: 'show principals, trust and escalation', options: [MODEL_FORMAT], load: async () => (await import('./question-commands/model-command.ts')).modelCommand },
  { name: 'completion', operands: '<shell>', description: 'print completions for bash, zsh or fish', options: [], load: async () => completionCommand },
];
