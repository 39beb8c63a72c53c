import { expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { nearest } from '../../src/config/nearest.ts';
import { readParameterFile } from '../../src/config/parameter-file.ts';
import { alternatives, pathMatcher } from '../../src/config/patterns.ts';
import { describeProblem } from '../../src/config/problem.ts';

it.each([
  ['*.yaml', ['a.yaml', 'b/c.yaml'], ['a.yml', '../a.yaml', '/a.yaml']],
  ['/top.yaml', ['top.yaml'], ['a/top.yaml']],
  ['infra/', ['infra/a', 'x/infra/b/c'], ['infra']],
  ['infra/*.json', ['infra/a.json'], ['infra/b/a.json', 'x/infra/a.json']],
  ['a/**/z.yaml', ['a/z.yaml', 'a/b/c/z.yaml'], ['b/a/z.yaml']],
  ['{dev,prod}/*.{yaml,yml}', ['dev/a.yaml', 'prod/a.yml'], ['test/a.yaml', 'dev/a.json']],
])('%j matches as in .gitignore', (pattern, yes, no) => {
  const matches = pathMatcher([pattern]);
  expect([...yes, ...no].filter(matches)).toEqual(yes);
});

it('takes back what a later pattern excepts', () => {
  const matches = pathMatcher(['*.yaml', '!keep.yaml']);
  expect([matches('a.yaml'), matches('x/keep.yaml')]).toEqual([true, false]);
  expect(pathMatcher([])('a')).toBe(false);
});

it('is quick on patterns and paths made to be slow', () => {
  const started = performance.now();
  const matches = pathMatcher(['**/a/**/a/**/ab', '*a'.repeat(20), `${'*?a'.repeat(20)}?d*`]);
  expect([matches(`${'a/'.repeat(60)}cb`), matches(`${'a/'.repeat(2000)}cb`), matches(`d${'a'.repeat(250)}cb`)]).toEqual([false, false, false]);
  expect(performance.now() - started).toBeLessThan(2000);
});

it('spells out nested alternatives, up to a bound', () => {
  expect([...alternatives('a{b,c{d,e}}{f,}')].sort()).toEqual(['ab', 'abf', 'acd', 'acdf', 'ace', 'acef'].flatMap((one) => (one.startsWith('ab') ? [one, one] : [one])).sort());
  expect(alternatives('{a}{}')).toEqual(['{a}{}']);
  expect(alternatives('{a,b}'.repeat(40)).length).toBeLessThanOrEqual(500);
});

it('finds the near miss, and nothing when all is far', () => {
  expect(nearest('acount', ['accounts', 'account', 'region'])).toBe('account');
  expect(nearest('Region', ['region'])).toBe('region');
  expect(nearest('x', ['yz', 'abc'])).toBeUndefined();
  expect(nearest('a'.repeat(100_000), ['a'.repeat(99_999)])).toBeUndefined();
});

it.each([
  ['create-stack', '[{"ParameterKey": "A", "ParameterValue": "012345678901"}, {"ParameterKey": "B", "UsePreviousValue": true}]', [['A', '012345678901']]],
  ['CodePipeline', '{"Parameters": {"A": "x", "B": ["y", "z"]}, "Tags": {"T": "u"}}', [['A', 'x'], ['B', 'y,z']]],
  ['deploy', '["A=x=y", "B="]', [['A', 'x=y'], ['B', '']]],
  ['a plain YAML mapping', 'A: 012345678901\nB: true\n', [['A', '012345678901'], ['B', 'true']]],
])('reads parameters as for %s', (_name, text, expected) => {
  expect(readParameterFile(new Source('p.json', text))).toEqual({ values: new Map(expected.map(([name = '', value = '']) => [name, value])), problems: [] });
});

it.each([
  ['[{"Key": "A"}]', ['p.json:1:2: `ParameterKey` is missing here']],
  ['["A"]', ['p.json:1:3: a parameter is written as `Name=value`']],
  ['{"A": {"B": 1}}', ['p.json:1:7: the value of `A` must be text or a list of texts']],
  ['"x"', ['p.json:1:1: a parameter file is a list of `ParameterKey` and `ParameterValue`, or a mapping of names to values']],
  ['{"A": ', [expect.stringContaining('p.json:1:')]],
])('refuses the parameter file %j', (text, expected) => {
  expect(readParameterFile(new Source('p.json', text)).problems.map(describeProblem)).toEqual(expected);
});
