import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deploymentSettings, NO_OVERRIDES } from '../../src/config/deployment.ts';
import { configuredOptions, configuredSeverity, configuredSuppressions, isIgnored, unknownRuleProblems } from '../../src/config/effective.ts';
import { extendConfig, loadConfig } from '../../src/config/load.ts';
import { organizationOf } from '../../src/config/organization.ts';
import { describeProblem } from '../../src/config/problem.ts';
import { folderOf } from './folders.ts';

const ADMIN = { id: 'admin-star-star', category: 'wildcard' };

/** Loads the configuration of these files as a run in `start` does that scans `folders`. */
function load(files: Readonly<Record<string, string>>, start = '.', folders: readonly string[] = []) {
  const top = folderOf(files);
  const base = join(top, start);
  mkdirSync(base, { recursive: true });
  const { config, problems } = extendConfig(loadConfig(base), folders);
  return { top, config, problems: problems.map(describeProblem) };
}

describe('where configuration is found', () => {
  it.each(['.iamlintrc', '.iamlintrc.yaml', '.iamlintrc.yml'])('%s', (name) => {
    expect(load({ [name]: 'failOn: warning\n' }).config.failOn).toBe('warning');
  });

  it('as JSON, and in package.json', () => {
    expect(load({ '.iamlintrc.json': '{"failOn": "info"}' }).config.failOn).toBe('info');
    expect(load({ '.iamlintrc': '{"failOn": "info"}' }).config.failOn).toBe('info');
    expect(load({ 'package.json': '{"name": "x", "iamlint": {"failOn": "never"}}' }).config.failOn).toBe('never');
    expect(load({ 'package.json': '{"name": "iamlint", "not": "json' }).problems).toHaveLength(1);
    expect(load({ 'package.json': 'no json, and nothing of ours' }).problems).toEqual([]);
  });

  it('nowhere: everything has its default', () => {
    const { config, problems } = load({});
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ preset: 'recommended', failOn: 'error', minConfidence: 'low', layers: [], knownActions: [] });
  });

  it('in the folders above, up to the top of the repository; the nearest wins', () => {
    const files = { '.iamlintrc': 'failOn: info\nminConfidence: high\n', 'a/.iamlintrc': 'failOn: warning\n', 'a/b/x.yaml': '' };
    expect(load(files, 'a/b').config).toMatchObject({ failOn: 'warning', minConfidence: 'high' });
    expect(load({ ...files, 'a/.git/HEAD': '' }, 'a/b').config).toMatchObject({ failOn: 'warning', minConfidence: 'low' });
    expect(load({ ...files, 'a/.iamlintrc': 'root: true\nfailOn: warning\n' }, 'a/b').config).toMatchObject({ failOn: 'warning', minConfidence: 'low' });
  });

  it('where the command line says', () => {
    const top = folderOf({ '.iamlintrc': 'failOn: info\n', 'conf/my.yaml': 'preset: strict\nrules: { wildcard: warning }\nignore: [/gen]\n', 'sub/.iamlintrc': 'x: 1' });
    const named = extendConfig(loadConfig(top, { kind: 'file', path: 'conf/my.yaml' }), ['sub']);
    expect(named.problems).toEqual([]);
    expect(named.config).toMatchObject({ failOn: 'error', preset: 'strict' });
    expect(configuredSeverity(named.config, ADMIN, '../elsewhere/x.yaml')).toBe('warning');
    expect([isIgnored(named.config, 'gen/x.yaml'), isIgnored(named.config, 'conf/gen/x.yaml')]).toEqual([true, false]);
    expect(extendConfig(loadConfig(top, { kind: 'none' }), ['sub']).config.failOn).toBe('error');
    expect(loadConfig(top, { kind: 'file', path: 'gone.yaml' }).problems.map(describeProblem)).toEqual(['gone.yaml:1:1: there is no such configuration file']);
  });

  it('once in a folder', () => {
    expect(load({ '.iamlintrc': 'failOn: info\n', '.iamlintrc.json': '{}' }).problems).toEqual(['.iamlintrc.json:1:1: this folder has two configurations: `.iamlintrc` and `.iamlintrc.json`']);
  });
});

