import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

const data = new URL('../../src/data/', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, data), 'utf8'));

const tables: readonly (readonly [file: string, schema: string])[] = [
  ['access-level-overrides.json', 'access-level-overrides.schema.json'],
  ['cfn-identity-overrides.json', 'cfn-identity-overrides.schema.json'],
  ['condition-key-facts.json', 'condition-key-facts.schema.json'],
  ['dependent-actions.json', 'dependent-actions.schema.json'],
  ['managed-policy-flags.json', 'managed-policy-flags.schema.json'],
  ['managed-policy-notes.json', 'managed-policy-notes.schema.json'],
  ['oidc-issuers.json', 'oidc-issuers.schema.json'],
  ['rcp-services.json', 'rcp-services.schema.json'],
  ['resource-types/cloudformation.json', 'resource-types/resource-type.schema.json'],
  ['resource-types/terraform.json', 'resource-types/resource-type.schema.json'],
  ['sam-policy-templates.json', 'sam-policy-templates.schema.json'],
  ['service-principals-source.json', 'service-principals-source.schema.json'],
  ['service-principals.json', 'service-principals.schema.json'],
  ['techniques.json', 'techniques.schema.json'],
];

describe('every JSON table is valid against its schema', () => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  test.each(tables)('%s', (file, schema) => {
    const definition = readJson(schema);
    if (typeof definition !== 'object' || definition === null) throw new Error(`${schema} is no schema`);
    const validate = ajv.getSchema(schema) ?? ajv.addSchema(definition, schema).getSchema(schema);
    if (!validate) throw new Error(`${schema} does not compile`);
    validate(readJson(file));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('a schema notices a fault', () => {
    const definition = readJson('techniques.schema.json');
    if (typeof definition !== 'object' || definition === null) throw new Error('no schema');
    const broken = readFileSync(new URL('techniques.json', data), 'utf8').replace('"effect": "becomes-target"', '"effect": "becomes-targett"');
    expect(new Ajv({ strictRequired: false }).compile(definition)(JSON.parse(broken))).toBe(false);
  });
});
