import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { Source } from '../../src/core/source.ts';
import { parseConfig } from '../../src/config/parse-file.ts';
import { describeProblem } from '../../src/config/problem.ts';
import { PATTERN_WORDS } from '../../src/config/schema-problems.ts';
import { CONFIG_VALIDATOR_PATH, generateConfigValidator } from '../../scripts/generate/config-validator.ts';

const schema = JSON.parse(readFileSync(new URL('../../src/config/schema.json', import.meta.url), 'utf8'));

function problemsOf(text: string, path = '.iamlintrc'): readonly string[] {
  return parseConfig(new Source(path, text)).problems.map(describeProblem);
}

it('is committed as compiled code that is fresh', () => {
  expect(readFileSync(CONFIG_VALIDATOR_PATH, 'utf8')).toBe(generateConfigValidator());
});

it('is a valid schema in which every key has a description', () => {
  expect(new Ajv({ allowUnionTypes: true }).validateSchema(schema)).toBe(true);
  const bare: string[] = [];
  const described = (node: Record<string, unknown>) => 'description' in node || '$ref' in node;
  JSON.stringify(schema, function (this: unknown, key: string, value: unknown) {
    if (key === 'properties') for (const [name, one] of Object.entries(value ?? {})) if (!described(one)) bare.push(name);
    return value;
  });
  expect(bare).toEqual([]);
});

it('has words for every pattern', () => {
  const patterns = [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text ?? '""'));
  expect(new Set(patterns)).toEqual(new Set(PATTERN_WORDS.keys()));
});

it('accepts the example', () => {
  const example = readFileSync(new URL('../../.iamlintrc.example', import.meta.url), 'utf8');
  expect(problemsOf(example)).toEqual([]);
  const { parsed } = parseConfig(new Source('.iamlintrc', example));
  for (const key of Object.keys(schema.properties)) if (!['$schema', 'root'].includes(key)) expect(parsed?.raw).toHaveProperty(key);
});

describe('problems name the place and the near miss', () => {
  it.each([
    ['trusted:\n  - acount: 111111111111\n    reason: x\n', ['.iamlintrc:2:5: `account` is missing here', '.iamlintrc:2:5: unknown key `acount`; did you mean `account`?']],
    ['orgnization: {}\n', ['.iamlintrc:1:1: unknown key `orgnization`; did you mean `organization`?']],
    ['organization:\n  accounts:\n    - id: 111111111111\n      nme: x\n', ['.iamlintrc:4:7: unknown key `nme`; did you mean `name`?']],
    ['whatever: 1\n', ['.iamlintrc:1:1: unknown key `whatever`']],
    ['failOn: eror\n', ['.iamlintrc:1:9: `eror` is none of `error`, `warning`, `info`, `never`; did you mean `error`?']],
    ['rules:\n  admin-star-star: of\n', ['.iamlintrc:2:20: `of` is none of `error`, `warning`, `info`, `off`; did you mean `off`?']],
    ['rules:\n  admin-star-star: { severty: error }\n', ['.iamlintrc:2:22: unknown key `severty`; did you mean `severity`?']],
    ['rules: [admin-star-star]\n', ['.iamlintrc:1:8: this must be a mapping']],
    ['ignore: 5\n', ['.iamlintrc:1:9: this must be text or a list']],
    ['ignore: [a, "**/a/**/b/**/c/**"]\n', ['.iamlintrc:1:14: a glob is not empty and has `**` three times at most, not `**/a/**/b/**/c/**`']],
    ['region: Frankfurt\n', ['.iamlintrc:1:9: a region looks like `eu-west-1`, not `Frankfurt`']],
    ['suppress:\n  - rule: x\n', ['.iamlintrc:2:5: `reason` is missing here']],
    ['suppress:\n  - { rule: x, reason: y, until: soon }\n', ['.iamlintrc:2:34: a date looks like `2027-01-31`, not `soon`']],
    ['organization:\n  managementAccount: 123456789\n', ['.iamlintrc:2:22: an AWS account id has 12 digits, not `123456789`; if leading zeros were lost, write "000123456789"']],
    ['organization:\n  managementAccount: "12345"\n', ['.iamlintrc:2:23: an AWS account id has 12 digits, not `12345`']],
    ['a: [\n', [expect.stringMatching(/^\.iamlintrc:2:1: /)]],
    ['region: eu-west-1\nregion: eu-west-2\n', ['.iamlintrc:2:1: key `region` is given twice; the last one is used']],
    ['- just a list\n', ['.iamlintrc:1:1: this must be a mapping']],
    ['__proto__:\n  account: x\nconstructor: 1\n', ['.iamlintrc:1:1: unknown key `__proto__`', '.iamlintrc:3:1: unknown key `constructor`']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('counts lines of package.json as a whole', () => {
    expect(problemsOf('{\n  "name": "x",\n  "iamlint": { "failon": "error" }\n}', 'a/package.json')).toEqual(['a/package.json:3:17: unknown key `failon`; did you mean `failOn`?']);
    expect(problemsOf('{ "name": "iamlint", "odd": [] }', 'package.json')).toEqual([]);
  });

  it('refuses an alias bomb instead of unfolding it', () => {
    const levels = Array.from({ length: 12 }, (_unused, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}*l${level}]`);
    expect(problemsOf(`l0: &l0 x\n${levels.join('\n')}\n`)).toEqual(['.iamlintrc:1:1: the configuration holds too many values']);
  });

  it('takes an empty file for no configuration', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# only a comment\n')).toEqual([]);
  });
});