describe('nested configuration', () => {
  const files = {
    '.iamlintrc': 'rules: { admin-star-star: warning }\nignore: [gen/]\n',
    'team/.iamlintrc': 'rules: { wildcard: off }\nignore: ["*.skip.yaml"]\n',
    'team/own/.iamlintrc': 'root: true\nrules: { hygiene: info }\n',
  };

  it('extends its parent for its folder', () => {
    const { config } = load(files, '.', ['team', 'team/own/deep', 'other']);
    const severity = (path: string) => configuredSeverity(config, ADMIN, path);
    expect([severity('x.yaml'), severity('team/x.yaml'), severity('teammates/x.yaml'), severity('team/own/deep/x.yaml')]).toEqual(['warning', 'off', 'warning', undefined]);
    const ignored = ['gen/x.yaml', 'team/gen/x.yaml', 'a.skip.yaml', 'team/a.skip.yaml', 'team/own/gen/x.yaml'].map((path) => isIgnored(config, path));
    expect(ignored).toEqual([true, true, false, true, false]);
  });

  it('gives the same wherever the run starts', () => {
    const { config } = load(files, 'team', ['.', 'own']);
    expect([configuredSeverity(config, ADMIN, 'x.yaml'), configuredSeverity(config, ADMIN, '../x.yaml'), configuredSeverity(config, ADMIN, 'own/x.yaml')]).toEqual(['off', 'warning', undefined]);
    expect(isIgnored(config, 'gen/x.yaml')).toBe(true);
  });

  it('cannot speak for the whole run', () => {
    const { problems } = load({ 'a/.iamlintrc': 'failOn: never\nrules:\n  x: { options: { a: 1 } }\n' }, '.', ['a']);
    expect(problems).toEqual(['a/.iamlintrc:1:9: `failOn` applies to the whole run and cannot be set for one folder', 'a/.iamlintrc:3:17: `options` apply to the whole run and cannot be set for some files']);
  });

  it('is read for folders outside the one the run starts in', () => {
    const other = folderOf({ '.iamlintrc': 'rules: { wildcard: info }\n' });
    const { config } = load({}, '.', [`${other}/deep`]);
    expect([configuredSeverity(config, ADMIN, `${other}/deep/x.yaml`), configuredSeverity(config, ADMIN, 'x.yaml')]).toEqual(['info', undefined]);
  });
});

describe('the organization', () => {
  it('may be told in parts', () => {
    const { config, problems } = load(
      {
        '.iamlintrc': 'organization:\n  id: o-a1b2c3d4e5\n  managementAccount: 000000000001\n  accounts:\n    - { id: 012345678901, name: prod, ou: workloads/prod }\n',
        'a/.iamlintrc': 'organization:\n  accounts:\n    - { id: 222222222222, name: 2024, ou: ou-x }\n    - { id: "012345678901", ou: workloads }\n  units:\n    - { id: ou-x, name: X, parent: workloads }\ntrusted:\n  - { account: 333333333333, name: Auditor, reason: yearly audit }\n  - { account: 444444444444, reason: one role, principals: "arn:aws:iam::444444444444:role/x" }\nvendors:\n  - { name: Watcher, accounts: [555555555555] }\n',
      },
      '.',
      ['a'],
    );
    expect(problems).toEqual([]);
    const organization = organizationOf(config);
    expect(organization).toMatchObject({ id: 'o-a1b2c3d4e5', managementAccount: '000000000001', controlPolicies: 'unknown' });
    expect([...organization.accounts.values()].map(({ id, name, unit }) => [id, name, unit])).toEqual([
      ['012345678901', 'prod', 'workloads'],
      ['222222222222', '2024', 'ou-x'],
      ['000000000001', undefined, undefined],
    ]);
    expect([...organization.units.values()].map(({ id, name, parent }) => [id, name, parent])).toEqual([['ou-x', 'X', 'workloads'], ['workloads', 'workloads', undefined]]);
    expect([...organization.trusted.values()]).toEqual([
      { id: '555555555555', name: 'Watcher', kind: 'vendor', reason: undefined },
      { id: '333333333333', name: 'Auditor', kind: 'trusted', reason: 'yearly audit' },
    ]);
    expect(config.trusted.get('444444444444')?.principals).toEqual(['arn:aws:iam::444444444444:role/x']);
  });

  it('must not be told in two ways', () => {
    const { problems } = load({ '.iamlintrc': 'organization: { id: o-a1b2c3d4e5 }\n', 'a/.iamlintrc': 'organization: { id: o-zzzzzzzzzz }\n' }, '.', ['a']);
    expect(problems).toEqual(['a/.iamlintrc:1:21: `id` is `o-zzzzzzzzzz` here but `o-a1b2c3d4e5` in a configuration above']);
  });

  it('names units by path, with the units above', () => {
    const { config } = load({ '.iamlintrc': 'organization:\n  accounts: [{ id: 111111111111, ou: a/b/c }]\n' });
    expect([...organizationOf(config).units.values()].map(({ id, parent }) => [id, parent])).toEqual([['a/b/c', 'a/b'], ['a/b', 'a'], ['a', undefined]]);
  });
});

