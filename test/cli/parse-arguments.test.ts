import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

function run(...argv: string[]) {
  const parsed = parseArguments(argv);
  return parsed.kind === 'run' ? { command: parsed.command.name, operands: parsed.invocation.operands, values: parsed.invocation.values } : parsed;
}

describe('a command line', () => {
  it('is a scan when it names no command', () => {
    expect(run()).toMatchObject({ command: 'scan', operands: [] });
    expect(run('a.yaml', 'b')).toMatchObject({ command: 'scan', operands: ['a.yaml', 'b'] });
    expect(run('scan', 'a.yaml')).toMatchObject({ command: 'scan', operands: ['a.yaml'] });
    expect(run('./rules', '--quiet')).toMatchObject({ command: 'scan', operands: ['./rules'], values: { quiet: true } });
    expect(run('--', '--odd.yaml', 'rules')).toMatchObject({ command: 'scan', operands: ['--odd.yaml', 'rules'] });
  });

  it.each([[['--format', 'json', 'a.yaml']], [['a.yaml', '--format', 'json']], [['scan', '-f', 'json', 'a.yaml']], [['a.yaml', '-fjson']], [['--format=json', 'a.yaml']]])('takes options anywhere: %j', (argv) => {
    expect(run(...argv)).toMatchObject({ command: 'scan', operands: ['a.yaml'], values: { format: ['json'] } });
  });

  it('keeps the options of commands apart', () => {
    expect(run('rules', '--format', 'json')).toMatchObject({ command: 'rules', values: { format: 'json' } });
    expect(run('rules', '--notices')).toMatchObject({ kind: 'usage-error' });
  });

  it('repeats what may be repeated', () => {
    expect(run('-f', 'terminal', '-f', 'sarif:x.sarif', '--only', 'a,b', '--only', 'c', '--parameter', 'A=1', '--parameter', 'B=2')).toMatchObject({
      values: { format: ['terminal', 'sarif:x.sarif'], only: ['a,b', 'c'], parameter: ['A=1', 'B=2'] },
    });
  });

  it('takes no path for a rule', () => {
    expect(run('--only', 'wildcard', 'a.yaml')).toMatchObject({ operands: ['a.yaml'], values: { only: ['wildcard'] } });
  });

  it.each([
    [['--fromat', 'json'], "unknown option '--fromat'\n(Did you mean --format?)"],
    [['--fail-on', 'eror'], "option '--fail-on <error|warning|info|never>' argument 'eror' is invalid. Allowed choices are error, warning, info, never."],
    [['--format'], "option '-f, --format <name[:file]>' argument missing"],
    [['explain'], "missing required argument 'rule'"],
    [['rules', 'too-many'], "too many arguments for 'rules'. Expected 0 arguments but got 1."],
  ])('that is wrong says how: %j', (argv, message) => {
    expect(run(...argv)).toEqual({ kind: 'usage-error', message });
  });
});

describe('help', () => {
  it('lists every command and option', () => {
    const help = parseArguments(['--help']);
    expect(help.kind).toBe('help');
    const text = help.kind === 'help' ? help.text : '';
    for (const command of COMMANDS) expect(text).toContain(`  ${command.name}`);
    for (const option of COMMANDS[0]?.options ?? []) expect(text).toContain(option.flags);
    for (const heading of ['Usage:', 'Output:', 'What counts:', 'Configuration and deployment:', 'Input:', 'Commands:', 'Examples:', 'Exit code:']) expect(text).toContain(heading);
  });

  it('fits the terminal', () => {
    const help = parseArguments(['--help'], { columns: 80, color: false });
    const lines = help.kind === 'help' ? help.text.split('\n') : [];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('is there for each command', () => {
    for (const command of COMMANDS) expect(parseArguments([command.name, '--help'])).toMatchObject({ kind: 'help', text: expect.stringContaining(command.description) });
  });
});

it('knows the version switch', () => {
  expect([parseArguments(['--version']).kind, parseArguments(['-V']).kind]).toEqual(['version', 'version']);
});
