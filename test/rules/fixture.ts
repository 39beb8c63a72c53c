import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** One named case of a rule: inputs, and what the rule is to say of them. */
export interface RuleCase {
  readonly name: string;
  /** A policy of this kind, wrapped into a template of each dialect. */
  readonly policy: { readonly kind: string; readonly body: unknown } | undefined;
  /** Resources of a CloudFormation template, and the Terraform resources that say the same. */
  readonly cloudformation: unknown;
  readonly terraform: unknown;
  /** Whole files, by path. */
  readonly files: Readonly<Record<string, string>> | undefined;
  readonly config: object | undefined;
  readonly expect: readonly Expectation[];
  /** What the notice of an undecided case mentions. */
  readonly notice: string | undefined;
}

export interface Expectation {
  /** `Action/0` in the first statement, `Statement/1/Action`, `/Version` in the document, or `file#/pointer`; a final `~` means the key, a final `/**` anywhere inside. */
  readonly at: string;
  readonly says: string;
  readonly severity: string | undefined;
}

export interface Fixture {
  readonly id: string;
  readonly valid: readonly RuleCase[];
  readonly invalid: readonly RuleCase[];
  /** Why no input can leave the rule undecided. */
  readonly decided: string | undefined;
}

const FOLDER = new URL('./', import.meta.url);

/** Keys of a case that stand for a policy of that kind. */
export const POLICY_KINDS = ['identity', 'trust', 'bucket', 'topic', 'queue', 'key', 'secret', 'scp', 'rcp', 'endpoint', 'permission'] as const;

/** Ids of the rules that have a fixture. */
export function fixtureIds(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Reads a fixture; throws when it has another shape, because a misspelt key would test nothing. */
export function readFixture(id: string): Fixture {
  const body = load(readFileSync(new URL(`${id}.yaml`, FOLDER), 'utf8'));
  if (!isRecord(body)) throw new Error(`test/rules/${id}.yaml is no fixture`);
  only(body, ['valid', 'invalid', 'decided'], id);
  const list = (name: 'valid' | 'invalid'): readonly RuleCase[] => (Array.isArray(body[name]) ? body[name].map((one: unknown) => readCase(one, id)) : []);
  return { id, valid: list('valid'), invalid: list('invalid'), decided: textOf(body['decided']) };
}

function readCase(value: unknown, id: string): RuleCase {
  if (!isRecord(value) || typeof value['name'] !== 'string') throw new Error(`test/rules/${id}.yaml: a case needs a name`);
  only(value, ['name', 'cloudformation', 'terraform', 'files', 'config', 'expect', 'notice', ...POLICY_KINDS], id);
  const kind = POLICY_KINDS.find((one) => value[one] !== undefined);
  const expected = value['expect'];
  return {
    name: value['name'],
    policy: kind === undefined ? undefined : { kind, body: value[kind] },
    cloudformation: value['cloudformation'],
    terraform: value['terraform'],
    files: isTexts(value['files']) ? value['files'] : undefined,
    config: isRecord(value['config']) ? value['config'] : undefined,
    expect: Array.isArray(expected) ? expected.map((one: unknown) => readExpectation(one, id)) : [],
    notice: textOf(value['notice']),
  };
}

function readExpectation(value: unknown, id: string): Expectation {
  if (!isRecord(value) || typeof value['at'] !== 'string' || typeof value['says'] !== 'string') throw new Error(`test/rules/${id}.yaml: an expectation needs \`at\` and \`says\``);
  only(value, ['at', 'says', 'severity'], id);
  return { at: value['at'], says: value['says'], severity: textOf(value['severity']) };
}

function only(value: Readonly<Record<string, unknown>>, known: readonly string[], id: string): void {
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange !== undefined) throw new Error(`test/rules/${id}.yaml: no key \`${strange}\` here`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