describe('deployments', () => {
  const files = {
    '.iamlintrc': `
organization:
  accounts: [{ id: 111111111111, name: dev }, { id: 222222222222, name: prod }]
region: eu-west-1
parameters: { Stage: none, Zones: [a, b], Count: 3, Id: 000123 }
deployments:
  - { paths: "apps/**", account: dev, parameters: { Stage: dev, Size: 1 } }
  - { paths: "apps/**", account: prod, region: us-east-1, parameters: { Stage: prod, Size: 1 } }
`,
    'apps/solo/.iamlintrc': 'account: prod\n',
  };

  it('have one entry per account a path is deployed to', () => {
    const settings = deploymentSettings(load(files, '.', ['apps/solo']).config, NO_OVERRIDES);
    expect(settings.deploymentsOf('apps/x.yaml')).toEqual([{ account: '111111111111', region: 'eu-west-1' }, { account: '222222222222', region: 'us-east-1' }]);
    expect(settings.deploymentsOf('x.yaml')).toEqual([{ account: undefined, region: 'eu-west-1' }]);
    expect(settings.deploymentsOf('apps/solo/x.yaml')).toEqual([{ account: '222222222222', region: 'eu-west-1' }]);
    expect(deploymentSettings(load({}).config, NO_OVERRIDES).deploymentsOf('x.yaml')).toEqual([]);
  });

  it('leave a parameter open that they disagree about', () => {
    const settings = deploymentSettings(load(files).config, NO_OVERRIDES);
    expect([...settings.parametersOf('x.yaml')]).toEqual([['Stage', 'none'], ['Zones', 'a,b'], ['Count', '3'], ['Id', '000123']]);
    expect(settings.parametersOf('apps/x.yaml').get('Stage')).toBeUndefined();
    expect(settings.parametersOf('apps/x.yaml').get('Size')).toBe('1');
  });

  it('yield to the command line', () => {
    const overrides = { account: '999999999999', region: undefined, parameters: new Map([['Stage', 'test']]), variables: new Map([['a', '1']]) };
    const settings = deploymentSettings(load(files).config, overrides);
    expect(settings.deploymentsOf('apps/x.yaml')).toEqual([{ account: '999999999999', region: 'eu-west-1' }, { account: '999999999999', region: 'us-east-1' }]);
    expect(settings.parametersOf('apps/x.yaml').get('Stage')).toBe('test');
    expect(settings.variables.get('a')).toBe('1');
  });

  it('must name accounts that are declared', () => {
    expect(load({ '.iamlintrc': 'organization:\n  accounts: [{ id: 111111111111, name: prod }]\naccount: prdo\n' }).problems).toEqual([
      '.iamlintrc:3:10: no account of `organization.accounts` is called `prdo`; did you mean `prod`?',
    ]);
  });
});

describe('rules', () => {
  it('are set by id before category, and by override before rules', () => {
    const { config } = load({
      '.iamlintrc': 'rules: { admin-star-star: info, wildcard: off }\noverrides:\n  - files: "*.{gen,tmp}.yaml"\n    rules: { wildcard: error }\n  - files: [keep/]\n    rules: { admin-star-star: warning }\n',
    });
    const severity = (path: string, rule = ADMIN) => configuredSeverity(config, rule, path);
    expect([severity('x.yaml'), severity('a/x.gen.yaml'), severity('x.tmp.yaml'), severity('keep/x.gen.yaml')]).toEqual(['info', 'error', 'error', 'warning']);
    expect([severity('x.yaml', { id: 'action-star', category: 'wildcard' }), severity('x.yaml', { id: 'other', category: 'other' })]).toEqual(['off', undefined]);
  });

  it('have options', () => {
    const { config } = load({ '.iamlintrc': 'rules:\n  role-session-long: { severity: error, options: { hours: 4, tags: [a] } }\n', 'in/.iamlintrc': 'rules:\n  role-session-long: { options: { hours: 2 } }\n' }, 'in');
    expect(configuredOptions(config, 'role-session-long')).toEqual({ hours: 2, tags: ['a'] });
    expect(configuredSeverity(config, { id: 'role-session-long', category: 'x' }, 'x.yaml')).toBe('error');
    expect(configuredOptions(config, 'other')).toEqual({});
  });

  it('must exist', () => {
    const { config } = load({
      '.iamlintrc': 'rules: { admin-star-sta: off, wildcard: info }\nsuppress:\n  - { rule: "*", reason: x }\n  - { rule: "checkov:CKV_AWS_1", reason: x }\n  - { rule: nonsense, reason: x }\n',
    });
    expect(unknownRuleProblems(config, new Set(['admin-star-star', 'wildcard'])).map(describeProblem)).toEqual([
      '.iamlintrc:1:26: no rule or category is called `admin-star-sta`; did you mean `admin-star-star`?',
      '.iamlintrc:5:5: no rule or category is called `nonsense`',
    ]);
  });
});

it('hands suppressions on for their folder and paths', () => {
  const { config } = load(
    { 'a/.iamlintrc': 'suppress:\n  - { rule: wildcard, paths: "*.yaml", resource: Admin, values: "s3:*", reason: break glass, until: 2027-01-31 }\n  - { rule: "*", reason: generated }\n' },
    '.',
    ['a'],
  );
  const [first, second] = configuredSuppressions(config);
  expect(first).toMatchObject({ rule: 'wildcard', resource: 'Admin', values: ['s3:*'], reason: 'break glass', until: '2027-01-31' });
  expect(['x.yaml', 'a/x.yaml', 'a/b/x.yaml', 'a/x.json'].map((path) => first?.appliesTo(path))).toEqual([false, true, true, false]);
  expect(['x.yaml', 'a/x.json'].map((path) => second?.appliesTo(path))).toEqual([false, true]);
});

it('collects known actions from all files', () => {
  expect(load({ '.iamlintrc': 'knownActions: ["s3:New"]\n', 'a/.iamlintrc': 'knownActions: ["new:*", "s3:New"]\n' }, '.', ['a']).config.knownActions).toEqual(['s3:New', 'new:*']);
});
