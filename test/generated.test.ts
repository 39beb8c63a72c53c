import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildInto, differences } from '../scripts/build.ts';
import { generatePicture, PICTURE_PATH } from '../scripts/generate/picture.ts';
import { generateRuleDocs } from '../scripts/generate/rule-docs.ts';
import { generateRuleModules } from '../scripts/generate/rules.ts';
import { VERSION } from '../src/version.ts';

const ROOT = join(import.meta.dirname, '..');
const fresh = mkdtempSync(join(tmpdir(), 'iamlint-fresh-'));
afterAll(() => rmSync(fresh, { recursive: true, force: true }));

describe('what is generated and committed', () => {
  it('dist/ is what this source gives', async () => {
    await buildInto(fresh);
    expect(differences(join(ROOT, 'dist'), fresh), 'run `npm run bundle`').toEqual([]);
  }, 300_000);

  it('the picture of the README is what the program prints', async () => {
    expect(readFileSync(PICTURE_PATH, 'utf8'), 'run `npm run generate`').toBe(await generatePicture());
  });

  it('the rule modules and the pages of the rules are fresh, and there are no others', () => {
    for (const [path, text] of generateRuleModules()) expect(readFileSync(join(ROOT, path), 'utf8'), `${path}: run \`npm run generate\``).toBe(text);
    const docs = generateRuleDocs();
    for (const [path, text] of docs) expect(readFileSync(path, 'utf8'), `${path}: run \`npm run generate\``).toBe(text);
    const names = [...docs.keys()].map((path) => basename(path));
    expect(readdirSync(join(ROOT, 'docs/rules')).sort()).toEqual(names.sort());
  });

  it('the version is that of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(VERSION).toBe(version);
  });
});
