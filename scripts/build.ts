/**
 * Builds `dist/`: the bundled program, its data, and the configuration schema. `dist/` is committed, because pre-commit
 * installs from git and the GitHub Action runs from a tag, both without a build step.
 *
 *   npm run bundle            write dist/
 *   npm run bundle -- --check exit 1 when dist/ is not what this source gives
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from './build/declarations.ts';
import { shippedFiles } from './refresh/data-file.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Bundled CommonJS packages call `require` for Node's own modules. */
const REQUIRE = "import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);";
/** Loaded only when TypeScript sources are read; too large to carry, and users of CDK have them. */
const EXTERNAL = ['typescript', '@typescript-eslint/typescript-estree', 'aws-cdk-lib', 'constructs'];
const ENTRIES = ['cli', 'index', 'cdk'].filter((name) => existsSync(join(root, 'src', `${name}.ts`)));

export async function buildInto(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = ENTRIES.map((name) => join(root, 'src', `${name}.ts`));
  const common = { bundle: true, platform: 'node', format: 'esm', target: 'node20', external: EXTERNAL, legalComments: 'none', logLevel: 'warning', absWorkingDir: root } as const;
  await build({ ...common, entryPoints: entries, outdir: folder, splitting: true, minify: true, chunkNames: 'chunks/[name]-[hash]', banner: { js: REQUIRE } });
  copyData(join(root, 'src/data'), join(folder, 'data'));
  cpSync(join(root, 'src/config/schema.json'), join(folder, 'schema.json'));
  writeDeclarations(root, folder, ENTRIES.slice(1));
  const cli = join(folder, 'cli.js');
  const code = readFileSync(cli, 'utf8');
  writeFileSync(cli, code.startsWith('#!') ? code : `#!/usr/bin/env node\n${code}`, { mode: 0o755 });
}

function copyData(from: string, to: string): void {
  for (const file of shippedFiles) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}

/** Files that differ between two built folders, by relative path. */
export function differences(left: string, right: string): readonly string[] {
  const list = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const all = new Set([...list(left), ...list(right)]);
  const read = (folder: string, file: string): string => {
    try {
      return readFileSync(join(folder, file), 'latin1');
    } catch {
      return '';
    }
  };
  return [...all].filter((file) => read(left, file) !== read(right, file)).sort();
}

async function main(): Promise<void> {
  const dist = join(root, 'dist');
  if (!process.argv.includes('--check')) {
    await buildInto(dist);
    return;
  }
  const fresh = mkdtempSync(join(tmpdir(), 'iamlint-dist-'));
  await buildInto(fresh);
  const stale = differences(dist, fresh);
  rmSync(fresh, { recursive: true, force: true });
  if (stale.length > 0) {
    console.error(`dist/ is stale; run \`npm run bundle\`:\n  ${stale.join('\n  ')}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) await main();
