import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildInto, differences } from '../scripts/build.ts';
import { generatePicture, PICTURE_PATH } from '../scripts/generate/picture.ts';
import { VERSION } from '../src/version.ts';

const ROOT = join(import.meta.dirname, '..');
const fresh = mkdtempSync(join(tmpdir(), 'iamlint-fresh-'));
afterAll(() => rmSync(fresh, { recursive: true, force: true }));

describe('what is generated and committed', () => {
  it('dist/ is what this source gives', async () => {
    await buildInto(fresh);
    expect(differences(join(ROOT, 'dist'), fresh), 'run `npm run build`').toEqual([]);
  }, 300_000);

  it('the picture of the README is what the program prints', async () => {
    expect(readFileSync(PICTURE_PATH, 'utf8'), 'run `npm run generate`').toBe(await generatePicture());
  });

  it('the version is that of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(VERSION).toBe(version);
  });
});
