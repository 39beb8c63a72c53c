import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { kindOf } from '../../src/read/candidate.ts';
import { folderOf } from '../config/folders.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly files?: string;
  readonly exclude?: string;
  readonly pass_filenames?: boolean;
  readonly require_serial?: boolean;
}

function isHook(value: unknown): value is Hook {
  return typeof value === 'object' && value !== null && 'id' in value && 'entry' in value && 'language' in value;
}

function readHooks(): readonly Hook[] {
  const value = load(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'));
  return Array.isArray(value) ? value.filter(isHook) : [];
}

const hooks = readHooks();

describe('.pre-commit-hooks.yaml', () => {
  it('offers the changed files and the whole repository, each in one process', () => {
    expect(hooks.map(({ id, pass_filenames }) => [id, pass_filenames ?? true])).toEqual([['iamlint', true], ['iamlint-all', false]]);
    for (const hook of hooks) expect([hook.language, hook.require_serial]).toEqual(['node', true]);
  });

  it('calls the program with options it knows', () => {
    for (const { entry } of hooks) {
      const [program, ...options] = entry.split(' ');
      expect(program).toBe('iamlint');
      expect(parseArguments([...options, 'a.yaml', 'b.tf'])).toMatchObject({ kind: 'run', command: { name: 'scan' }, invocation: { operands: ['a.yaml', 'b.tf'] } });
    }
  });

  it('takes the files that a folder would be searched for', () => {
    const [changed] = hooks;
    const takes = (path: string) => new RegExp(changed?.files ?? '^$').test(path) && !new RegExp(changed?.exclude ?? '^$').test(path);
    const paths = ['a.yaml', 'a.yml', 'x/a.json', 'a.jsonc', 'a.template', 'a.tf', 'a.tofu', 'a.tfvars', 'a.tf.json', 'a.tfstate', 'a.tfplan', 'a.ts', 'a.mts', 'a.py', 'README.md', 'package.json', 'x/package-lock.json', 'tsconfig.json', 'pnpm-lock.yaml'];
    expect(paths.filter(takes)).toEqual(paths.filter((path) => kindOf(path.split('/').at(-1) ?? '') !== undefined));
    expect([takes('node_modules/a.yaml'), takes('x/.terraform/a.tf')]).toEqual([false, false]);
  });
});

const INSTALLED = spawnSync('pre-commit', ['--version']).status === 0;
const BUNDLE = existsSync(join(ROOT, 'dist/cli.js'));

describe('package.json', () => {
  it('has no script that npm runs when it installs from git', () => {
    const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts);
    expect(scripts.filter((name) => ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare', 'prepack'].includes(name))).toEqual([]);
  });

  it('installs nothing beside the bundle', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
  });
});

describe.skipIf(!INSTALLED)('pre-commit', () => {
  it('finds the manifest valid', () => {
    execFileSync('pre-commit', ['validate-manifest', join(ROOT, '.pre-commit-hooks.yaml')]);
  });
});

describe.skipIf(!INSTALLED || !BUNDLE)('pre-commit with the committed bundle', () => {
  const bad = 'Resources:\n  Admin:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - { Effect: Allow, Action: "*", Resource: "*" }\n';

  const git = (folder: string, ...parameters: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...parameters]);

  /** A release of this checkout: what pre-commit needs of it, committed. */
  function release(): string {
    const folder = folderOf({});
    for (const path of ['package.json', 'dist', '.pre-commit-hooks.yaml']) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    git(folder, 'init', '-q');
    git(folder, 'add', '--all', '--force');
    git(folder, 'commit', '-q', '-m', 'release');
    return folder;
  }

  /** Tries a hook of a release in a repository with these files. */
  function tryHook(from: string, id: string, files: Readonly<Record<string, string>>): { readonly status: number | null; readonly output: string } {
    const folder = folderOf(files);
    git(folder, 'init', '-q');
    git(folder, 'add', '--all');
    const env = { ...process.env, PRE_COMMIT_HOME: join(from, '.git/pre-commit') };
    const { status, stdout, stderr } = spawnSync('pre-commit', ['try-repo', from, id, '--all-files'], { cwd: folder, encoding: 'utf8', env });
    return { status, output: stdout + stderr };
  }

  it('installs from git and judges the changed files, or the whole repository', { timeout: 300_000 }, () => {
    const from = release();
    const failed = tryHook(from, 'iamlint', { 'infra/stack.yaml': bad, 'other.yaml': 'a: 1\n' });
    expect(failed.output).toContain('infra/stack.yaml:8');
    expect(failed.status).toBe(1);
    expect(tryHook(from, 'iamlint', { 'other.yaml': 'a: 1\n' })).toMatchObject({ status: 0 });
    expect(tryHook(from, 'iamlint-all', { 'infra/stack.yaml': bad })).toMatchObject({ status: 1, output: expect.stringContaining('infra/stack.yaml:8') });
  });
});
