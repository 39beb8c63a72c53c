import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { iamlint } from '../cli/world.ts';

const root = join(import.meta.dirname, '../..');

it.each(readdirSync(join(root, 'samples/assertions')))('samples/assertions/%s holds', async (scenario) => {
  const { code, out, err } = await iamlint(['test', `samples/assertions/${scenario}`, '--format', 'json'], { cwd: root });
  expect(err).toBe('');
  const { summary, files } = JSON.parse(out);
  expect(files.flatMap((file: { assertions: { name: string; outcome: string }[] }) => file.assertions.filter((one) => one.outcome !== 'pass').map((one) => one.name))).toEqual([]);
  expect(summary.passed).toBeGreaterThanOrEqual(5);
  expect(code).toBe(0);
});
