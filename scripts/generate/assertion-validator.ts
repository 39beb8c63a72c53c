import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

const FOLDER = new URL('../../src/assertions/', import.meta.url);

/** The file the validator is committed as. */
export const ASSERTION_VALIDATOR_PATH = fileURLToPath(new URL('validate.generated.js', FOLDER));

/** Compiles `src/assertions/schema.json` to a module without dependencies. Gives the text of `src/assertions/validate.generated.js`. */
export function generateAssertionValidator(): string {
  const schema: unknown = JSON.parse(readFileSync(new URL('schema.json', FOLDER), 'utf8'), withoutDescription);
  if (typeof schema !== 'object' || schema === null) throw new Error('src/assertions/schema.json is not a schema');
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, messages: false, code: { source: true, esm: true, lines: true, optimize: 2 } });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  if (/\brequire\(|\bimport\b/.test(code)) throw new Error('the schema uses a keyword whose check needs ajv at run time');
  return `// Generated from schema.json by scripts/generate/assertion-validator.ts; do not edit.\n${code.trim()}\n`;
}

/** Descriptions are for editors. */
function withoutDescription(key: string, value: unknown): unknown {
  return (key === 'description' || key === 'title') && typeof value === 'string' ? undefined : value;
}
