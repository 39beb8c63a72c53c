import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { github } from '../../src/report/github.ts';
import { PLAIN } from '../../src/report/reporter.ts';
import { finding, originOf, report, TEMPLATE } from './sample.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Reads a workflow command as the runner does (actions/runner, ActionCommand.cs). */
function parseCommand(line: string): Command | undefined {
  const text = line.trimStart();
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end === -1) return undefined;
  const [name = '', ...rest] = text.slice(2, end).split(' ');
  const pairs = rest.join(' ').split(',').filter(Boolean).map((pair) => pair.split(/=(.*)/s));
  return { name, properties: Object.fromEntries(pairs.map(([key, value]) => [key, unescape(value ?? '', true)])), data: unescape(text.slice(end + 2), false) };
}

function unescape(text: string, property: boolean): string {
  const data = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (property ? data.replaceAll('%3A', ':').replaceAll('%2C', ',') : data).replaceAll('%25', '%');
}

const linesOf = (input: Parameters<typeof report>[0]) => github.render(report(input), PLAIN).split(/\r\n|\r|\n/).filter((line) => line !== '');

it('annotates the offending string, and says the place again for the log', () => {
  expect(linesOf({}).map(parseCommand)).toEqual([
    {
      name: 'error',
      properties: { file: 'infra/stack.yaml', line: '8', endLine: '8', col: '26', endColumn: '27', title: 'iamlint admin-star-star' },
      data: 'infra/stack.yaml:8:26 policy of `AdminRole` allows every action on every resource\nfix: list the actions that are needed\nhttps://example.org/rules/admin-star-star',
    },
  ]);
});

it('gives columns only when the place is in one line', () => {
  const [command] = linesOf({ findings: [finding({ origin: originOf(TEMPLATE, 'Allow\n                Action') })] }).map(parseCommand);
  expect(command?.properties).toEqual({ file: 'infra/stack.yaml', line: '7', endLine: '8', title: 'iamlint admin-star-star' });
});

it('names files from the top of the repository', () => {
  expect(parseCommand(linesOf({ prefix: 'deploy' })[0] ?? '')?.properties['file']).toBe('deploy/infra/stack.yaml');
});

it('shows ten of each level, the gravest first, and how many more there are', () => {
  const source = new Source('x.yaml', 'x\n'.repeat(40));
  const findings = Array.from({ length: 30 }, (_unused, index) =>
    finding({ origin: { source, start: index * 2, end: index * 2 + 1 }, severity: index % 2 === 0 ? 'info' : 'error', securitySeverity: index / 4 }),
  );
  const lines = linesOf({ findings });
  const commands = lines.map(parseCommand);
  expect(commands.filter((command) => command?.name === 'error')).toHaveLength(10);
  expect(commands.filter((command) => command?.name === 'notice')).toHaveLength(10);
  expect(commands.slice(0, 3).map((command) => [command?.name, command?.properties['line']])).toEqual([['error', '30'], ['error', '28'], ['error', '26']]);
  expect(lines.at(-1)).toBe('iamlint: 10 more findings without an annotation; the job summary and the log list all');
});

it('prints nothing when nothing was found', () => {
  expect(linesOf({ findings: [] })).toEqual([]);
});

it('escapes whatever stands in paths and messages', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '%', '%0A', '\r', '\n', '\r\n', ':', '::', ',', '=', '##[', ' ', '`', '\u001b', '\u2028', 'é') });
  const survives = fc.property(text, text, text, (path, message, fix) => {
    const source = new Source(`p${path}`, '*');
    const lines = linesOf({ findings: [finding({ origin: originOf(source, '*'), message: `m${message}`, fix })] });
    expect(lines).toHaveLength(1);
    const command = parseCommand(lines[0] ?? '');
    expect(command?.name).toBe('error');
    expect(Object.keys(command?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
    expect(command?.properties['file']).toBe(`p${path}`);
    expect(command?.data).toContain(' m');
  });
  fc.assert(survives, { numRuns: 500 });
});
