/**
 * Measures iamlint as users meet it: whole processes on generated estates, each figure also as a ratio to merely reading and
 * parsing the same files.
 *
 *   npm run bench -- [--files 1000] [--seed 1] [--runs 5] [--only start,many,growth,memory,engine] [--peers]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { seededNumbers, templateText, writeEstate } from './bench/estate.ts';
import { benchPeers } from './bench/peers.ts';
import { timeNode } from './bench/process.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: 'start,many,growth,memory' },
    peers: { type: 'boolean', default: false },
  },
});

const CLI = join(import.meta.dirname, '../dist/cli.js');
const files = Number(values.files);
const seed = Number(values.seed);
const runs = Number(values.runs);
const folder = mkdtempSync(join(tmpdir(), 'iamlint-bench-'));

const floor = join(folder, 'floor.mjs');
buildSync({ entryPoints: [join(import.meta.dirname, 'bench/floor.ts')], bundle: true, platform: 'node', format: 'esm', minify: true, outfile: floor, logLevel: 'error' });

try {
  for (const part of values.only.split(',')) await measure(part);
  if (values.peers) benchPeers(folder, Math.min(files, 300), seed);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(part: string): Promise<void> {
  switch (part) {
    case 'start':
      return coldStart();
    case 'many':
      return manyTemplates();
    case 'growth':
      return growth();
    case 'memory':
      return memory();
    case 'engine': {
      const { benchEngine } = await import('./bench/engine.ts');
      for (const row of await benchEngine()) print(row.name, `${row.value} ${row.unit}`);
      return;
    }
    default:
      throw new Error(`unknown part \`${part}\``);
  }
}

function coldStart(): void {
  const path = join(folder, 'one.yaml');
  writeFileSync(path, templateText(seededNumbers(seed), 200));
  const bare = timeNode(['-e', '0'], runs * 2 + 1, false);
  const linted = timeNode([CLI, '--exit-zero', path], runs * 2 + 1, false);
  print('cold start, one 200-line template', `${ms(linted.seconds)}; node -e 0 ${ms(bare.seconds)}; ratio ${(linted.seconds / bare.seconds).toFixed(2)}`);
}

function manyTemplates(): void {
  const estate = join(folder, 'many');
  const bytes = writeEstate(estate, files, seed);
  const least = timeNode([floor, estate], runs);
  const linted = timeNode([CLI, '--exit-zero', '--format', 'json', estate], runs);
  const megabytes = bytes / 1e6;
  print(`${files} templates, ${megabytes.toFixed(1)} MB`, `${ms(linted.seconds)}; ${(files / linted.seconds).toFixed(0)} templates/s; ${(megabytes / linted.seconds).toFixed(1)} MB/s; peak ${linted.memory.toFixed(0)} MiB`);
  print('  parse-only floor', `${ms(least.seconds)}; ratio ${(linted.seconds / least.seconds).toFixed(2)}; peak ${least.memory.toFixed(0)} MiB`);
}

function growth(): void {
  const small = join(folder, 'small');
  const large = join(folder, 'large');
  writeEstate(small, Math.ceil(files / 4), seed);
  writeEstate(large, Math.ceil(files / 4) * 8, seed);
  const first = timeNode([CLI, '--exit-zero', '--format', 'json', small], runs);
  const eighth = timeNode([CLI, '--exit-zero', '--format', 'json', large], Math.max(1, Math.floor(runs / 2)));
  print(`growth, ${Math.ceil(files / 4)} to ${Math.ceil(files / 4) * 8} templates`, `${ms(first.seconds)} to ${ms(eighth.seconds)}; factor ${(eighth.seconds / first.seconds).toFixed(2)} (linear: 8)`);
}

function memory(): void {
  const estate = join(folder, 'memory');
  mkdirSync(estate);
  writeEstate(estate, 5_000, seed);
  const figures = timeNode([CLI, '--exit-zero', '--format', 'json', estate], 1);
  print('5000 templates', `${ms(figures.seconds)}; peak ${figures.memory.toFixed(0)} MiB`);
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}

function print(name: string, text: string): void {
  console.log(`${name.padEnd(44)} ${text}`);
}
