import type { Source } from '../core/source.ts';
import { child, type Node } from '../parse/node.ts';
import { parseText } from '../parse/yaml.ts';
import { plainValue } from './plain.ts';
import { type ConfigProblem, fileProblem } from './problem.ts';
import type { RawConfig } from './raw.ts';
import schema from './schema.json' with { type: 'json' };
import { problemOf } from './schema-problems.ts';
import { validate } from './validate.generated.js';

/** A configuration file that the schema accepts, with its tree for positions. */
export interface ParsedConfig {
  readonly raw: RawConfig;
  readonly root: Node | undefined;
}

/**
 * Parses and checks one configuration file. Of a package.json only the key `iamlint` is looked at; one without it says nothing.
 * Problems name the line and column of the offending key or value; with any, there is no configuration.
 */
export function parseConfig(source: Source): { readonly parsed: ParsedConfig | undefined; readonly problems: readonly ConfigProblem[] } {
  const { root: whole, problems } = parseText(source);
  if (problems.length > 0) return { parsed: undefined, problems: problems.map(({ message, origin }) => ({ message, origin })) };
  const isPackage = /(?:^|\/)package\.json$/.test(source.path);
  const root = isPackage ? child(whole, 'iamlint') : whole;
  if (root === undefined) return { parsed: { raw: {}, root: undefined }, problems: [] };
  const plain = plainValue(root);
  if (plain === undefined) return { parsed: undefined, problems: [fileProblem(source, 'the configuration holds too many values')] };
  if (validate(plain.value)) return { parsed: { raw: plain.value, root }, problems: [] };
  const found = (validate.errors ?? []).flatMap((fault) => problemOf(fault, root, knownKeys) ?? []);
  return { parsed: undefined, problems: distinct(found) };
}

/** One value may break several constraints of the schema; one sentence about it is enough. */
function distinct(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((left, right) => left.origin.start - right.origin.start)
    .filter(({ message, origin }) => {
      const key = `${origin.start}:${message}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** The keys schema.json knows at a path, for "did you mean". */
function knownKeys(path: readonly string[]): readonly string[] {
  let at: unknown = schema;
  for (const step of path) {
    const here = resolved(at);
    at = /^[0-9]+$/.test(step) && 'items' in here ? here['items'] : (fieldOf(here, 'properties')[step] ?? here['additionalProperties']);
  }
  const here = resolved(at);
  return Object.keys({ ...fieldOf(here, 'properties'), ...fieldOf(fieldOf(here, 'else'), 'properties') });
}

function resolved(at: unknown): Readonly<Record<string, unknown>> {
  const here = record(at);
  const reference = here['$ref'];
  if (typeof reference !== 'string') return here;
  return fieldOf(fieldOf(record(schema), 'definitions'), reference.replace('#/definitions/', ''));
}

function fieldOf(object: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return record(object[key]);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
