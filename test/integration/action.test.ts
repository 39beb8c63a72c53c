import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { folderOf } from '../config/folders.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'outputs' in value && 'runs' in value;
}

function readAction(): Action {
  const value = load(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  if (!isAction(value)) throw new Error('action.yml is no action');
  return value;
}

const action = readAction();
const [scan, upload] = action.runs.steps;

/** What stands in for the bundle: it notes how it was called and writes what it was asked for. */
const RECORDER = `
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.writeFileSync(process.env.RECORD, JSON.stringify(args));
for (const arg of args) {
  const [format, file] = arg.split(/:(.*)/s);
  if (format === 'json') fs.writeFileSync(file, JSON.stringify({ findings: [1, 2, 3] }));
  if (format === 'sarif') fs.writeFileSync(file, '{}');
}
process.exitCode = Number(process.env.FAKE_EXIT ?? 0);
`;

interface StepResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly args: readonly string[];
  readonly temp: string;
}

/** Runs the step's script as a runner does: inputs come by the step's \`env\`, results leave by files. */
function runStep(inputs: Readonly<Record<string, string>>, options: { readonly cwd: string; readonly actionPath?: string; readonly exit?: number }): StepResult {
  const temp = folderOf({ 'action/dist/cli.js': RECORDER, output: '', 'summary.md': '' });
  const value = (name: string) => inputs[name] ?? action.inputs[name]?.default ?? '';
  const given = Object.entries(scan?.env ?? {}).map(([name, expression]) => [name, expression.replace(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_whole, input: string) => value(input))]);
  const env = {
    PATH: process.env['PATH'],
    ...Object.fromEntries(given),
    RUNNER_TEMP: temp,
    GITHUB_ACTION_PATH: options.actionPath ?? join(temp, 'action'),
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary.md'),
    GITHUB_WORKSPACE: options.cwd,
    GITHUB_ACTIONS: 'true',
    RECORD: join(temp, 'record.json'),
    FAKE_EXIT: String(options.exit ?? 0),
  };
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', scan?.run ?? 'false'], { cwd: options.cwd, encoding: 'utf8', env });
  const outputs = Object.fromEntries(readFileSync(env.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean).map((line) => line.split(/=(.*)/s).slice(0, 2)));
  const args = existsSync(env.RECORD) ? JSON.parse(readFileSync(env.RECORD, 'utf8')) : [];
  return { code: status, stdout, stderr, outputs, summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8'), args, temp };
}

describe('action.yml', () => {
  it('is a composite action whose scripts hold no expression', () => {
    expect(action.runs.using).toBe('composite');
    for (const step of action.runs.steps) if (step.run !== undefined) expect([step.run.includes('${{'), step.shell]).toEqual([false, 'bash']);
  });

  it('uses every input, and describes it', () => {
    const used = new Set([...JSON.stringify(action.runs).matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name));
    expect(used).toEqual(new Set(Object.keys(action.inputs)));
    for (const input of Object.values(action.inputs)) expect([input.description.endsWith('.'), typeof input.default]).toEqual([true, 'string']);
  });

  it('pins what it calls, and uploads only what was written', () => {
    expect(upload?.uses).toMatch(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40}$/);
    expect(upload?.if).toContain("steps.scan.outputs.sarif-file != ''");
    expect(upload?.with?.['sarif_file']).toBe('${{ steps.scan.outputs.sarif-file }}');
  });

  it('gives outputs that its step sets', () => {
    const { outputs } = runStep({ 'sarif-file': 'x.sarif' }, { cwd: folderOf({}) });
    const referred = Object.values(action.outputs).map(({ value }) => /^\$\{\{ steps\.scan\.outputs\.([a-z-]+) \}\}$/.exec(value)?.[1]);
    expect(new Set(referred)).toEqual(new Set(Object.keys(outputs)));
  });
});

describe('the scan step', () => {
  it('has sensible defaults', () => {
    const { code, args, outputs, temp } = runStep({}, { cwd: folderOf({}) });
    expect(code).toBe(0);
    expect(args).toEqual(['--format', 'terminal', '--format', 'github', '--format', `json:${temp}/iamlint-report.json`, '--', '.']);
    expect(outputs).toEqual({ 'exit-code': '0', findings: '3' });
  });

  it('hands inputs on as they are, whatever they hold', () => {
    const cwd = folderOf({});
    const hostile = '$(touch owned); `touch owned` "q" \'q\' ${{ x }}';
    const inputs = { paths: `infra\n${hostile}\n\n*.tf`, config: 'my conf.yaml', 'fail-on': 'warning', 'min-confidence': 'high', preset: 'strict', args: '--region=eu-west-1\n--parameter\nA=b c' };
    const { args } = runStep(inputs, { cwd });
    expect(args.slice(6)).toEqual(['--config=my conf.yaml', '--fail-on=warning', '--min-confidence=high', '--preset=strict', '--region=eu-west-1', '--parameter', 'A=b c', '--', 'infra', hostile, '*.tf']);
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
    expect(parseArguments(args)).toMatchObject({ kind: 'run', invocation: { operands: ['infra', hostile, '*.tf'] } });
  });

  it('writes SARIF where asked, or aside for the upload', () => {
    const cwd = folderOf({});
    const asked = runStep({ 'sarif-file': 'out.sarif', 'upload-sarif': 'true' }, { cwd });
    expect(asked.outputs['sarif-file']).toBe(join(cwd, 'out.sarif'));
    expect(existsSync(join(cwd, 'out.sarif'))).toBe(true);
    const aside = runStep({ 'upload-sarif': 'true' }, { cwd });
    expect(aside.outputs['sarif-file']).toBe(join(aside.temp, 'iamlint.sarif'));
    expect(runStep({}, { cwd }).outputs['sarif-file']).toBeUndefined();
  });

  it.each([0, 1, 2])('ends with the exit code %d of the program', (exit) => {
    expect(runStep({}, { cwd: folderOf({}), exit })).toMatchObject({ code: exit, outputs: { 'exit-code': String(exit) } });
  });
});

const BUNDLE = existsSync(join(ROOT, 'dist/cli.js'));

describe.skipIf(!BUNDLE)('the scan step with the committed bundle', () => {
  const template = 'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Admin:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - { Effect: Allow, Action: "*", Resource: "*" }\n';

  it('annotates, sums up, and writes SARIF', () => {
    const cwd = folderOf({ 'infra/stack.yaml': template });
    const { code, stdout, outputs, summary } = runStep({ 'sarif-file': 'x.sarif' }, { cwd, actionPath: ROOT });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=infra\/stack\.yaml,line=9,/m);
    expect(summary).toContain('infra/stack.yaml:9');
    expect(Number(outputs['findings'])).toBeGreaterThan(0);
    const [run] = JSON.parse(readFileSync(join(cwd, 'x.sarif'), 'utf8')).runs;
    expect(run.results).toHaveLength(Number(outputs['findings']));
  });

  it('says when there is nothing to check', () => {
    expect(runStep({}, { cwd: folderOf({ 'README.md': '' }), actionPath: ROOT })).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing to check') });
  });
});
