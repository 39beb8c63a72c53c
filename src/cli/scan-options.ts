import type { OptionSpec } from './option.ts';

const OUTPUT = 'Output:';
const JUDGING = 'What counts:';
const SETTING = 'Configuration and deployment:';
const INPUT = 'Input:';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export const GATES = ['error', 'warning', 'info', 'never'] as const;
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export const PRESETS = ['recommended', 'strict', 'all'] as const;
export const COLORS = ['auto', 'always', 'never'] as const;

/** Options of `iamlint scan`, which is also what `iamlint` does without a command. */
export const SCAN_OPTIONS: readonly OptionSpec[] = [
  { flags: '-f, --format <name[:file]>', description: 'terminal, json, sarif, github, gitlab, junit, markdown, rdjson or unix; to a file, or to stdout; may be repeated', group: OUTPUT, repeatable: true },
  { flags: '--notices', description: 'list what could not be decided', group: OUTPUT },
  { flags: '--quiet', description: 'findings alone: no summary, no hints', group: OUTPUT },
  { flags: '--color <auto|always|never>', description: 'colours', group: OUTPUT, choices: COLORS },
  { flags: '--no-progress', description: 'no progress on the terminal', group: OUTPUT },
  { flags: '--timing', description: 'say how long each stage took', group: OUTPUT },
  { flags: '--sarif-category <name>', description: 'category of the SARIF run, for several uploads of one commit', group: OUTPUT },
  { flags: '--sarif-suppressed', description: 'put suppressed findings into SARIF (GitHub shows them as open)', group: OUTPUT },
  { flags: '--fail-on <error|warning|info|never>', description: 'least severity that makes exit code 1', group: JUDGING, choices: GATES },
  { flags: '--min-confidence <high|medium|low>', description: 'least confidence that counts', group: JUDGING, choices: CONFIDENCES },
  { flags: '--exit-zero', description: 'exit code 0 whatever is found', group: JUDGING },
  { flags: '--strict', description: 'exit code 2 when something could not be read', group: JUDGING },
  { flags: '--only <rules>', description: 'only these rules, categories or tags, parted by commas; may be repeated', group: JUDGING, repeatable: true },
  { flags: '--skip <rules>', description: 'not these rules, categories or tags', group: JUDGING, repeatable: true },
  { flags: '--preset <recommended|strict|all>', description: 'set of rules', group: JUDGING, choices: PRESETS },
  { flags: '-c, --config <file>', description: 'configuration (default: the .iamlintrc here and in the folders above)', group: SETTING, file: true },
  { flags: '--no-config', description: 'no configuration at all', group: SETTING },
  { flags: '--account <id|name>', description: 'account that everything is deployed to', group: SETTING },
  { flags: '--region <region>', description: 'region that everything is deployed to', group: SETTING },
  { flags: '--parameters <file>', description: 'values of CloudFormation parameters; may be repeated', group: SETTING, repeatable: true, file: true },
  { flags: '--parameter <name=value>', description: 'value of one CloudFormation parameter; may be repeated', group: SETTING, repeatable: true },
  { flags: '--var <name=value>', description: 'value of one Terraform variable; may be repeated', group: SETTING, repeatable: true },
  { flags: '--var-file <file>', description: 'values of Terraform variables; may be repeated', group: SETTING, repeatable: true, file: true },
  { flags: '--stdin', description: 'read one file from stdin', group: INPUT },
  { flags: '--stdin-filename <name>', description: 'name of the file that stdin holds', group: INPUT },
  { flags: '--pass-on-no-files', description: 'exit code 0 when there is nothing to read', group: INPUT },
];
