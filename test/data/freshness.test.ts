import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dataFolder } from '../../scripts/refresh/data-file.ts';
import { tableRefreshes } from '../../scripts/refresh/index.ts';
import { managedPoliciesText } from '../../scripts/refresh/managed-policies.ts';

/** Committed tables must be what their scripts make of the pinned packages and curated sources: `npm run refresh-tables`. */
describe('committed tables are fresh', () => {
  // Packing takes seconds and its bytes depend on the brotli library, so the packed table is compared by its text.
  const compared = tableRefreshes.filter((table) => table.name !== 'managed-policies');

  test.each(compared.map((table) => [table.name, table] as const))('%s', async (_, table) => {
    for (const file of await table.generate()) {
      const committed = readFileSync(join(dataFolder, file.path), 'utf8');
      expect(committed === file.content, `src/data/${file.path} is stale`).toBe(true);
    }
  });

  test('managed-policies', () => {
    const committed = brotliDecompressSync(readFileSync(join(dataFolder, 'managed-policies.br'))).toString('utf8');
    expect(committed === managedPoliciesText(), 'src/data/managed-policies.br is stale').toBe(true);
  });
});
