import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/context.ts';
import { Source } from '../../src/core/source.ts';
import { folderOf } from '../config/folders.ts';
import { finding, notice, originOf, report } from '../report/sample.ts';
import { iamlint } from './world.ts';

const clean = { report: report({ findings: [] }) };
const nothing = { report: report({ findings: [], statistics: { files: 0, resources: 0, principals: 0, policies: 0, statements: 0 } }) };

describe('the exit code', () => {
  const warning = { report: report({ findings: [finding({ severity: 'warning' })] }) };
  const crashed = { report: report({ findings: [], notices: [notice({ code: 'rule-crashed' })] }) };
  const unreadable = { report: report({ findings: [finding({ ruleId: 'unreadable-input', severity: 'info' })] }) };
  const tooLarge = { report: report({ findings: [], notices: [notice({ code: 'input-too-large' })] }) };
  it.each([
    ['an error', [], {}, 1],
    ['nothing', [], clean, 0],
    ['a warning', [], warning, 0],
    ['a warning, --fail-on warning', ['--fail-on', 'warning'], warning, 1],
    ['a warning, --fail-on info', ['--fail-on', 'info'], warning, 1],
    ['a warning, failOn of the configuration', [], { ...warning, failOn: 'warning' as const }, 1],
    ['a warning, the command line before the configuration', ['--fail-on', 'error'], { ...warning, failOn: 'warning' as const }, 0],
    ['an error, --fail-on never', ['--fail-on', 'never'], {}, 0],
    ['an error, --exit-zero', ['--exit-zero'], {}, 0],
    ['nothing to read', [], nothing, 2],
    ['nothing to read, --exit-zero', ['--exit-zero'], nothing, 2],
    ['nothing to read, --pass-on-no-files', ['--pass-on-no-files'], nothing, 0],
    ['a rule that failed', ['--exit-zero'], crashed, 2],
    ['a file that could not be read', [], unreadable, 0],
    ['a file that could not be read, --strict', ['--strict'], unreadable, 2],
    ['a file that was too large, --strict', ['--strict'], tooLarge, 2],
  ])('for %s', async (_name, argv, result, expected) => {
    expect((await iamlint(argv, { result })).code).toBe(expected);
  });

  it('is the same for every format', async () => {
    for (const format of ['terminal', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'rdjson', 'unix']) expect((await iamlint(['-f', format])).code).toBe(1);
  });
});

describe('formats', () => {
  it('go to stdout alone, hints to stderr', async () => {
    const json = await iamlint(['--format', 'json']);
    expect(JSON.parse(json.out).findings).toHaveLength(1);
    expect(json.err).toBe('iamlint: 1 finding (1 error, 0 warnings, 0 infos) in 1 file\n');
    const terminal = await iamlint([], { result: { hints: ['look out'] } });
    expect(terminal.out).toContain('✖ error  admin-star-star');
    expect(terminal.err).toBe('iamlint: look out\n');
    expect((await iamlint(['--quiet', '-f', 'json'])).err).toBe('');
  });

  it('go to files, in folders that need not exist', async () => {
    const cwd = folderOf({});
    const { out, err, code } = await iamlint(['-f', 'sarif:out/a/x.sarif', '-f', 'terminal', '-f', 'junit:j.xml'], { cwd, tty: true });
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(join(cwd, 'out/a/x.sarif'), 'utf8')).runs).toHaveLength(1);
    expect(readFileSync(join(cwd, 'j.xml'), 'utf8')).toContain('<testsuites');
    expect(out).toContain('✖ 1 finding');
    expect(err).toBe('\r\u001b[K');
    const file = await iamlint(['-f', 'terminal:report.txt'], { cwd, tty: true });
    expect(file.out).toBe('');
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001b');
  });

  it.each([
    [['-f', 'jsn'], 'there is no format `jsn`; there are terminal, json, sarif, github, gitlab, junit, markdown, rdjson, unix; did you mean `json`?'],
    [['-f', 'json', '-f', 'terminal'], '`json` must have stdout for itself; write it or the others to a file: `--format json:FILE`'],
    [['-f', 'json:'], '`--format json:` names no file'],
  ])('that cannot be: %j', async (argv, message) => {
    expect(await iamlint(argv)).toMatchObject({ code: 2, out: '', err: `iamlint: ${message}\n`, request: undefined });
  });

  it('that cannot be written end with 2', async () => {
    const cwd = folderOf({ file: '' });
    expect(await iamlint(['-f', 'json:file/x.json'], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining('iamlint: the report cannot be written') });
  });
});

describe('under GitHub Actions', () => {
  const env = (folder: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_WORKSPACE: folder, GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'abc' });

  it('prints for people, annotates, and writes the job summary', async () => {
    const cwd = folderOf({ 'summary.md': 'before\n' });
    const { out } = await iamlint([], { cwd, env: env(cwd) });
    const lines = out.split('\n');
    expect(lines[0]).toBe('::stop-commands::word-nobody-knows');
    expect(lines.indexOf('::word-nobody-knows::')).toBeGreaterThan(5);
    expect(lines.slice(lines.indexOf('::word-nobody-knows::') + 1)).toEqual([expect.stringMatching(/^::error file=infra\/stack\.yaml,line=8,/), '']);
    const summary = readFileSync(join(cwd, 'summary.md'), 'utf8');
    expect(summary).toMatch(/^before\n### ❌ iamlint: 1 finding/);
    expect(summary).toContain('https://github.example/o/r/blob/abc/infra/stack.yaml#L8');
  });

  it('obeys --format', async () => {
    const cwd = folderOf({});
    const { out } = await iamlint(['--format', 'json'], { cwd, env: env(cwd) });
    expect(JSON.parse(out).version).toBe(1);
    expect(() => readFileSync(join(cwd, 'summary.md'))).toThrow();
  });

  it('lets no scanned text become a command', async () => {
    const hostile = new Source('x.yaml', '::set-env name=A::b\n##[add-path]c\n"*"');
    const { out } = await iamlint([], { env: { GITHUB_ACTIONS: 'true' }, result: { report: report({ findings: [finding({ origin: originOf(hostile, '"*"') })] }) } });
    const open = out.split('::word-nobody-knows::')[1] ?? '';
    expect(open).not.toMatch(/set-env|add-path/);
  });
});

