import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema } from 'ajv';
import { load } from 'js-yaml';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A declared rule as its file says it, checked against `rules/rule.schema.json`. */
export interface RuleFile {
  readonly path: string;
  readonly category: string;
  readonly id: string;
  readonly on: 'statement' | 'policy' | 'setting';
  readonly body: Readonly<Record<string, unknown>>;
}

/** Reads and checks every rule file. Throws with the file's name on the first that is wrong. */
export function readRuleFiles(): readonly RuleFile[] {
  const schema: AnySchema = JSON.parse(readFileSync(join(ROOT, 'rules/rule.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  return readdirSync(join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && path.includes('/') && !path.startsWith('presets'))
    .sort()
    .map((path) => {
      const body = load(readFileSync(join(ROOT, 'rules', path), 'utf8'));
      if (!validate(body)) throw new Error(`rules/${path}: ${(validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`).join('; ')}`);
      if (!isRecord(body) || typeof body['id'] !== 'string' || !isSubject(body['on'])) throw new Error(`rules/${path} is no rule`);
      if (`${body['id']}.yaml` !== basename(path)) throw new Error(`rules/${path} holds the rule ${body['id']}`);
      return { path: `rules/${path}`, category: dirname(path), id: body['id'], on: body['on'], body };
    });
}

/** Ids of the code rules, by their files. */
export function codeRuleIds(): readonly string[] {
  return readdirSync(join(ROOT, 'src/rules'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !GENERATED.includes(name))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

/** Files of `src/rules` that hold no rule of their own. */
export const GENERATED: readonly string[] = ['index.ts', 'declared.generated.ts'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSubject(value: unknown): value is RuleFile['on'] {
  return value === 'statement' || value === 'policy' || value === 'setting';
}
