import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Source } from '../../../src/core/source.ts';
import type { Value } from '../../../src/core/value.ts';
import type { Files, Template } from '../../../src/frontends/frontend.ts';
import { terraform } from '../../../src/frontends/terraform/index.ts';
import { structureOf } from '../../../src/frontends/terraform/values/json-text.ts';
import { plain } from './given.ts';

const corpus = join(import.meta.dirname, '../../../../shared/corpus');
const types = join(import.meta.dirname, '../../../src/data/resource-types/terraform.json');

/** What a policy attribute came out as: a document, or why not. */
type Outcome = string;

/** Where policies stand, by resource type. */
function policyPaths(): ReadonlyMap<string, readonly string[]> {
  const table: unknown = JSON.parse(readFileSync(types, 'utf8'));
  const rows = isObject(table) && isObject(table['types']) ? table['types'] : {};
  return new Map(
    Object.entries(rows).map(([type, row]) => {
      const facets = isObject(row) && Array.isArray(row['facets']) ? row['facets'].filter(isObject) : [];
      return [type, facets.flatMap((facet) => (facet['encoding'] === 'json' && /polic/.test(String(facet['kind'])) && facet['kind'] !== 'permission-grant' ? [String(facet['path'])] : []))];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFolder(folder: string): { readonly sources: readonly Source[]; readonly files: Files } {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  const sources = paths.filter((path) => /\.(tf|tofu|json|tfvars|tfstate)$/.test(path)).map((path) => new Source(path, decode(readFileSync(join(folder, path)))));
  const known = new Set(paths);
  return {
    sources,
    files: {
      read: (path) => (path.startsWith('..') ? 'outside-root' : known.has(path) ? new Source(path, decode(readFileSync(join(folder, path)))) : 'missing'),
      list: (inner) => (existsSync(join(folder, inner)) ? readdirSync(join(folder, inner)) : []),
    },
  };
}

/** What the reader does before a front-end sees a text. */
function decode(bytes: Buffer): string {
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  return text.replace(/^\uFEFF/, '');
}

function openFolder(name: string): { readonly templates: readonly Template[]; readonly unreadable: number } {
  const { sources, files } = readFolder(join(corpus, name));
  let unreadable = 0;
  const templates = [...terraform.open(sources, { files, settings: { deploymentsOf: () => [], parametersOf: () => new Map(), variables: new Map() }, report: (problem) => void (unreadable += problem.code === 'unreadable-input' ? 1 : 0) })];
  return { templates, unreadable };
}

function valuesAt(value: Value, path: readonly string[]): readonly Value[] {
  const [step, ...rest] = path;
  if (value.kind === 'choice' && value.options.every((option) => option.value.kind === 'absent' || step !== undefined)) return value.options.flatMap((option) => valuesAt(option.value, path));
  if (step === undefined) return value.kind === 'absent' ? [] : [value];
  if (value.kind === 'list') return value.items.flatMap((item) => valuesAt(item, path));
  if (value.kind !== 'map') return [];
  return value.entries.filter((entry) => entry.key === step.replace(/\[\]|\{\}/, '')).flatMap((entry) => valuesAt(entry.value, rest));
}

function outcomeOf(value: Value): Outcome {
  switch (value.kind) {
    case 'map':
    case 'list':
      return 'document';
    case 'choice': {
      const outcomes = value.options.map((option) => outcomeOf(option.value));
      return outcomes.find((outcome) => outcome === 'document') ?? outcomes[0] ?? 'empty';
    }
    case 'scalar':
      return structureOf(value) !== undefined ? 'document' : value.text.trim() === '' ? 'empty' : 'not JSON as written';
    case 'concat':
      return structureOf(value) !== undefined ? 'document' : 'not JSON as written';
    case 'unknown':
      return value.reason === 'invalid-template' ? 'refers to what is not declared' : value.reason;
    default:
      return value.kind;
  }
}

function countOutcomes(templates: readonly Template[]): ReadonlyMap<Outcome, number> {
  const paths = policyPaths();
  const counts = new Map<Outcome, number>();
  for (const template of templates) {
    for (const resource of template.resources) {
      for (const path of paths.get(resource.type) ?? []) {
        for (const value of valuesAt(resource.properties(), path.split('.'))) {
          const outcome = outcomeOf(value);
          counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
        }
      }
    }
  }
  return counts;
}

/** Reasons that lie in the input: a file that is not in the pack, text that is no JSON, a data source nobody declares. */
const GIVEN: ReadonlySet<Outcome> = new Set(['missing-file', 'not JSON as written', 'refers to what is not declared', 'empty']);

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  it.each([
    ['tf', 100],
    ['tfjson', 100],
    ['tfplan', 80],
  ])('%s: every policy that is in reach is a document', (name, leastTemplates) => {
    const { templates } = openFolder(name);
    expect(templates.length).toBeGreaterThan(leastTemplates);
    const counts = countOutcomes(templates);
    const documents = counts.get('document') ?? 0;
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const inReach = total - [...counts].reduce((sum, [outcome, count]) => sum + (GIVEN.has(outcome) ? count : 0), 0);
    process.stdout.write(`${name}: ${templates.length} roots, ${total} policy attributes: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}\n`);
    expect(documents).toBeGreaterThan(50);
    expect(documents / inReach).toBeGreaterThanOrEqual(0.97);
  });

  it('resolves every other property without a fault of its own', () => {
    for (const name of ['tf', 'tfjson', 'tfplan']) {
      for (const template of openFolder(name).templates) {
        for (const resource of template.resources) plain(resource.properties());
        for (const output of template.outputs) plain(output.value);
      }
    }
  });
});
