import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { loadConfig } from '../../src/config/load.ts';
import { folderOf } from '../config/folders.ts';
import { iamlint } from './world.ts';

it('says its version and how old its data are', async () => {
  expect(await iamlint(['--version'])).toEqual({ code: 0, out: 'iamlint 0.1.0 (AWS data of 2026-09-26)\n', err: '', request: undefined });
});

it('prints help to stdout, and what is wrong to stderr', async () => {
  expect(await iamlint(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: iamlint [paths...] [options]'), err: '' });
  expect(await iamlint(['--nonsense'])).toMatchObject({ code: 2, out: '', err: "iamlint: unknown option '--nonsense'\niamlint: see `iamlint --help`\n" });
});

it('has a file behind every command', async () => {
  for (const command of COMMANDS) expect(await command.load()).toBeTypeOf('function');
});

describe('rules', () => {
  it('lists all, by category and severity', async () => {
    const { out, code } = await iamlint(['rules']);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trim().replace(/\s{2,}/g, ' | '))).toEqual([
      'credential',
      'error | login-profile-plaintext-password | title of login-profile-plaintext-password',
      '',
      'wildcard',
      'error | admin-star-star | title of admin-star-star',
      'info | policy-style | title of policy-style',
      '',
      '3 rules; `iamlint explain RULE` says more of one',
      '',
    ]);
  });

  it('gives them as data', async () => {
    const rules = JSON.parse((await iamlint(['rules', '--format', 'json'])).out);
    expect(rules.map((rule: { id: string }) => rule.id)).toEqual(['admin-star-star', 'login-profile-plaintext-password', 'policy-style']);
    expect(Object.keys(rules[0])).toEqual(['id', 'title', 'category', 'severity', 'securitySeverity', 'confidence', 'what', 'why', 'fix', 'helpUri', 'tags', 'references']);
  });
});

describe('explain', () => {
  it('says what, why and what to do', async () => {
    expect((await iamlint(['explain', 'admin-star-star'])).out).toBe(`\
admin-star-star
title of admin-star-star

error · high confidence · security severity 9.3 · wildcard

What
  what it is

Why
  why it matters

Fix
  what to do

References
  https://docs.aws.amazon.com/IAM/latest/UserGuide/

https://example.org/rules/admin-star-star
`);
  });

  it('knows the near miss', async () => {
    expect(await iamlint(['explain', 'admin-star'])).toMatchObject({ code: 2, err: 'iamlint: no rule or category is called `admin-star`; did you mean `admin-star-star`?\n' });
  });
});

describe('init', () => {
  it('writes a configuration that is right as it stands', async () => {
    const cwd = folderOf({});
    expect((await iamlint(['init'], { cwd })).code).toBe(0);
    expect(loadConfig(cwd)).toMatchObject({ problems: [], config: { failOn: 'error', preset: 'recommended' } });
  });

  it('holds examples that are right when they are uncommented', async () => {
    const cwd = folderOf({});
    await iamlint(['init'], { cwd });
    const text = readFileSync(join(cwd, '.iamlintrc'), 'utf8').replace(/^# (?=\w+:$|  )/gm, '');
    const again = folderOf({ '.iamlintrc': text });
    expect(text).toContain('\norganization:\n  id: o-');
    expect(loadConfig(again).problems).toEqual([]);
    expect([...loadConfig(again).config.organization.accounts.keys()]).toEqual(['222222222222', '333333333333']);
  });

  it('never overwrites', async () => {
    const cwd = folderOf({ '.iamlintrc.yaml': 'failOn: info' });
    expect(await iamlint(['init'], { cwd })).toMatchObject({ code: 2, err: 'iamlint: there is a `.iamlintrc.yaml` already\n' });
  });
});

describe('completion', () => {
  it('is a script bash accepts, that completes commands, options and choices', async () => {
    const { out } = await iamlint(['completion', 'bash']);
    const complete = (...words: string[]) => {
      const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _iamlint; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['--norc', '-c', `${out}\n${line}`], { encoding: 'utf8', cwd: folderOf({ 'expand.yaml': '' }) }).trim().split('\n');
    };
    expect(complete('iamlint', 'ex')).toEqual(['explain', 'expand.yaml']);
    expect(complete('iamlint', '--fo')).toEqual(['--format']);
    expect(complete('iamlint', 'x', '--fail-on', 'w')).toEqual(['warning']);
    expect(complete('iamlint', 'rules', '--f')).toEqual(['--format']);
    expect(complete('iamlint', 'rules', '--n')).toEqual(['']);
  });

  it('knows every command and option in every shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { out } = await iamlint(['completion', shell]);
      for (const command of COMMANDS) {
        expect(out).toContain(command.name);
        for (const option of command.options) expect(out).toContain(/--([a-z-]+)/.exec(option.flags)?.[1]);
      }
    }
  });

  it('says which shells there are', async () => {
    expect(await iamlint(['completion', 'tcsh'])).toMatchObject({ code: 2, err: 'iamlint: no completions for `tcsh`; there are bash, zsh, fish\n' });
  });
});