describe('the request', () => {
  it('has its defaults', async () => {
    expect((await iamlint([])).request).toMatchObject({ paths: ['.'], stdin: undefined, config: { kind: 'nearest' }, only: [], skip: [], preset: undefined, account: undefined, prefix: '' });
  });

  it('carries all options', async () => {
    const argv = ['a', 'b.yaml', '-c', 'my.yaml', '--only', 'wildcard, admin-star-star', '--skip', 'credential', '--preset', 'strict', '--min-confidence', 'high', '--account', 'prod', '--region', 'eu-west-1', '--parameters', 'p.json', '--parameter', 'A=b=c', '--var', 'x=1', '--var-file', 'v.tfvars'];
    expect((await iamlint(argv)).request).toMatchObject({
      paths: ['a', 'b.yaml'],
      config: { kind: 'file', path: 'my.yaml' },
      only: ['wildcard', 'admin-star-star'],
      skip: ['credential'],
      preset: 'strict',
      minConfidence: 'high',
      account: 'prod',
      region: 'eu-west-1',
      parameterFiles: ['p.json'],
      parameters: new Map([['A', 'b=c']]),
      variables: new Map([['x', '1']]),
      variableFiles: ['v.tfvars'],
    });
    expect((await iamlint(['--no-config'])).request?.config).toEqual({ kind: 'none' });
  });

  it('may hold stdin', async () => {
    expect((await iamlint(['--stdin', '--stdin-filename', 'x.tf'], { stdin: 'text' })).request).toMatchObject({ paths: [], stdin: { name: 'x.tf', text: 'text' } });
  });

  it('sees the folder from the top of the repository, or from the workspace', async () => {
    const top = folderOf({ 'a/b/.git/HEAD': '', 'a/b/c/x': '', 'a/d/x': '' });
    mkdirSync(join(top, 'a/d'), { recursive: true });
    const prefix = async (cwd: string, env = {}) => (await iamlint([], { cwd: join(top, cwd), env })).request?.prefix;
    expect([await prefix('a/d'), await prefix('a/b/c'), await prefix('.')]).toEqual(['a/d', 'c', '']);
    expect([await prefix('a/b/c', { GITHUB_WORKSPACE: top }), await prefix('a/d', { GITHUB_WORKSPACE: join(top, 'a/b') })]).toEqual(['a/b/c', 'a/d']);
  });

  it.each([
    [['--only', 'admin-star-sta'], 'no rule or category is called `admin-star-sta`; did you mean `admin-star-star`?'],
    [['--parameter', 'A'], '`--parameter A` is not of the form `name=value`'],
    [['--var', '=1'], '`--var =1` is not of the form `name=value`'],
    [['--stdin', 'x.yaml'], '`--stdin` reads one file from stdin; paths cannot be given beside it'],
    [['--stdin-filename', 'x.yaml'], '`--stdin-filename` names what `--stdin` reads'],
  ])('that makes no sense: %j', async (argv, message) => {
    expect(await iamlint(argv)).toMatchObject({ code: 2, err: `iamlint: ${message}\n`, request: undefined });
  });
});

describe('hints', () => {
  it('say that there was nothing to check', async () => {
    expect((await iamlint([], { result: nothing })).err).toContain('nothing to check');
  });

  it('say what a strict run stumbled on, and that a rule failed', async () => {
    expect((await iamlint(['--strict'], { result: { report: report({ notices: [notice({ code: 'missing-file' })] }) } })).err).toContain('`--strict` is on');
    expect((await iamlint([], { result: { report: report({ notices: [notice({ code: 'rule-crashed' })] }) } })).err).toContain('a rule failed');
  });

  it('say how long it took when asked', async () => {
    expect((await iamlint(['--timing'])).err).toBe('read               1.3 ms\n');
  });

  it('are progress only where somebody watches', async () => {
    const scan: Parameters<typeof iamlint>[1] = {
      scan: async (request) => {
        request.progress('reading');
        return { report: report({ findings: [] }), failOn: 'error', timings: [], hints: [] };
      },
    };
    expect((await iamlint([], { ...scan, tty: true })).err).toBe('\r\u001b[Kreading\r\u001b[K');
    expect((await iamlint(['--no-progress'], { ...scan, tty: true })).err).toBe('\r\u001b[K');
    expect((await iamlint([], scan)).err).toBe('');
  });
});

it('tells wrong configurations from faults of its own, and ends both with 2', async () => {
  const failing = (error: unknown) => ({ scan: () => Promise.reject(error) });
  expect(await iamlint([], failing(new UsageError('.iamlintrc:1:1: no', '.iamlintrc:2:1: no')))).toMatchObject({ code: 2, err: 'iamlint: .iamlintrc:1:1: no\niamlint: .iamlintrc:2:1: no\n' });
  const fault = await iamlint([], failing(new TypeError('x is not a function')));
  expect(fault).toMatchObject({ code: 2, out: '' });
  expect(fault.err).toBe('iamlint: a fault of iamlint itself: x is not a function\niamlint: please report it; with IAMLINT_DEBUG=1 it says where\n');
  expect((await iamlint([], { ...failing(new TypeError('x')), env: { IAMLINT_DEBUG: '1' } })).err).toContain('at ');
});
