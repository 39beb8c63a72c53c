import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One generated file: its path below `src/data` and its exact content. */
export interface DataFile {
  readonly path: string;
  readonly content: string | Buffer;
}

/**
 * A refreshable table.
 *
 * `generate` is pure apart from reading its source (a pinned package or a curated file below `src/data`),
 * so that a test may call it and compare the result with what is committed.
 */
export interface TableRefresh {
  readonly name: string;
  /** `argument` is a path to a source that no package holds. */
  readonly generate: (argument?: string) => Promise<readonly DataFile[]>;
}

/** Absolute path of `src/data`. */
export const dataFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'src', 'data');

/** Reads a curated source file below `src/data` as text. */
export function readSource(path: string): string {
  return readFileSync(join(dataFolder, path), 'utf8');
}

/** Root folder of an installed package, found from its entry point because `exports` may hide `package.json`. */
export function packageRoot(name: string): string {
  const require = createRequire(import.meta.url);
  let folder = dirname(require.resolve(name));
  while (!existsSync(join(folder, 'package.json')) || !folder.endsWith(join('node_modules', ...name.split('/')))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`cannot find the root folder of package ${name}`);
    folder = parent;
  }
  return folder;
}

/** Parses a JSON file of an installed package. */
export function readPackageJson(name: string, path: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(join(packageRoot(name), path), 'utf8'));
  return parsed;
}

/** One JSON value per line below the first level: small diffs, one row a line. */
export function rowsAsJson(head: Readonly<Record<string, unknown>>, key: string, rows: readonly unknown[] | Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const body = Array.isArray(rows)
    ? `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
    : `{\n${Object.entries(rows)
        .map(([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`)
        .join(',\n')}\n  }`;
  return `{\n${[...lines, `  ${JSON.stringify(key)}: ${body}`].join(',\n')}\n}\n`;
}

/** Files that the program reads when it runs: these, and no sources, schemas or scripts, belong into the package beside the bundle. */
export const shippedFiles = [
  'action-details.txt',
  'actions.txt',
  'cfn-identity.txt',
  'condition-key-facts.json',
  'managed-policies.br',
  'managed-policy-flags.json',
  'oidc-issuers.json',
  'rcp-services.json',
  'resource-types/cloudformation.json',
  'resource-types/terraform.json',
  'sam-policy-templates.json',
  'service-principals.json',
  'techniques.json',
] as const;
