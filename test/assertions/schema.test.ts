import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { ASSERTION_VALIDATOR_PATH, generateAssertionValidator } from '../../scripts/generate/assertion-validator.ts';
import { PATTERN_WORDS } from '../../src/config/schema-problems.ts';

const schema = JSON.parse(readFileSync(new URL('../../src/assertions/schema.json', import.meta.url), 'utf8'));

it('is committed as compiled code that is fresh', () => {
  expect(readFileSync(ASSERTION_VALIDATOR_PATH, 'utf8')).toBe(generateAssertionValidator());
});

it('is a valid schema in which every key has a description', () => {
  expect(new Ajv({ allowUnionTypes: true }).validateSchema(schema)).toBe(true);
  const bare: string[] = [];
  JSON.stringify(schema, (key: string, value: unknown) => {
    if (key === 'properties') for (const [name, one] of Object.entries(value ?? {})) if (!('description' in one || '$ref' in one)) bare.push(name);
    return value;
  });
  expect(bare).toEqual([]);
});

it('has words for every pattern', () => {
  const patterns = [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text ?? '""'));
  expect([...new Set(patterns)].filter((pattern) => !PATTERN_WORDS.has(pattern))).toEqual([]);
});
