import type { CommandSpec, Invocation } from './command.ts';
import { type CliContext, UsageError } from './context.ts';
import { longName, type OptionSpec } from './option.ts';

/** `iamlint completion SHELL`: prints completions made from the table of commands. */
export async function completionCommand({ operands, commands }: Invocation, context: CliContext): Promise<number> {
  const [shell = ''] = operands;
  const write = SHELLS.get(shell);
  if (write === undefined) throw new UsageError(`no completions for \`${shell}\`; there are ${[...SHELLS.keys()].join(', ')}`);
  await context.stdout.write(write(commands));
  return 0;
}

const SHELLS: ReadonlyMap<string, (commands: readonly CommandSpec[]) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

const SCAN_NAME = 'scan';

function bash(commands: readonly CommandSpec[]): string {
  const scan = commands.find((command) => command.name === SCAN_NAME)?.options ?? [];
  const others = commands.filter((command) => command.name !== SCAN_NAME);
  return `# Load with: source <(iamlint completion bash)
_iamlint() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words
  case "$before" in
${choiceCases(scan)}  esac
  case "\${COMP_WORDS[1]}" in
${others.map((command) => `    ${command.name}) words="${[...command.options.map(longName), '--help'].join(' ')}" ;;\n`).join('')}    *) words="${[...scan.map(longName), '--help', '--version'].join(' ')}" ;;
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word")); return; fi
  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W "${commands.map((command) => command.name).join(' ')}" -- "$word")); fi
  COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _iamlint iamlint
`;
}

function choiceCases(options: readonly OptionSpec[]): string {
  return options
    .filter((option) => option.choices !== undefined)
    .map((option) => `    ${longName(option)}) COMPREPLY=($(compgen -W "${option.choices?.join(' ')}" -- "$word")); return ;;\n`)
    .join('');
}

function zsh(commands: readonly CommandSpec[]): string {
  const scan = commands.find((command) => command.name === SCAN_NAME)?.options ?? [];
  const others = commands.filter((command) => command.name !== SCAN_NAME && command.options.length > 0);
  const given = (options: readonly OptionSpec[], indent: string): string => options.map((option) => `${indent}${quoted(zshOption(option))} \\\n`).join('');
  return `#compdef iamlint
# Load with: source <(iamlint completion zsh)
_iamlint() {
  local -a commands=(
${commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}\n`).join('')}  )
  case "\${words[2]}" in
${others.map((command) => `    ${command.name}) _arguments -s \\\n${given(command.options, '      ')}      '*:file:_files'; return ;;\n`).join('')}  esac
  _arguments -s \\
${given(scan, '    ')}    '1: :{_describe command commands; _files}' '*:file:_files'
}
compdef _iamlint iamlint
`;
}

function zshOption(option: OptionSpec): string {
  const description = option.description.replace(/[[\]:]/g, ' ');
  const value = !option.flags.includes('<') ? '' : option.choices !== undefined ? `:value:(${option.choices.join(' ')})` : option.file === true ? ':file:_files' : ':value:';
  return `${option.repeatable === true ? '*' : ''}${longName(option)}[${description}]${value}`;
}

function fish(commands: readonly CommandSpec[]): string {
  const lines = ['# Load with: iamlint completion fish | source'];
  for (const command of commands) {
    lines.push(`complete -c iamlint -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.description)}`);
    const where = command.name === SCAN_NAME ? '' : ` -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
    for (const option of command.options) {
      const value = !option.flags.includes('<') ? '' : option.choices !== undefined ? ` -x -a ${quoted(option.choices.join(' '))}` : ' -r';
      lines.push(`complete -c iamlint${where} -l ${longName(option).slice(2)}${value} -d ${quoted(option.description)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
