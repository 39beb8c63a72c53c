import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const data = fileURLToPath(new URL('../../src/data', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'iamlint-data-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles a program that uses the tables, the way the published package is bundled. */
async function bundle(outfile: string): Promise<void> {
  const entry = join(folder, 'entry.ts');
  writeFileSync(
    entry,
    `import { findAction } from ${JSON.stringify(join(data, 'actions.ts'))}
     import { managedPolicy } from ${JSON.stringify(join(data, 'managed-policies.ts'))}
     import { resourceTypeRow } from ${JSON.stringify(join(data, 'resource-types.ts'))}
     console.log(findAction('s3:getobject')?.name, managedPolicy('AdministratorAccess')?.version, resourceTypeRow('terraform', 'aws_sqs_queue')?.service)`,
  );
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' });
}

test.each(['dist/cli.js', 'dist/action/index.js'])('tables are found from the bundle %s', async (path) => {
  const root = mkdtempSync(join(folder, 'package-'));
  cpSync(data, join(root, 'dist', 'data'), { recursive: true, filter: (source) => !source.endsWith('.ts') });
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  await bundle(join(root, path));
  expect(execFileSync(process.execPath, [join(root, path)], { encoding: 'utf8' })).toBe('GetObject v1 sqs\n');
});

test('without tables the program says so', async () => {
  const root = mkdtempSync(join(folder, 'package-'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  await bundle(join(root, 'dist', 'cli.js'));
  expect(() => execFileSync(process.execPath, [join(root, 'dist', 'cli.js')], { encoding: 'utf8', stdio: 'pipe' })).toThrow(/installed without its data files/);
});
