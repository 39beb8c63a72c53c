import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from '../config/folders.ts';

/** A program of the shell alone: its linter finds one long line for each path. */
const PROGRAM = `
import { main } from './src/cli/main.ts';
import { nodeContext } from './src/cli/node-context.ts';
import { buildReport } from './src/report/build-report.ts';
import { Source } from './src/core/source.ts';
const finding = (source, start) => ({
  ruleId: 'r', severity: 'error', confidence: 'high', securitySeverity: 5, category: 'c', message: 'm'.repeat(1000), why: '', fix: '',
  origin: { source, start, end: start + 1 }, resource: undefined, evidence: { actions: [], resources: [], principals: [] }, related: [], path: [], witness: undefined,
});
const scan = async ({ paths, stdin }) => {
  if (paths[0] === 'throw') throw new TypeError('broken');
  const source = new Source(stdin?.name ?? 'x.yaml', stdin?.text ?? 'x\\n'.repeat(5000));
  const findings = Array.from({ length: paths[0] === 'many' ? 5000 : 1 }, (_unused, index) => finding(source, index * 2));
  const statistics = { files: 1, resources: 0, principals: 0, policies: 0, statements: 0 };
  return { report: buildReport({ findings, notices: [], statistics, rules: [], version: '0.1.0', dataDate: '2026-09-26' }), failOn: 'error', timings: [], hints: [] };
};
process.exitCode = await main(nodeContext({ version: '0.1.0', dataDate: async () => '2026-09-26', rules: async () => [], scan }));
`;

let code = '';

beforeAll(async () => {
  const banner = { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" };
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { outputFiles } = await build({ stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', write: false, banner });
  code = outputFiles[0]?.text ?? '';
});

/** Runs a shell line in which `iamlint` is the program. */
function shell(line: string) {
  const folder = folderOf({ 'program.mjs': code });
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-o', 'pipefail', '-c', `iamlint() { "$NODE" program.mjs "$@"; }; ${line}`], { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000, env: { PATH: process.env['PATH'], NODE: process.execPath } });
  return { status, stdout, stderr };
}

describe('the process', () => {
  it('ends with the exit code of the run', () => {
    expect(shell('iamlint x >/dev/null').status).toBe(1);
    expect(shell('iamlint x --exit-zero >/dev/null').status).toBe(0);
    expect(shell('iamlint throw')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('a fault of iamlint itself: broken') });
    expect(shell('iamlint --version')).toEqual({ status: 0, stdout: 'iamlint 0.1.0 (AWS data of 2026-09-26)\n', stderr: '' });
  });

  it('writes all of a large report into a slow pipe', () => {
    const { status, stdout } = shell('iamlint many --format json | (sleep 1; cat)');
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toHaveLength(5000);
  });

  it('bears a reader that goes away', () => {
    const { stdout, stderr } = shell('iamlint many --format unix | head -n 1');
    expect(stdout).toMatch(/^x\.yaml:1:1: error: m+ \[r\]\n$/);
    expect(stderr).not.toMatch(/EPIPE|Error|fault/);
  });

  it('reads stdin', () => {
    expect(shell('printf "*" | iamlint --stdin --stdin-filename in.yaml --format unix').stdout).toMatch(/^in\.yaml:1:1: /);
    expect(shell('printf "a\\0b" | iamlint --stdin')).toMatchObject({ status: 2, stderr: 'iamlint: stdin is binary\n' });
  });
});
